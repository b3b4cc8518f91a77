/**
 * The tunnel protocol {@code /flowshield/tunnel/1.0.0}: its control messages and who says what
 * when.
 */
@NullMarked
package org.flowshield.node.tunnel;

import org.jspecify.annotations.NullMarked;
