package org.flowshield.node.payment.relay;

import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;

/** What becomes of an order that was to be carried, or on which terms one would be. Immutable. */
public sealed interface RelayAnswer {

    /** It is on its way to the chain. */
    record Carried(TransactionHash transaction) implements RelayAnswer {}

    /**
     * It is not.
     *
     * @param fee that the relayer takes for an order
     */
    record Refused(Reason reason, String detail, TokenAmount fee) implements RelayAnswer {

        /** Why; relay.proto says what each means. */
        public enum Reason {
            UNSPECIFIED,
            MALFORMED,
            FEE_TOO_LOW,
            NOT_OURS,
            TOO_LATE,
            BUSY,
            REJECTED,
            UNAVAILABLE,
            NOT_SIGNED,
            NO_CONSENT
        }

        /** Characters: it fits a line of a log. */
        static final int MAX_TEXT = 200;

        public Refused {
            detail = detail.length() <= MAX_TEXT ? detail : detail.substring(0, MAX_TEXT);
        }
    }

    /**
     * Orders about nodes are carried.
     *
     * @param fee that is taken for each
     * @param identities the registry of identities that they are carried to
     * @param providers the registry of providers
     */
    record Terms(TokenAmount fee, ChainId chain, EvmAddress identities, EvmAddress providers)
            implements RelayAnswer {}
}
