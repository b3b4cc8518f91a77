/**
 * The tunnel protocol {@code /flowshield/tunnel/1.0.0}: sessions, from Hello to their end, on both
 * sides.
 */
@NullMarked
package org.flowshield.node.tunnel;

import org.jspecify.annotations.NullMarked;
