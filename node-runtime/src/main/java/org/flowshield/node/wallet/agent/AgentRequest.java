package org.flowshield.node.wallet.agent;

import java.time.Duration;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.wallet.signing.SigningRequest;

/** What the process is asked for. */
sealed interface AgentRequest {

    /** What it does; asking keeps nothing unlocked. */
    record Status() implements AgentRequest {}

    /**
     * Takes the key that opens the wallet, which follows in a frame of its own.
     *
     * @param idle how long it may go without a signature
     */
    record Unlock(Duration idle) implements AgentRequest {

        /** An agent that locks at once serves nobody. */
        static final Duration MIN_IDLE = Duration.ofSeconds(1);

        /** Nobody watches over a key for longer than a day. */
        static final Duration MAX_IDLE = Duration.ofDays(1);

        /** Takes a time within bounds. */
        public Unlock {
            if (idle.compareTo(MIN_IDLE) < 0 || idle.compareTo(MAX_IDLE) > 0) {
                throw new IllegalArgumentException("idle for 1 second to 24 hours");
            }
        }
    }

    /** Wipes all keys and ends. */
    record Lock() implements AgentRequest {}

    /** Derives the next account. */
    record AddAccount() implements AgentRequest {}

    /** Says what a signature would do, and gives a ticket for it. */
    record Prepare(SigningRequest request) implements AgentRequest {}

    /**
     * Gives a transaction its number, which nobody else gets.
     *
     * @param pending what the chain says is next
     */
    record TakeNumber(ChainId chain, EvmAddress account, long pending) implements AgentRequest {

        /** Takes what a chain can say. */
        public TakeNumber {
            if (pending < 0) {
                throw new IllegalArgumentException("transactions are counted from 0");
            }
        }
    }

    /** Takes a number back that was not used. */
    record GiveNumberBack(ChainId chain, EvmAddress account, long number) implements AgentRequest {}

    /** Signs what a ticket was given for: the person has seen what it does. */
    record Sign(String ticket) implements AgentRequest {}
}
