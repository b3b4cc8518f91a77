/** The TLS 1.3 security protocol of libp2p. */
@NullMarked
package org.flowshield.libp2p.security.tls;

import org.jspecify.annotations.NullMarked;
