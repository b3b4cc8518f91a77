/** Our libp2p against js-libp2p, a stack that nobody here wrote, over loopback. */
@NullMarked
package org.flowshield.libp2p.interop;

import org.jspecify.annotations.NullMarked;
