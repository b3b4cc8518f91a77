/**
 * The chain through JSON-RPC, by web3j and the JDK's HTTP client: all that touches the network, and
 * how its answers and errors are read.
 */
@NullMarked
package org.flowshield.contracts.rpc;

import org.jspecify.annotations.NullMarked;
