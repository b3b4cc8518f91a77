package org.flowshield.node.tunnel.control;

import static org.flowshield.node.tunnel.control.MalformedControlException.Reason;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.node.text.PlainText;
import org.flowshield.node.tunnel.control.ControlMessage.Attach;
import org.flowshield.node.tunnel.control.ControlMessage.Attached;
import org.flowshield.node.tunnel.control.ControlMessage.Bye;
import org.flowshield.node.tunnel.control.ControlMessage.Counters;
import org.flowshield.node.tunnel.control.ControlMessage.Hello;
import org.flowshield.node.tunnel.control.ControlMessage.KeepAlive;
import org.flowshield.node.tunnel.control.ControlMessage.Refused;
import org.flowshield.node.tunnel.control.ControlMessage.Welcome;
import org.flowshield.node.tunnel.path.InnerAddresses;
import org.flowshield.tun.Offloads;

/**
 * Control messages as protobuf (tunnel.proto), without their length. Whatever {@link #parse} gives
 * satisfies what the protocol says of each field, also when the peer is hostile. Stateless.
 */
public final class TunnelControl {

    /** Bytes of one message: the largest, Welcome with four resolvers, has less than 300. */
    public static final int MAX_MESSAGE = 4096;

    private TunnelControl() {}

    public static byte[] encode(ControlMessage message) {
        TunnelProtos.Control.Builder control = TunnelProtos.Control.newBuilder();
        switch (message) {
            case Hello hello -> control.setHello(encodeHello(hello));
            case Welcome welcome -> control.setWelcome(encodeWelcome(welcome));
            case Refused(Refused.Reason reason, String detail) ->
                    control.getRefusedBuilder()
                            .setReason(TunnelProtos.Refused.Reason.valueOf(reason.name()))
                            .setDetail(detail);
            case Attach(SessionToken token, Lane lane) ->
                    control.getAttachBuilder()
                            .setToken(ByteString.copyFrom(token.encode()))
                            .setLane(lane.number())
                            .setDatagram(lane.datagram());
            case Attached() -> control.getAttachedBuilder();
            case KeepAlive(long nonce, boolean reply) ->
                    control.getKeepAliveBuilder().setNonce(nonce).setReply(reply);
            case Bye(Bye.Kind kind, String reason) ->
                    control.getByeBuilder()
                            .setKind(TunnelProtos.Bye.Kind.valueOf(kind.name()))
                            .setReason(reason);
            case Counters(long sent, long received) ->
                    control.getCountersBuilder().setSent(sent).setReceived(received);
        }
        return control.build().toByteArray();
    }

    public static ControlMessage parse(byte[] message) throws MalformedControlException {
        if (message.length > MAX_MESSAGE) {
            throw new MalformedControlException(Reason.LENGTH_ABOVE_LIMIT);
        }
        TunnelProtos.Control control;
        try {
            control = TunnelProtos.Control.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedControlException(Reason.NOT_PROTOBUF);
        }
        return switch (control.getMessageCase()) {
            case HELLO -> parseHello(control.getHello());
            case WELCOME -> parseWelcome(control.getWelcome());
            case REFUSED -> parseRefused(control.getRefused());
            case ATTACH -> parseAttach(control.getAttach());
            case ATTACHED -> new Attached();
            case KEEP_ALIVE ->
                    new KeepAlive(
                            control.getKeepAlive().getNonce(), control.getKeepAlive().getReply());
            case BYE -> new Bye(kind(control.getBye()), text(control.getBye().getReason()));
            case COUNTERS ->
                    new Counters(
                            counter(control.getCounters().getSent()),
                            counter(control.getCounters().getReceived()));
            case MESSAGE_NOT_SET -> throw new MalformedControlException(Reason.EMPTY);
        };
    }

    private static TunnelProtos.Hello.Builder encodeHello(Hello hello) {
        return TunnelProtos.Hello.newBuilder()
                .setVersion(hello.version())
                .setLanes(hello.lanes())
                .setDatagramLane(hello.datagramLane())
                .setOffloads(encodeOffloads(hello.takes()))
                .setIpv4(hello.ipv4())
                .setIpv6(hello.ipv6())
                .setOfferHash(
                        hello.offerHash()
                                .map(hash -> ByteString.copyFrom(hash.bytes()))
                                .orElse(ByteString.EMPTY));
    }

    private static Hello parseHello(TunnelProtos.Hello hello) throws MalformedControlException {
        if (!hello.getIpv4() && !hello.getIpv6()) {
            throw new MalformedControlException(Reason.ADDRESS_MISSING);
        }
        return new Hello(
                version(hello.getVersion()),
                lanes(hello.getLanes()),
                hello.getDatagramLane(),
                parseOffloads(hello.getOffloads()),
                hello.getIpv4(),
                hello.getIpv6(),
                offerHash(hello.getOfferHash()));
    }

    private static Optional<Bytes32> offerHash(ByteString bytes) throws MalformedControlException {
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        if (bytes.size() != Bytes32.LENGTH) {
            throw new MalformedControlException(Reason.OFFER_HASH_LENGTH);
        }
        return Optional.of(new Bytes32(bytes.toByteArray()));
    }

    private static Bye.Kind kind(TunnelProtos.Bye bye) {
        return bye.getKind() == TunnelProtos.Bye.Kind.UNRECOGNIZED
                ? Bye.Kind.UNSPECIFIED
                : Bye.Kind.valueOf(bye.getKind().name());
    }

    private static TunnelProtos.Welcome.Builder encodeWelcome(Welcome welcome) {
        Grant grant = welcome.grant();
        TunnelProtos.Welcome.Builder builder =
                TunnelProtos.Welcome.newBuilder()
                        .setVersion(welcome.version())
                        .setToken(ByteString.copyFrom(welcome.token().encode()))
                        .setLanes(welcome.lanes())
                        .setDatagramLane(welcome.datagramLane())
                        .setOffloads(encodeOffloads(welcome.takes()))
                        .setMtu(grant.mtu());
        grant.inner().v4().ifPresent(address -> builder.setInnerV4(bytes(address)));
        grant.inner().v6().ifPresent(address -> builder.setInnerV6(bytes(address)));
        grant.gateway4().ifPresent(address -> builder.setGatewayV4(bytes(address)));
        grant.gateway6().ifPresent(address -> builder.setGatewayV6(bytes(address)));
        grant.dns().forEach(address -> builder.addDns(bytes(address)));
        return builder;
    }

    private static Welcome parseWelcome(TunnelProtos.Welcome welcome)
            throws MalformedControlException {
        return new Welcome(
                version(welcome.getVersion()),
                SessionToken.parse(welcome.getToken().toByteArray()),
                lanes(welcome.getLanes()),
                welcome.getDatagramLane(),
                parseOffloads(welcome.getOffloads()),
                parseGrant(welcome));
    }

    private static Grant parseGrant(TunnelProtos.Welcome welcome) throws MalformedControlException {
        Optional<Inet4Address> v4 = inner4(welcome.getInnerV4());
        Optional<Inet6Address> v6 = inner6(welcome.getInnerV6());
        Optional<Inet4Address> gateway4 = inner4(welcome.getGatewayV4());
        Optional<Inet6Address> gateway6 = inner6(welcome.getGatewayV6());
        if (v4.isEmpty() && v6.isEmpty()) {
            throw new MalformedControlException(Reason.ADDRESS_MISSING);
        }
        if (v4.isPresent() != gateway4.isPresent() || v6.isPresent() != gateway6.isPresent()) {
            throw new MalformedControlException(Reason.GATEWAY_MISSING);
        }
        if (welcome.getMtu() < Grant.MIN_MTU || welcome.getMtu() > Grant.MAX_MTU) {
            throw new MalformedControlException(Reason.MTU_OUT_OF_RANGE);
        }
        if (welcome.getDnsCount() > Grant.MAX_DNS) {
            throw new MalformedControlException(Reason.TOO_MANY_RESOLVERS);
        }
        List<InetAddress> dns = new ArrayList<>();
        for (ByteString address : welcome.getDnsList()) {
            dns.add(inner(address));
        }
        return new Grant(new InnerAddresses(v4, v6), gateway4, gateway6, dns, welcome.getMtu());
    }

    private static Refused parseRefused(TunnelProtos.Refused refused)
            throws MalformedControlException {
        TunnelProtos.Refused.Reason reason = refused.getReason();
        return new Refused(
                reason == TunnelProtos.Refused.Reason.UNRECOGNIZED
                        ? Refused.Reason.UNSPECIFIED
                        : Refused.Reason.valueOf(reason.name()),
                text(refused.getDetail()));
    }

    private static Attach parseAttach(TunnelProtos.Attach attach) throws MalformedControlException {
        int number = attach.getLane();
        if (number < 0 || number >= Lane.MAX_BULK || (attach.getDatagram() && number != 0)) {
            throw new MalformedControlException(Reason.LANE_OUT_OF_RANGE);
        }
        return new Attach(
                SessionToken.parse(attach.getToken().toByteArray()),
                new Lane(number, attach.getDatagram()));
    }

    private static TunnelProtos.Offloads encodeOffloads(Offloads offloads) {
        return TunnelProtos.Offloads.newBuilder()
                .setChecksum(offloads.checksum())
                .setTcp4(offloads.tcp4())
                .setTcp6(offloads.tcp6())
                .setUdp(offloads.udp())
                .build();
    }

    private static Offloads parseOffloads(TunnelProtos.Offloads offloads)
            throws MalformedControlException {
        if (!offloads.getChecksum()
                && (offloads.getTcp4() || offloads.getTcp6() || offloads.getUdp())) {
            throw new MalformedControlException(Reason.OFFLOADS_WITHOUT_CHECKSUM);
        }
        return new Offloads(
                offloads.getChecksum(), offloads.getTcp4(), offloads.getTcp6(), offloads.getUdp());
    }

    private static int version(int version) throws MalformedControlException {
        if (version == 0) {
            throw new MalformedControlException(Reason.VERSION_ZERO);
        }
        // A uint32 above the range of int is a version that nobody has made yet.
        return version < 0 ? Integer.MAX_VALUE : version;
    }

    private static int lanes(int lanes) throws MalformedControlException {
        if (lanes < 1 || lanes > Lane.MAX_BULK) {
            throw new MalformedControlException(Reason.LANES_OUT_OF_RANGE);
        }
        return lanes;
    }

    private static String text(String text) throws MalformedControlException {
        if (text.length() > ControlMessage.MAX_TEXT) {
            throw new MalformedControlException(Reason.TEXT_TOO_LONG);
        }
        return PlainText.line(text); // it is shown in terminals
    }

    private static long counter(long counter) throws MalformedControlException {
        if (counter < 0) {
            throw new MalformedControlException(Reason.COUNTER_OUT_OF_RANGE);
        }
        return counter;
    }

    private static ByteString bytes(InetAddress address) {
        return ByteString.copyFrom(address.getAddress());
    }

    private static Optional<Inet4Address> inner4(ByteString bytes)
            throws MalformedControlException {
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        if (inner(bytes) instanceof Inet4Address address) {
            return Optional.of(address);
        }
        throw new MalformedControlException(Reason.ADDRESS_LENGTH);
    }

    private static Optional<Inet6Address> inner6(ByteString bytes)
            throws MalformedControlException {
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        if (inner(bytes) instanceof Inet6Address address) {
            return Optional.of(address);
        }
        throw new MalformedControlException(Reason.ADDRESS_LENGTH);
    }

    /** An address that a provider may give: never one that the client's own network could use. */
    private static InetAddress inner(ByteString bytes) throws MalformedControlException {
        InetAddress address;
        try {
            address = InetAddress.getByAddress(bytes.toByteArray());
        } catch (UnknownHostException e) {
            throw new MalformedControlException(Reason.ADDRESS_LENGTH);
        }
        if (!Grant.isInner(address)) {
            throw new MalformedControlException(Reason.ADDRESS_OUT_OF_RANGE);
        }
        return address;
    }
}
