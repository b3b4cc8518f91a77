/** Throughput of our libp2p beside js-libp2p's, in one run on loopback. */
@NullMarked
package org.flowshield.bench.libp2p;

import org.jspecify.annotations.NullMarked;
