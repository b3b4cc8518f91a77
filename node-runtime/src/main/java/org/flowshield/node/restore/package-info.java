/**
 * Changes of this machine's network that are recorded before they are made, so that they can be put
 * back also by another process after a crash.
 */
@NullMarked
package org.flowshield.node.restore;

import org.jspecify.annotations.NullMarked;
