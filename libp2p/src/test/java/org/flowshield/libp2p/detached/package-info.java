/** Tests of detached connections, without sockets. */
@NullMarked
package org.flowshield.libp2p.detached;

import org.jspecify.annotations.NullMarked;
