package org.flowshield.node.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.security.noise.NoiseTransport;
import org.flowshield.libp2p.transport.DialOptions;
import org.flowshield.node.tunnel.control.ControlChannel;
import org.flowshield.node.tunnel.control.ControlMessage;
import org.flowshield.node.tunnel.control.ControlMessage.Attach;
import org.flowshield.node.tunnel.control.ControlMessage.Attached;
import org.flowshield.node.tunnel.control.ControlMessage.Refused;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.node.tunnel.control.Lane;
import org.flowshield.node.tunnel.control.SessionToken;
import org.flowshield.node.tunnel.credit.ProviderBilling;
import org.flowshield.node.tunnel.path.PathCounters;
import org.flowshield.node.tunnel.path.ProviderPath;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MemoryTun;
import org.flowshield.tun.Offloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A provider and its clients over real connections on loopback, with devices in memory. */
@Timeout(60)
final class TunnelIT {

    private static final int MTU = 1500;
    private static final Instant BEGAN = Instant.parse("2026-11-22T12:00:00Z");

    private final SecureRandom random = new SecureRandom();
    private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    private final MemoryTun.Pair providerDevice = device();
    private final MemoryTun.Pair clientDevice = device();

    private Host providerHost;
    private Host clientHost;
    private ProviderPath path;
    private ProviderService service;
    private Multiaddr address;

    @BeforeEach
    void start_the_provider() throws Exception {
        path = new ProviderPath(providerDevice.left(), _ -> {});
        path.start();
        ProviderService.Watcher watcher =
                new ProviderService.Watcher() {
                    @Override
                    public void opened(PeerId peer, Grant grant) {}

                    @Override
                    public void ended(PeerId peer, Grant grant, PathCounters all, String why) {
                        ended.add(why);
                    }
                };
        ProviderTerms terms = new ProviderTerms(true, true, MTU, Offloads.ALL, List.of(), 2);
        service =
                new ProviderService(
                        terms,
                        AddressPool.of(24, 7),
                        path,
                        watcher,
                        random,
                        System::nanoTime,
                        () -> BEGAN,
                        ProviderBilling.NONE);
        providerHost = host();
        providerHost.handle(service);
        address =
                providerHost
                        .listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))
                        .withPeer(providerHost.peerId());
        clientHost = host();
    }

    @AfterEach
    void stop_all() {
        service.close();
        path.close();
        clientHost.close();
        providerHost.close();
        clientDevice.close();
        providerDevice.close();
    }

    @Test
    void packets_go_both_ways_and_both_sides_count_them() throws Exception {
        try (TunnelClient client = open(clientHost)) {
            byte[] up = packet(client.welcome().grant(), true);
            send(clientDevice.right(), up);
            assertThat(receive(providerDevice.right())).isEqualTo(up);
            byte[] down = packet(client.welcome().grant(), false);
            send(providerDevice.right(), down);
            assertThat(receive(clientDevice.right())).isEqualTo(down);
            assertThat(client.counters().sentBytes()).isEqualTo(up.length);
            assertThat(client.counters().receivedBytes()).isEqualTo(down.length);
        }
        assertThat(nextEnd()).isEqualTo("PEER_SAID_BYE: stopped by the user");
    }

    @Test
    void the_provider_tells_its_sessions_while_they_live() throws Exception {
        assertThat(service.sessions()).isEmpty();
        PathCounters carried;
        try (TunnelClient client = open(clientHost)) {
            Grant grant = client.welcome().grant();
            byte[] up = packet(grant, true);
            send(clientDevice.right(), packet(grant, false));
            send(clientDevice.right(), up);
            assertThat(receive(providerDevice.right())).isEqualTo(up);

            LiveSession session = service.sessions().getFirst();
            carried = session.carried();
            assertThat(session)
                    .isEqualTo(new LiveSession(clientHost.peerId(), grant.inner(), BEGAN, carried));
            assertThat(carried).isEqualTo(new PathCounters(0, 0, up.length, 1, 1, 1));
        }
        assertThat(nextEnd()).startsWith("PEER_SAID_BYE");
        assertThat(service.sessions()).isEmpty();
        assertThat(service.carried()).isEqualTo(carried);
    }

    @Test
    void an_end_gives_the_place_back() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (MemoryTun.Pair device = device();
                    Host host = host();
                    TunnelClient client = open(host, device, address)) {
                assertThat(client.welcome().grant().inner().v4()).isPresent();
            }
            assertThat(nextEnd()).startsWith("PEER_SAID_BYE");
        }
    }

    @Test
    void a_full_provider_refuses() throws Exception {
        try (MemoryTun.Pair second = device();
                Host secondHost = host();
                Host thirdHost = host();
                TunnelClient _ = open(clientHost);
                TunnelClient _ = open(secondHost, second, address)) {
            refused(() -> open(thirdHost), "BUSY: all 2 sessions are taken");
        }
    }

    @Test
    void a_peer_has_one_session() throws Exception {
        try (TunnelClient _ = open(clientHost)) {
            refused(() -> open(clientHost), "BUSY: this peer has a session already");
        }
    }

    @Test
    void a_provider_that_stops_says_goodbye() throws Exception {
        TunnelClient client = open(clientHost);
        service.close();
        TunnelEndedException end = client.ended().get(20, TimeUnit.SECONDS);
        assertThat(end.reason()).isEqualTo(EndReason.PEER_SAID_BYE);
    }

    @Test
    void a_device_that_can_not_be_made_ends_the_session_with_the_reason() throws Exception {
        IOException noRight = new IOException("no right");
        assertThatThrownBy(
                        () ->
                                TunnelClient.open(
                                        clientHost,
                                        settings(address),
                                        _ -> {
                                            throw noRight;
                                        },
                                        System::nanoTime))
                .isInstanceOf(TunnelEndedException.class)
                .hasCause(noRight);
        assertThat(nextEnd()).isNotEmpty();
    }

    @Test
    void a_peer_with_another_identity_is_not_connected_to() throws Exception {
        try (Host other = host()) {
            Multiaddr wrong = address.withoutPeer().withPeer(other.peerId());
            assertThatThrownBy(() -> open(clientHost, clientDevice, wrong))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(providerHost.peerId().toString());
        }
    }

    @Test
    void a_lane_needs_the_right_token() throws Exception {
        try (TunnelClient _ = open(clientHost)) {
            Attach guessed = new Attach(SessionToken.random(random), Lane.bulk(0));
            assertThat(reason(say(clientHost, guessed))).isEqualTo(Refused.Reason.BAD_TOKEN);
        }
    }

    @Test
    void a_lane_comes_once() throws Exception {
        try (TunnelClient client = open(clientHost)) {
            Attach again = new Attach(client.welcome().token(), Lane.bulk(0));
            assertThat(reason(say(clientHost, again))).isEqualTo(Refused.Reason.BAD_REQUEST);
            Attach more = new Attach(client.welcome().token(), Lane.bulk(3));
            assertThat(reason(say(clientHost, more))).isEqualTo(Refused.Reason.BAD_REQUEST);
        }
    }

    @Test
    void a_stream_that_begins_with_something_else_is_refused() throws Exception {
        assertThat(reason(say(clientHost, new Attached()))).isEqualTo(Refused.Reason.BAD_REQUEST);
    }

    /**
     * The attack: a peer that has overheard a session's token (here: it is given it) dials with a
     * key of its own and asks to attach a lane, to read the victim's packets.
     */
    @Test
    void a_stolen_token_is_worth_nothing_with_another_key() throws Exception {
        try (TunnelClient victim = open(clientHost);
                Host thief = host()) {
            Attach stolen = new Attach(victim.welcome().token(), Lane.bulk(0));
            assertThat(reason(say(thief, stolen))).isEqualTo(Refused.Reason.BAD_TOKEN);
        }
    }

    @FunctionalInterface
    private interface Opening {
        TunnelClient open() throws Exception;
    }

    private static void refused(Opening opening, String why) {
        assertThatThrownBy(opening::open)
                .isInstanceOfSatisfying(
                        TunnelEndedException.class,
                        e -> assertThat(e.reason()).isEqualTo(EndReason.REFUSED))
                .hasMessage(why);
    }

    private static Refused.Reason reason(ControlMessage answer) {
        return ((Refused) answer).reason();
    }

    /** Opens a connection and a stream, says one message and gives the answer. */
    private ControlMessage say(Host host, ControlMessage message) throws Exception {
        try (Connection connection = host.connect(address)) {
            Stream stream = connection.newStream(List.of(ProviderService.PROTOCOL));
            ControlChannel channel = new ControlChannel(stream.input(), stream.output());
            channel.send(message);
            return channel.receive().orElseThrow();
        }
    }

    private String nextEnd() throws InterruptedException {
        String why = ended.poll(30, TimeUnit.SECONDS);
        return why == null ? "no session ended" : why;
    }

    private TunnelClient open(Host host) throws Exception {
        return open(host, clientDevice, address);
    }

    private static TunnelClient open(Host host, MemoryTun.Pair device, Multiaddr provider)
            throws Exception {
        return TunnelClient.open(host, settings(provider), _ -> device.left(), System::nanoTime);
    }

    private static TunnelSettings settings(Multiaddr provider) {
        return new TunnelSettings(
                provider, 2, true, Offloads.ALL, DialOptions.DEFAULT, LaneSockets.options(0));
    }

    private Host host() throws IOException {
        PrivateKey key = PrivateKey.generate(random);
        return new HostBuilder(key).security(new NoiseTransport(key, random)).build();
    }

    private static MemoryTun.Pair device() {
        return MemoryTun.pair(
                MTU, Offloads.ALL, Offloads.ALL, MemoryTun.Overflow.WAIT, MemoryTun.MIN_QUEUE);
    }

    /** An IPv4 packet of protocol 253 (for experiments) from or to the client. */
    private static byte[] packet(Grant grant, boolean fromClient) {
        byte[] client = grant.inner().v4().orElseThrow().getAddress();
        byte[] internet = {(byte) 192, 0, 2, 80};
        ByteBuffer packet = ByteBuffer.allocate(60).order(ByteOrder.BIG_ENDIAN);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) 60).putInt(0);
        packet.put((byte) 64).put((byte) 253).putShort((short) 0);
        packet.put(fromClient ? client : internet).put(fromClient ? internet : client);
        byte[] bytes = packet.array();
        int sum = 0;
        for (int i = 0; i < 20; i += 2) {
            sum += packet.getShort(i) & 0xffff;
        }
        packet.putShort(10, (short) ~((sum & 0xffff) + (sum >>> 16)));
        return bytes;
    }

    private static void send(MemoryTun device, byte[] packet) throws Exception {
        ByteBuffer batch = ByteBuffer.allocateDirect(Frame.HEADER + packet.length);
        batch.put(Frame.PLAIN).put((byte) 0).putShort((short) 0).putInt(packet.length).put(packet);
        assertThat(device.write(batch.flip())).isEqualTo(1);
    }

    private static byte[] receive(MemoryTun device) throws IOException {
        ByteBuffer batch = ByteBuffer.allocateDirect(2 * Frame.MAX);
        int packets = device.read(batch, true);
        assertThat(packets).isEqualTo(1);
        batch.flip().position(Frame.HEADER);
        byte[] packet = new byte[batch.remaining()];
        batch.get(packet);
        return packet;
    }
}
