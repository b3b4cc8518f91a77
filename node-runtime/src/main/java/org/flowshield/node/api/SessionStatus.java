package org.flowshield.node.api;

import java.time.Instant;
import org.flowshield.node.api.payment.SessionPayment;
import org.jspecify.annotations.Nullable;

/**
 * A session that a provider serves. Immutable.
 *
 * @param peer the client's peer id
 * @param ipv4 its inner address
 * @param ipv6 its inner address
 * @param since when it was granted
 * @param traffic as the provider counted it: "sent" is to the client
 * @param forged packets whose inner source was not the session's
 * @param payment null if it is served for nothing
 */
public record SessionStatus(
        String peer,
        @Nullable String ipv4,
        @Nullable String ipv6,
        Instant since,
        Traffic traffic,
        long forged,
        @Nullable SessionPayment payment) {}
