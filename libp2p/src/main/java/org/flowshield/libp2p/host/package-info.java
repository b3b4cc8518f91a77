/** Host, connection, stream and protocol binding: the surface that applications use. */
@NullMarked
package org.flowshield.libp2p.host;

import org.jspecify.annotations.NullMarked;
