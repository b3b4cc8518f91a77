package org.flowshield.node.treasury;

import java.time.Instant;
import java.util.Optional;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.channels.SignerAuthority;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.node.api.payment.NetworkStatus.Rpc;

/**
 * What the chain last said about this node's money. Immutable.
 *
 * @param trouble why it did not answer the last time; empty if it did
 * @param facts from its last answer
 */
record ChainView(Optional<RpcException> trouble, Optional<Facts> facts) {

    static final ChainView UNKNOWN = new ChainView(Optional.empty(), Optional.empty());

    /**
     * What it answered.
     *
     * @param purse of the wallet, if one is configured
     * @param authority of this node's signer over it
     * @param operatorNamed whether this node may close channels for who is paid; true if nobody is
     */
    record Facts(
            long block,
            Instant asOf,
            Wei operatorGas,
            Optional<TokenAmount> purse,
            Optional<SignerAuthority> authority,
            boolean operatorNamed) {}

    static ChainView of(Facts facts) {
        return new ChainView(Optional.empty(), Optional.of(facts));
    }

    ChainView failed(RpcException why) {
        return new ChainView(Optional.of(why), facts);
    }

    Rpc rpc() {
        return trouble.map(
                        why ->
                                switch (why.kind()) {
                                    case UNREACHABLE, TIMEOUT, LIMITED -> Rpc.UNREACHABLE;
                                    case STALE -> Rpc.STALE;
                                    case WRONG_CHAIN, LYING, MALFORMED -> Rpc.WRONG;
                                })
                .orElse(facts.isPresent() ? Rpc.REACHABLE : Rpc.UNKNOWN);
    }
}
