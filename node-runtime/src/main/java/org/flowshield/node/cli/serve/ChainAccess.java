package org.flowshield.node.cli.serve;

import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.web3j.Contracts;
import org.flowshield.node.identity.RegistryCache;

/**
 * The chain of a daemon's network, and how it is reached; theirs who opened it to close.
 *
 * @param registry what is known of other nodes; the same for all who ask, so that it is kept
 *     current once
 */
record ChainAccess(Network network, RpcChain chain, Contracts contracts, RegistryCache registry) {}
