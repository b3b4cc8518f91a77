package org.flowshield.libp2p.identify;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.flowshield.libp2p.multiaddr.Component;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiaddr.Protocol;

/**
 * The addresses to tell others for those that a host listens at: where it listens at 0.0.0.0 or ::,
 * the machine's own, unless somebody knows better. Asked anew each time.
 */
public final class AdvertisedAddresses {

    /** Keeps an identify message small; rust-libp2p refuses more than 4 KiB. */
    static final int MAX = 16;

    private final UnaryOperator<List<Multiaddr>> told;

    private AdvertisedAddresses(UnaryOperator<List<Multiaddr>> told) {
        this.told = told;
    }

    public static AdvertisedAddresses ofThisMachine() {
        return ofMachine(AdvertisedAddresses::interfaceAddresses);
    }

    /**
     * Names a machine's addresses in place of 0.0.0.0 and ::.
     *
     * @param machine its addresses now; any thread
     */
    public static AdvertisedAddresses ofMachine(Supplier<List<InetAddress>> machine) {
        return new AdvertisedAddresses(
                listening -> listening.stream().flatMap(at -> expand(at, machine)).toList());
    }

    /**
     * Of a node that knows where it can be reached.
     *
     * @param told what to tell for where it listens, without {@code /p2p}; any thread
     */
    public static AdvertisedAddresses by(UnaryOperator<List<Multiaddr>> told) {
        return new AdvertisedAddresses(told);
    }

    /** At most {@value #MAX}, without duplicates. */
    public List<Multiaddr> of(List<Multiaddr> listening) {
        return told.apply(listening).stream().distinct().limit(MAX).toList();
    }

    private static Stream<Multiaddr> expand(
            Multiaddr listening, Supplier<List<InetAddress>> machine) {
        if (!listening.isUnspecified()) {
            return Stream.of(listening);
        }
        Protocol kind = listening.components().getFirst().protocol();
        return machine.get().stream()
                .filter(ip -> kind == (ip instanceof Inet6Address ? Protocol.IP6 : Protocol.IP4))
                .filter(ip -> !ip.isLinkLocalAddress())
                .map(ip -> replaceIp(listening, new Component(kind, ip.getAddress())));
    }

    private static Multiaddr replaceIp(Multiaddr listening, Component ip) {
        return new Multiaddr(
                Stream.concat(Stream.of(ip), listening.components().stream().skip(1)).toList());
    }

    private static List<InetAddress> interfaceAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(AdvertisedAddresses::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList();
        } catch (SocketException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean isUp(NetworkInterface candidate) {
        try {
            return candidate.isUp();
        } catch (SocketException _) {
            return false; // it has just gone away
        }
    }
}
