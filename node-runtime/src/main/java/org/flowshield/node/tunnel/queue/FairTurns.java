package org.flowshield.node.tunnel.queue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is when sessions ask for bytes of one rate: start-time fair queueing (Goyal, Vin
 * and Cheng, 1996), each session below its own rate too. A session that asks late, because its
 * thread woke late, comes before those that were in time, until it has what it missed, up to {@link
 * #MISSED_TURNS}: who gets how much is not left to the system's scheduler. Nobody gets more than
 * its share by waiting. Pure; guarded by its owner.
 *
 * @param <S> who asks
 */
final class FairTurns<S> {

    /**
     * What a session may have missed and still gets: more than that and the others would wait too
     * long for one that comes back from a pause. Of the usual turn's size that is 80 ms at the
     * lowest rate.
     */
    static final int MISSED_TURNS = 4;

    private final TokenBucket total;

    /** In the order of their asking. */
    private final List<Session> asking = new ArrayList<>();

    /** How far those are that were served last, in bytes of each. */
    private long served;

    FairTurns(Rate total, long now) {
        this.total = new TokenBucket(total, now);
    }

    /** One that asks, for one run of bytes at a time. */
    final class Session {
        private final S owner;
        private final TokenBucket own;
        private final long mayMiss;

        /** How far it is, in bytes; those that are least far come first. */
        private long position;

        private long bytes;

        /**
         * @param turn bytes that it asks for at a time, usually
         */
        Session(S owner, Rate rate, long turn, long now) {
            this.owner = owner;
            this.own = new TokenBucket(rate, now);
            this.mayMiss = MISSED_TURNS * turn;
            this.position = served;
        }

        S owner() {
            return owner;
        }
    }

    /** Asks for so many bytes; not again before they were given. */
    void ask(Session session, long bytes) {
        session.bytes = bytes;
        session.position = Math.max(session.position, served - session.mayMiss);
        asking.add(session);
    }

    /** Asks no more. */
    void withdraw(Session session) {
        asking.remove(session);
    }

    /** Whose turn is next, of those whose own rates allow it; null if nobody's. */
    @Nullable Session first(long now) {
        Session first = null;
        for (Session session : asking) {
            if ((first == null || session.position < first.position) && session.own.isReady(now)) {
                first = session;
            }
        }
        return first;
    }

    /**
     * Nanoseconds until one that asks should look again: 0 if it is its turn now; the largest
     * number if others come first, which only their turns change.
     */
    long untilTurn(Session session, long now) {
        long own = session.own.untilReady(now);
        if (own > 0) {
            return own;
        }
        return session.equals(first(now)) ? total.untilReady(now) : Long.MAX_VALUE;
    }

    /** It gets what it asked for. */
    void serve(Session session, long now) {
        asking.remove(session);
        total.take(session.bytes, now);
        session.own.take(session.bytes, now);
        served = Math.max(served, session.position);
        session.position += session.bytes;
    }
}
