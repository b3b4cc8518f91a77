package org.flowshield.node.payment;

import java.util.List;
import java.util.Optional;

/**
 * What a provider says that it serves: its own claim and nobody else's. Immutable; payment.proto
 * says what each part means.
 *
 * @param bitsPerSecond to all clients together, each way; 0: it does not say
 * @param country where its clients are taken to be
 * @param ipv4 whether there is a way to the internet by IPv4
 * @param ipv6 the same by IPv6
 * @param protocols of tunnels
 */
public record Service(
        long bitsPerSecond,
        Optional<Country> country,
        boolean ipv4,
        boolean ipv6,
        List<String> protocols) {

    /** A petabit per second; above it nobody is to be believed. */
    public static final long MOST_BITS_PER_SECOND = 1L << 50;

    public static final int MOST_PROTOCOLS = 8;

    public static final int MOST_PROTOCOL_CHARS = 64;

    /** Of a provider that says nothing of itself. */
    public static final Service UNSAID = new Service(0, Optional.empty(), false, false, List.of());

    /**
     * @throws IllegalArgumentException if no offer could say so
     */
    public Service {
        protocols = List.copyOf(protocols);
        if (bitsPerSecond < 0 || bitsPerSecond >= MOST_BITS_PER_SECOND) {
            throw new IllegalArgumentException("no rate: " + bitsPerSecond + " bit/s");
        }
        if (protocols.size() > MOST_PROTOCOLS || !protocols.stream().allMatch(Service::isName)) {
            throw new IllegalArgumentException(
                    "protocols are at most %d names of 1 to %d characters of ASCII"
                            .formatted(MOST_PROTOCOLS, MOST_PROTOCOL_CHARS));
        }
    }

    private static boolean isName(String protocol) {
        return !protocol.isEmpty()
                && protocol.length() <= MOST_PROTOCOL_CHARS
                && protocol.chars().allMatch(c -> c > ' ' && c < 127);
    }
}
