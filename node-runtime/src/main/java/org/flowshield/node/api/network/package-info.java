/** By which ways a node gets to its chain and to its peers: values, and the port behind them. */
@NullMarked
package org.flowshield.node.api.network;

import org.jspecify.annotations.NullMarked;
