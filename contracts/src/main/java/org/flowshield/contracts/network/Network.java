package org.flowshield.contracts.network;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.payment.ChannelDomain;
import org.jspecify.annotations.Nullable;

/**
 * A network: its chain, its contracts, and where newcomers begin. Immutable.
 *
 * @param rpcs ways to the chain, the preferred first; at least one
 * @param gasSymbol what the coin for gas is called
 * @param confirmations blocks that must hold a transaction before it counts; at least 1
 * @param firstBlock in which the contracts were made: nothing of interest is older
 * @param bootstrap multiaddresses of nodes to begin with; may be empty
 * @param faucetUri where newcomers get a little for nothing
 */
public record Network(
        String name,
        ChainId chain,
        List<URI> rpcs,
        String gasSymbol,
        int confirmations,
        long firstBlock,
        ContractAddresses contracts,
        List<String> bootstrap,
        @Nullable URI faucetUri) {

    /** Of anvil and its like, unless they are told another. */
    private static final ChainId DEVELOPMENT = new ChainId(31_337);

    /**
     * @throws IllegalArgumentException if nothing could be asked or counted so
     */
    public Network {
        rpcs = List.copyOf(rpcs);
        bootstrap = List.copyOf(bootstrap);
        if (rpcs.isEmpty() || confirmations < 1 || firstBlock < 0) {
            throw new IllegalArgumentException(
                    "a network has an RPC, confirmations from 1 on and a first block from 0 on");
        }
    }

    /**
     * Whether it is a chain for development, by the number that these have by custom: its blocks
     * come with transactions, not with time.
     */
    public boolean isDevelopment() {
        return chain.equals(DEVELOPMENT);
    }

    /** Where newcomers get a little for nothing, if there is such a place. */
    public Optional<URI> faucet() {
        return Optional.ofNullable(faucetUri);
    }

    /** The same network by other ways to its chain, the preferred first; at least one. */
    public Network withRpcs(List<URI> others) {
        return new Network(
                name,
                chain,
                others,
                gasSymbol,
                confirmations,
                firstBlock,
                contracts,
                bootstrap,
                faucetUri);
    }

    /** What vouchers are signed for. */
    public ChannelDomain channelDomain() {
        return new ChannelDomain(chain, contracts.channels());
    }

    /** Without the RPCs, whose addresses may hold a key that is paid for. */
    @Override
    public String toString() {
        return "Network[" + name + ", chain " + chain + "]";
    }
}
