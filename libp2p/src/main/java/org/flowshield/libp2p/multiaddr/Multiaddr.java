package org.flowshield.libp2p.multiaddr;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException.Reason;
import org.flowshield.libp2p.peer.PeerId;

/**
 * A self-describing network address such as {@code /ip4/192.0.2.1/tcp/4001/p2p/12D3Koo...}.
 * Immutable, never empty. {@link #toString} is the canonical text.
 *
 * @param components its steps, outermost first
 */
public record Multiaddr(List<Component> components) {

    /**
     * Longest binary form. A relayed address with two DNS names and two peer ids stays below 700
     * bytes, and an identify message of 8 KiB must hold several.
     */
    public static final int MAX_ENCODED = 1024;

    /** Longest text; percent-encoding triples a byte, base58 is longer than its bytes by half. */
    public static final int MAX_TEXT = 3 * MAX_ENCODED;

    private static final Set<Protocol> DNS_NAMES =
            EnumSet.of(Protocol.DNS, Protocol.DNS4, Protocol.DNS6);

    private static final int UNIQUE_LOCAL_MASK = 0xfe;
    private static final int UNIQUE_LOCAL = 0xfc;
    private static final int SHARED_BLOCK = 100;

    /**
     * Holds components that are known to be sound.
     *
     * @throws IllegalArgumentException if there are none or too many
     */
    public Multiaddr {
        components = List.copyOf(components);
        if (components.isEmpty()) {
            throw new IllegalArgumentException("an address has at least one component");
        }
        if (encodedLength(components) > MAX_ENCODED) {
            throw new IllegalArgumentException("address of more than " + MAX_ENCODED + " bytes");
        }
    }

    /** Parses the text form. */
    public static Multiaddr parse(String text) throws MalformedMultiaddrException {
        if (text.length() > MAX_TEXT) {
            throw new MalformedMultiaddrException(
                    Reason.TOO_LONG, "an address has at most " + MAX_TEXT + " characters");
        }
        String trimmed = text.replaceAll("/+$", "");
        if (trimmed.isEmpty()) {
            throw malformed(text, Reason.EMPTY, "it is empty");
        }
        if (trimmed.charAt(0) != '/') {
            throw malformed(
                    text,
                    Reason.NO_LEADING_SLASH,
                    "it must begin with a slash, as in /ip4/192.0.2.1/tcp/4001");
        }
        String[] parts = trimmed.split("/", -1);
        List<Component> components = new ArrayList<>();
        try {
            for (int next = 1; next < parts.length; next++) {
                Protocol protocol = protocolNamed(parts[next]);
                if (!protocol.hasValue()) {
                    components.add(new Component(protocol, new byte[0]));
                } else if (++next == parts.length) {
                    throw new MalformedMultiaddrException(
                            Reason.MISSING_VALUE, "/" + protocol + " needs a value");
                } else {
                    components.add(Component.parse(protocol, parts[next]));
                }
            }
        } catch (MalformedMultiaddrException e) {
            throw malformed(text, e.reason(), e.complaint());
        }
        return checked(components);
    }

    private static Protocol protocolNamed(String label) throws MalformedMultiaddrException {
        return Protocol.ofLabel(label)
                .orElseThrow(
                        () ->
                                new MalformedMultiaddrException(
                                        Reason.UNKNOWN_PROTOCOL,
                                        label.isEmpty()
                                                ? "there is an empty part"
                                                : "'"
                                                        + label
                                                        + "' is no protocol that an address can have"));
    }

    private static MalformedMultiaddrException malformed(String text, Reason reason, String what) {
        return new MalformedMultiaddrException(reason, "'" + text + "' is no address: " + what);
    }

    /** Parses the binary form. */
    public static Multiaddr parse(byte[] encoded) throws MalformedMultiaddrException {
        if (encoded.length > MAX_ENCODED) {
            throw new MalformedMultiaddrException(
                    Reason.TOO_LONG,
                    "address of " + encoded.length + " bytes, at most " + MAX_ENCODED);
        }
        ByteBuffer source = ByteBuffer.wrap(encoded);
        List<Component> components = new ArrayList<>();
        while (source.hasRemaining()) {
            components.add(Component.read(source));
        }
        return checked(components);
    }

    /**
     * Parses the binary form where one address among many may be of a kind that we have never heard
     * of.
     *
     * @return empty if it cannot be read
     */
    public static Optional<Multiaddr> ifReadable(byte[] encoded) {
        try {
            return Optional.of(parse(encoded));
        } catch (MalformedMultiaddrException _) {
            return Optional.empty();
        }
    }

    private static Multiaddr checked(List<Component> components)
            throws MalformedMultiaddrException {
        if (components.isEmpty()) {
            throw new MalformedMultiaddrException(Reason.EMPTY, "the address is empty");
        }
        if (encodedLength(components) > MAX_ENCODED) {
            throw new MalformedMultiaddrException(
                    Reason.TOO_LONG, "address of more than " + MAX_ENCODED + " bytes");
        }
        return new Multiaddr(components);
    }

    /** The address of a TCP socket; the socket address must be resolved. */
    public static Multiaddr of(InetSocketAddress socket) {
        InetAddress ip = socket.getAddress();
        if (ip == null) {
            throw new IllegalArgumentException(socket + " is not resolved");
        }
        List<Component> components = new ArrayList<>();
        if (ip instanceof Inet6Address ip6 && ip6.getScopedInterface() != null) {
            components.add(component(Protocol.IP6ZONE, ip6.getScopedInterface().getName()));
        }
        components.add(
                new Component(
                        ip instanceof Inet6Address ? Protocol.IP6 : Protocol.IP4, ip.getAddress()));
        components.add(component(Protocol.TCP, Integer.toString(socket.getPort())));
        return new Multiaddr(components);
    }

    private static Component component(Protocol protocol, String text) {
        try {
            return Component.parse(protocol, text);
        } catch (MalformedMultiaddrException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The binary form. */
    public byte[] encode() {
        ByteBuffer target = ByteBuffer.allocate(encodedLength(components));
        components.forEach(component -> component.write(target));
        return target.array();
    }

    private static int encodedLength(List<Component> components) {
        return components.stream().mapToInt(Component::encodedLength).sum();
    }

    /** This address with another inside it. */
    public Multiaddr encapsulate(Multiaddr inner) {
        return new Multiaddr(
                Stream.concat(components.stream(), inner.components.stream()).toList());
    }

    /**
     * What stands before the last occurrence of {@code inner}; this address if there is none. Empty
     * if {@code inner} is how this address begins.
     */
    public Optional<Multiaddr> decapsulate(Multiaddr inner) {
        int cut = Collections.lastIndexOfSubList(components, inner.components);
        return switch (cut) {
            case -1 -> Optional.of(this);
            case 0 -> Optional.empty();
            default -> Optional.of(new Multiaddr(components.subList(0, cut)));
        };
    }

    /**
     * The peer that must answer at this address: the last {@code /p2p}. A relay's id is not it, so
     * an address that ends in {@code /p2p-circuit} has none.
     */
    public Optional<PeerId> peerId() {
        for (Component component : components.reversed()) {
            if (component.protocol() == Protocol.P2P) {
                return Optional.of(new PeerId(component.value()));
            }
            if (component.protocol() == Protocol.P2P_CIRCUIT) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** This address ending in {@code /p2p/ID}, in place of another id at its end. */
    public Multiaddr withPeer(PeerId peer) {
        Component id = new Component(Protocol.P2P, peer.bytes());
        Stream<Component> kept =
                components.stream().limit(endsInPeer() ? components.size() - 1 : components.size());
        return new Multiaddr(Stream.concat(kept, Stream.of(id)).toList());
    }

    /** This address without a {@code /p2p} at its end; itself if it is nothing but a peer's id. */
    public Multiaddr withoutPeer() {
        return endsInPeer() && components.size() > 1
                ? new Multiaddr(components.subList(0, components.size() - 1))
                : this;
    }

    private boolean endsInPeer() {
        return components.getLast().protocol() == Protocol.P2P;
    }

    public boolean has(Protocol protocol) {
        return components.stream().anyMatch(component -> component.protocol() == protocol);
    }

    /** True for {@code <ip or dns name>/tcp/PORT} with at most a peer's id behind: plain TCP. */
    public boolean isTcp() {
        List<Component> steps = withoutPeer().components;
        int last = steps.size() - 1;
        return last >= 1
                && steps.get(last).protocol() == Protocol.TCP
                && (startsWithIp() ? ipIndex() == last - 1 : last == 1 && dnsName().isPresent());
    }

    /** The IP address and the TCP or UDP port that this address begins with. */
    public Optional<InetSocketAddress> socketAddress() {
        OptionalInt port = port();
        return port.isEmpty()
                ? Optional.empty()
                : ip().map(ip -> new InetSocketAddress(ip, port.getAsInt()));
    }

    /** The IP address that this address begins with, with its zone if this machine has it. */
    public Optional<InetAddress> ip() {
        if (!startsWithIp()) {
            return Optional.empty();
        }
        byte[] value = components.get(ipIndex()).value();
        try {
            if (ipIndex() == 1) {
                NetworkInterface zone = NetworkInterface.getByName(components.getFirst().text());
                return Optional.of(Inet6Address.getByAddress(null, value, zone));
            }
            return Optional.of(InetAddress.getByAddress(value));
        } catch (UnknownHostException | SocketException e) {
            return Optional.empty();
        }
    }

    /** The TCP or UDP port behind the IP address or DNS name that this address begins with. */
    public OptionalInt port() {
        int at = startsWithIp() ? ipIndex() + 1 : 1;
        if (at >= components.size() || (!startsWithIp() && dnsName().isEmpty())) {
            return OptionalInt.empty();
        }
        Component step = components.get(at);
        return step.protocol() == Protocol.TCP || step.protocol() == Protocol.UDP
                ? OptionalInt.of(Integer.parseInt(step.text()))
                : OptionalInt.empty();
    }

    /** The name that this address begins with, if it begins with /dns, /dns4 or /dns6. */
    public Optional<String> dnsName() {
        Component first = components.getFirst();
        return DNS_NAMES.contains(first.protocol()) ? Optional.of(first.text()) : Optional.empty();
    }

    private boolean startsWithIp() {
        int at = ipIndex();
        return at < components.size()
                && (components.get(at).protocol() == Protocol.IP6
                        || (at == 0 && components.get(at).protocol() == Protocol.IP4));
    }

    private int ipIndex() {
        return components.getFirst().protocol() == Protocol.IP6ZONE ? 1 : 0;
    }

    public boolean isLoopback() {
        return ip().filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /** True for 0.0.0.0 and ::, which are for listening and never for dialling. */
    public boolean isUnspecified() {
        return ip().filter(InetAddress::isAnyLocalAddress).isPresent();
    }

    /**
     * True for an IP address that the public internet does not route: private, shared, link-local.
     */
    public boolean isPrivate() {
        return ip().filter(Multiaddr::isPrivate).isPresent();
    }

    private static boolean isPrivate(InetAddress ip) {
        byte[] bytes = ip.getAddress();
        boolean uniqueLocal =
                ip instanceof Inet6Address && (bytes[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
        boolean shared =
                !(ip instanceof Inet6Address)
                        && bytes[0] == SHARED_BLOCK
                        && (bytes[1] & 0xc0) == 0x40;
        return ip.isSiteLocalAddress() || ip.isLinkLocalAddress() || uniqueLocal || shared;
    }

    /** True for an address that goes through a relay. */
    public boolean isRelayed() {
        return has(Protocol.P2P_CIRCUIT);
    }

    @Override
    public String toString() {
        return components.stream().map(Component::toString).collect(Collectors.joining());
    }
}
