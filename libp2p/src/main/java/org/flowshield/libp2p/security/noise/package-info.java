/** The Noise security protocol of libp2p: Noise_XX_25519_ChaChaPoly_SHA256. */
@NullMarked
package org.flowshield.libp2p.security.noise;

import org.jspecify.annotations.NullMarked;
