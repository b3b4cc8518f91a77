@NullMarked
package org.flowshield.libp2p.yamux;

import org.jspecify.annotations.NullMarked;
