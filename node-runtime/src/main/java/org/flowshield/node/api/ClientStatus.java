package org.flowshield.node.api;

import java.time.Instant;
import java.util.List;
import org.flowshield.node.api.payment.SessionPayment;
import org.jspecify.annotations.Nullable;

/**
 * What the client role does. Immutable.
 *
 * @param since when this state began
 * @param provider multiaddr of whom it is connected to or tries; null when disconnected, and when
 *     traffic is held since a crash
 * @param tunnel null unless connected
 * @param attempt how many attempts failed since the last session; 0 when connected
 * @param nextAttempt when the next one begins; null if none is waited for
 * @param problem why the last session ended or the last attempt failed, or what does not work in
 *     this one; null if nothing is wrong
 * @param traffic of the present session, or of the last
 * @param payment of that session; null if it is free
 * @param failed other providers of the request that were given up, and why; one that is open again
 *     is not among them
 */
public record ClientStatus(
        ClientState state,
        Instant since,
        @Nullable String provider,
        @Nullable TunnelStatus tunnel,
        int attempt,
        @Nullable Instant nextAttempt,
        @Nullable Problem problem,
        Traffic traffic,
        @Nullable SessionPayment payment,
        List<FailedProvider> failed) {

    public ClientStatus {
        failed = List.copyOf(failed);
    }

    /** The same with others that were given up. */
    public ClientStatus withFailed(List<FailedProvider> others) {
        return new ClientStatus(
                state,
                since,
                provider,
                tunnel,
                attempt,
                nextAttempt,
                problem,
                traffic,
                payment,
                others);
    }
}
