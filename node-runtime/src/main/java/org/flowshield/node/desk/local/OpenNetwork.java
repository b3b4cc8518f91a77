package org.flowshield.node.desk.local;

import java.util.Set;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.network.ContractAddresses;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.contracts.web3j.Contracts;

/** A network that can be asked. Safe for use by any thread. */
record OpenNetwork(Network network, RpcChain chain, Contracts contracts) implements AutoCloseable {

    static OpenNetwork of(Network network) {
        RpcChain chain = RpcChain.of(network.chain(), network.rpcs(), RpcLimits.DEFAULT);
        return new OpenNetwork(network, chain, Contracts.on(chain, network.contracts()));
    }

    /** Where money that is sent is lost. */
    Set<EvmAddress> ownContracts() {
        ContractAddresses at = network.contracts();
        return Set.of(
                at.token(),
                at.channels(),
                at.gate(),
                at.providers(),
                at.identities(),
                at.vault(),
                at.access(),
                at.timelock());
    }

    @Override
    public void close() {
        chain.close();
    }
}
