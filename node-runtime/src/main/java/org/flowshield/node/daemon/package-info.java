/** A node that runs in the background: its data directory, its roles and their life. */
@NullMarked
package org.flowshield.node.daemon;

import org.jspecify.annotations.NullMarked;
