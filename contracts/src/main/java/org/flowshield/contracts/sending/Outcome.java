package org.flowshield.contracts.sending;

import java.util.Optional;
import org.flowshield.contracts.chain.Receipt;
import org.flowshield.contracts.chain.Rejection;
import org.flowshield.contracts.chain.RpcException;
import org.jspecify.annotations.Nullable;

/** How sending a transaction ended. */
public sealed interface Outcome {

    /** It is in the chain, below as many blocks as asked for, and did what it should. */
    record Confirmed(Sent sent, Receipt receipt) implements Outcome {}

    /** It is in the chain but was undone: only its gas was paid. */
    record Reverted(Sent sent, Receipt receipt, Rejection why) implements Outcome {}

    /** Another transaction of the wallet took its number: it will never happen. */
    record Replaced(Sent sent) implements Outcome {}

    /**
     * Nobody can say yet: it may still happen. Neither was anything refused; look again later
     * before sending the same anew.
     *
     * @param trouble what the way to the chain suffered from last, if it did
     */
    record Unknown(Sent sent, String message, @Nullable RpcException trouble) implements Outcome {

        public Optional<RpcException> cause() {
            return Optional.ofNullable(trouble);
        }
    }

    /** The transaction that this is about: the last that was sent with its number. */
    Sent sent();
}
