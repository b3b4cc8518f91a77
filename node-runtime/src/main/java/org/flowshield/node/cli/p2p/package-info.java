/**
 * The verbs below {@code flowshield p2p}: libp2p for people who debug networks, without a daemon.
 */
@NullMarked
package org.flowshield.node.cli.p2p;

import org.jspecify.annotations.NullMarked;
