package org.flowshield.node.swarm.reach;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.kad.routing.Network;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;

/**
 * How often a node dials because strangers ask for it: for one place, for one network, and for all
 * together. Bounded; guarded by itself. Pure.
 */
final class DialLimits {

    /** An honest node asks each minute while it can't be reached. */
    static final Duration INTERVAL = Duration.ofSeconds(30);

    /** Several nodes behind one address start at the same time. */
    static final int BURST = 4;

    /** All that this node dials for others in the long run, as one request each. */
    static final Duration INTERVAL_OF_ALL = Duration.ofMillis(500);

    static final int BURST_OF_ALL = 20;

    /** Half of that for one network, so that nobody uses up what is for all. */
    static final Duration INTERVAL_OF_A_NETWORK = INTERVAL_OF_ALL.multipliedBy(2);

    static final int BURST_OF_A_NETWORK = BURST_OF_ALL / 2;

    /** Places, and networks, that are remembered; who is forgotten has its burst again. */
    static final int MAX_PLACES = 4096;

    private static final int IPV4_BYTES = 4;

    /** Whoever has one IPv6 address has all of its /56. */
    private static final int IPV6_NETWORK_BYTES = 7;

    /** When each place would be through with what it asked for; the quietest come first. */
    private final LinkedHashMap<String, Long> due = new LinkedHashMap<>();

    /** The same of networks; none of one's own is among them. */
    private final LinkedHashMap<Network, Long> dueOfNetworks = new LinkedHashMap<>();

    private long dueOfAll;
    private boolean started;

    /**
     * False if it is too much.
     *
     * @param nanos of a monotonic clock
     */
    synchronized boolean take(PeerId peer, Multiaddr remote, long nanos) {
        String place = place(peer, remote);
        long ofPlace = ahead(due.getOrDefault(place, nanos), nanos);
        long ofAll = ahead(started ? dueOfAll : nanos, nanos);
        Optional<Network> network = AddressPolicy.counted(remote);
        long ofNetwork =
                ahead(
                        network.map(each -> dueOfNetworks.getOrDefault(each, nanos)).orElse(nanos),
                        nanos);
        if (ofPlace > (BURST - 1) * INTERVAL.toNanos()
                || ofNetwork > (BURST_OF_A_NETWORK - 1) * INTERVAL_OF_A_NETWORK.toNanos()
                || ofAll > (BURST_OF_ALL - 1) * INTERVAL_OF_ALL.toNanos()) {
            return false;
        }
        put(due, place, nanos + ofPlace + INTERVAL.toNanos());
        network.ifPresent(
                each ->
                        put(
                                dueOfNetworks,
                                each,
                                nanos + ofNetwork + INTERVAL_OF_A_NETWORK.toNanos()));
        dueOfAll = nanos + ofAll + INTERVAL_OF_ALL.toNanos();
        started = true;
        return true;
    }

    private static <K> void put(SequencedMap<K, Long> due, K who, long until) {
        if (!due.containsKey(who) && due.size() == MAX_PLACES) {
            due.pollFirstEntry();
        }
        due.putLast(who, until);
    }

    private static long ahead(long due, long nanos) {
        return Math.max(0, due - nanos);
    }

    /** The machine's own programs are told apart by their ids. */
    private static String place(PeerId peer, Multiaddr remote) {
        byte[] ip = remote.ip().map(InetAddress::getAddress).orElseGet(() -> new byte[0]);
        if (ip.length == 0 || remote.isLoopback()) {
            return peer.toString();
        }
        byte[] network = ip.length == IPV4_BYTES ? ip : Arrays.copyOf(ip, IPV6_NETWORK_BYTES);
        return HexFormat.of().formatHex(network);
    }
}
