/** The verbs below {@code flowshield p2p dht}: a distributed hash table, without a daemon. */
@NullMarked
package org.flowshield.node.cli.p2p.dht;

import org.jspecify.annotations.NullMarked;
