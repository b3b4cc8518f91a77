package org.flowshield.node.cli.money;

import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.contracts.web3j.Contracts;

/** A network that can be asked. For use by one thread. */
public record OpenNetwork(Network network, RpcChain chain, Contracts contracts)
        implements AutoCloseable {

    public static OpenNetwork of(Network network) {
        RpcChain chain = RpcChain.of(network.chain(), network.rpcs(), RpcLimits.DEFAULT);
        return new OpenNetwork(network, chain, Contracts.on(chain, network.contracts()));
    }

    @Override
    public void close() {
        chain.close();
    }
}
