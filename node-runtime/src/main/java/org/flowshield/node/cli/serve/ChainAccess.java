package org.flowshield.node.cli.serve;

import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.web3j.Contracts;

/** The chain of a daemon's network, and how it is reached; theirs who opened it to close. */
record ChainAccess(Network network, RpcChain chain, Contracts contracts) {}
