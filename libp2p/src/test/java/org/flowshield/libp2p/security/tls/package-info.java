/** Tests of TLS. */
@NullMarked
package org.flowshield.libp2p.security.tls;

import org.jspecify.annotations.NullMarked;
