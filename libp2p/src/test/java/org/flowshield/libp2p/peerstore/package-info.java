@NullMarked
package org.flowshield.libp2p.peerstore;

import org.jspecify.annotations.NullMarked;
