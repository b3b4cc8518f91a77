package org.flowshield.libp2p.identify;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.flowshield.libp2p.multiaddr.Component;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiaddr.Protocol;

/**
 * The addresses to tell others for those that a host listens at: where it listens at 0.0.0.0 or ::,
 * the machine's own. Immutable; asks the system anew each time.
 */
public final class AdvertisedAddresses {

    /** Keeps an identify message small; rust-libp2p refuses more than 4 KiB. */
    static final int MAX = 16;

    private final Supplier<List<InetAddress>> machine;

    AdvertisedAddresses(Supplier<List<InetAddress>> machine) {
        this.machine = machine;
    }

    public static AdvertisedAddresses ofThisMachine() {
        return new AdvertisedAddresses(AdvertisedAddresses::interfaceAddresses);
    }

    /** At most {@value #MAX}, without duplicates. */
    public List<Multiaddr> of(List<Multiaddr> listening) {
        return listening.stream().flatMap(this::expand).distinct().limit(MAX).toList();
    }

    private Stream<Multiaddr> expand(Multiaddr listening) {
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
