package org.flowshield.node.fullnode.http;

import com.google.protobuf.ByteString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The open connections and from where they come. Nobody takes more than a few: beyond that the one
 * of the same place that has been waiting the longest for a whole request makes room; if all are
 * being answered, the new one does not stay. Whoever neither asks nor reads in time leaves, however
 * often a byte of it comes. Guarded by itself. Pure.
 *
 * @param <C> a connection
 */
final class Visitors<C> {

    /** Browsers open six each, and a household shares an address. */
    static final int MOST_OF_ONE = 16;

    /** For a whole request, from when the connection waits: a browser keeps it for the next. */
    static final Duration ASKS_WITHIN = Duration.ofSeconds(30);

    /** For the answer: a page over a slow line. */
    static final Duration READS_WITHIN = Duration.ofMinutes(1);

    /** Who has IPv6 has at least so much of it. */
    private static final int IPV6_PREFIX = 8;

    private static final class Visitor {
        final ByteString place;
        long since;
        boolean busy;

        Visitor(ByteString place, long now) {
            this.place = place;
            this.since = now;
        }
    }

    private final LongSupplier nanoTime;
    private final Map<C, Visitor> open = new HashMap<>();

    /**
     * @param nanoTime monotonic
     */
    Visitors(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Who is told apart: an address of IPv4, a /64 of IPv6. */
    static ByteString place(SocketAddress remote) {
        InetAddress address =
                remote instanceof InetSocketAddress internet
                        ? internet.getAddress()
                        : InetAddress.getLoopbackAddress();
        byte[] bytes = address.getAddress();
        return ByteString.copyFrom(
                bytes.length > IPV6_PREFIX ? Arrays.copyOf(bytes, IPV6_PREFIX) : bytes);
    }

    /** Somebody connected; which connection is to be closed for it, if one is. */
    synchronized Optional<C> opened(C connection, ByteString place) {
        List<Map.Entry<C, Visitor>> same =
                open.entrySet().stream()
                        .filter(each -> each.getValue().place.equals(place))
                        .toList();
        open.put(connection, new Visitor(place, nanoTime.getAsLong()));
        if (same.size() < MOST_OF_ONE) {
            return Optional.empty();
        }
        C leaves = longestWaiting(same).orElse(connection);
        open.remove(leaves);
        return Optional.of(leaves);
    }

    private Optional<C> longestWaiting(List<Map.Entry<C, Visitor>> among) {
        long now = nanoTime.getAsLong();
        return among.stream()
                .filter(each -> !each.getValue().busy)
                .max((a, b) -> Long.compare(now - a.getValue().since, now - b.getValue().since))
                .map(Map.Entry::getKey);
    }

    synchronized void closed(C connection) {
        open.remove(connection);
    }

    /** A whole request has come, and it is being answered. */
    void busy(C connection) {
        became(connection, true);
    }

    /** It was answered. */
    void waiting(C connection) {
        became(connection, false);
    }

    private synchronized void became(C connection, boolean busy) {
        Visitor visitor = open.get(connection);
        if (visitor != null) {
            visitor.busy = busy;
            visitor.since = nanoTime.getAsLong();
        }
    }

    /** Those whose time is over, which are to be closed. */
    synchronized List<C> overdue() {
        long now = nanoTime.getAsLong();
        List<C> over = new ArrayList<>();
        open.forEach(
                (connection, visitor) -> {
                    Duration limit = visitor.busy ? READS_WITHIN : ASKS_WITHIN;
                    if (now - visitor.since > limit.toNanos()) {
                        over.add(connection);
                    }
                });
        return over;
    }
}
