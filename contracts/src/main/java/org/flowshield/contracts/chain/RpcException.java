package org.flowshield.contracts.chain;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The way to the chain is in trouble. It says nothing about the transaction that was being sent: it
 * may be on the chain or not, which only the chain can tell later.
 */
public final class RpcException extends IOException {

    /** What the trouble is. */
    public enum Kind {
        /** No connection, or no answer but an error of the server. */
        UNREACHABLE,
        /** No answer in time. */
        TIMEOUT,
        /** It is the RPC of another chain than the network file names. */
        WRONG_CHAIN,
        /** Its answers contradict each other or what can be checked. */
        LYING,
        /** We ask too much of it. */
        LIMITED,
        /** Its answers are not what the protocol says. */
        MALFORMED,
        /** Its newest block is old: it hears no news of the chain, or keeps them to itself. */
        STALE
    }

    private final Kind kind;

    public RpcException(Kind kind, String message) {
        this(kind, message, null);
    }

    public RpcException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether asking again later, or another RPC, may help by itself. */
    public boolean passes() {
        return switch (kind) {
            case UNREACHABLE, TIMEOUT, LIMITED, STALE -> true;
            case WRONG_CHAIN, LYING, MALFORMED -> false;
        };
    }
}
