/** {@code flowshield identity}: whose node this is, and who others are. */
@NullMarked
package org.flowshield.node.cli.identity;

import org.jspecify.annotations.NullMarked;
