/** Tests of Noise. */
@NullMarked
package org.flowshield.libp2p.security.noise;

import org.jspecify.annotations.NullMarked;
