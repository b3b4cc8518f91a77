package org.flowshield.libp2p.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.identify.Identified;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.multistream.ProtocolNotSupportedException;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.perf.Perf;
import org.flowshield.libp2p.ping.Ping;
import org.flowshield.libp2p.security.WrongPeerException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** We dial js-libp2p and open the streams. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"tls", "noise"})
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class WeDialJsIT {

    private static final int MIB = 1024 * 1024;
    private static final int STREAMS = 100;

    @Parameter String security = "";

    private JsPeer js;
    private String address;
    private OurHost ours;
    private Connection connection;

    @BeforeEach
    void connect() throws IOException {
        assumeTrue(JsPeer.missing().isEmpty(), JsPeer.missing());
        js = JsPeer.listen(security);
        address = js.address();
        ours = new OurHost(security);
        connection = ours.host().connect(OurHost.multiaddr(address));
    }

    @AfterEach
    void disconnect() {
        if (ours != null) {
            ours.close();
        }
        if (js != null) {
            js.close();
        }
    }

    @Test
    void agrees_on_security_and_muxer() {
        assertThat(connection.remotePeer()).isEqualTo(peerOf(address));
        var connected = js.await("connected");
        assertThat(connected.path("peerId").asString()).isEqualTo(ours.host().peerId().toString());
        assertThat(connected.path("security").asString())
                .isEqualTo(connection.security().value())
                .contains(security);
        assertThat(connected.path("muxer").asString()).isEqualTo("/yamux/1.0.0");
    }

    @Test
    void pings() throws IOException {
        try (Ping.Pings pings = ours.ping.open(connection)) {
            for (int i = 0; i < 10; i++) {
                assertThat(pings.next(Duration.ofSeconds(10))).isPositive();
            }
        }
        try (Ping.Pings again = ours.ping.open(connection)) {
            assertThat(again.next(Duration.ofSeconds(10))).isPositive();
        }
    }

    @Test
    void learns_who_js_is_and_how_it_sees_us() throws Exception {
        Identified js =
                ours.identify
                        .identified(connection)
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS);
        Multiaddr listening = OurHost.multiaddr(address).withoutPeer();
        assertThat(js.agent()).startsWith("js-libp2p/");
        assertThat(js.protocols()).contains(Ping.ID, InteropProtocols.ECHO, Perf.ID);
        assertThat(js.observedAddress()).contains(connection.localAddress());
        assertThat(js.peerRecord().orElseThrow().addresses()).containsExactly(listening);
        assertThat(js.addresses()).containsExactly(listening);
    }

    @Test
    void tells_js_who_we_are_with_a_signed_record() {
        var told = js.await("identified");
        assertThat(told.path("peerId").asString()).isEqualTo(ours.host().peerId().toString());
        assertThat(told.path("agent").asString()).isEqualTo(OurHost.AGENT);
        assertThat(told.path("protocols").toString()).contains(Ping.ID.value(), Perf.ID.value());
        assertThat(told.path("signedAddresses").path(0).asString())
                .isEqualTo(ours.host().listenAddresses().getFirst().toString());
    }

    @Test
    void sends_64_mib_that_arrive_unchanged() throws IOException {
        try (Stream stream = connection.newStream(List.of(InteropProtocols.SINK))) {
            Content.write(stream.output(), 64L * MIB, 7);
            stream.closeWrite();
            DataInputStream answer = new DataInputStream(stream.input());
            Content.Sum arrived =
                    new Content.Sum(
                            answer.readLong(), HexFormat.of().formatHex(answer.readNBytes(32)));
            assertThat(answer.read()).isEqualTo(-1);
            assertThat(arrived).isEqualTo(Content.sum(64L * MIB, 7));
        }
    }

    @Test
    void receives_64_mib_unchanged() throws IOException {
        try (Stream stream = connection.newStream(List.of(InteropProtocols.SOURCE))) {
            stream.write(ByteBuffer.allocate(16).putLong(64L * MIB).putLong(8).flip());
            stream.closeWrite();
            assertThat(Content.read(stream.input())).isEqualTo(Content.sum(64L * MIB, 8));
        }
    }

    @Test
    void writes_on_after_js_has_ended_its_side() throws IOException {
        try (Stream stream = connection.newStream(List.of(InteropProtocols.HALF_CLOSED))) {
            assertThat(stream.input().read()).isEqualTo(-1);
            Content.write(stream.output(), 3L * MIB, 9);
            stream.closeWrite();
            var arrived = js.await("half-closed");
            assertThat(arrived.path("sha256").asString())
                    .isEqualTo(Content.sum(3L * MIB, 9).sha256());
        }
    }

    @Test
    void reads_on_after_having_ended_our_side() throws IOException {
        try (Stream stream = connection.newStream(List.of(InteropProtocols.ECHO))) {
            Content.write(stream.output(), 200_000, 10);
            stream.closeWrite();
            assertThat(Content.read(stream.input())).isEqualTo(Content.sum(200_000, 10));
        }
    }

    @Test
    void sees_a_reset_by_js_as_a_failure_and_not_as_the_end() throws IOException {
        try (Stream stream = connection.newStream(List.of(InteropProtocols.RESET))) {
            stream.write(ByteBuffer.wrap(new byte[] {InteropProtocols.RESET_BY_SERVER}));
            assertThatThrownBy(() -> stream.input().read()).isInstanceOf(IOException.class);
        }
        assertStillUsable();
    }

    @Test
    void resets_a_stream_so_that_js_sees_a_failure() throws IOException {
        Stream stream = connection.newStream(List.of(InteropProtocols.RESET));
        stream.write(ByteBuffer.wrap(new byte[] {InteropProtocols.RESET_BY_OPENER}));
        assertThat(stream.input().read()).isEqualTo(InteropProtocols.RESET_BY_OPENER);
        stream.reset();
        assertThat(js.await("reset-seen", "reset-missing").path("event").asString())
                .isEqualTo("reset-seen");
        assertStillUsable();
    }

    @Test
    void keeps_100_streams_apart() throws Exception {
        List<Stream> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            streams.add(connection.newStream(List.of(InteropProtocols.ECHO)));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Content.Sum>> echoes = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                Stream stream = streams.get(i);
                long seed = i;
                threads.submit(
                        () -> {
                            Content.write(stream.output(), MIB / 4, seed);
                            stream.closeWrite();
                            return null;
                        });
                echoes.add(threads.submit(() -> read(stream)));
            }
            for (int i = 0; i < STREAMS; i++) {
                assertThat(echoes.get(i).get()).isEqualTo(Content.sum(MIB / 4, i));
            }
        }
    }

    private static Content.Sum read(Stream stream) throws IOException {
        try (InputStream input = stream.input()) {
            return Content.read(input);
        }
    }

    @Test
    void is_told_when_js_does_not_speak_a_protocol() throws IOException {
        ProtocolId unknown = new ProtocolId("/flowshield/interop/nobody-speaks-this/1.0.0");
        assertThatThrownBy(() -> connection.newStream(List.of(unknown)))
                .isInstanceOf(ProtocolNotSupportedException.class);
        try (Stream stream = connection.newStream(List.of(unknown, InteropProtocols.ECHO))) {
            assertThat(stream.protocol()).isEqualTo(InteropProtocols.ECHO);
        }
    }

    @Test
    void refuses_a_js_peer_with_another_id() throws IOException {
        try (OurHost stranger = new OurHost(security)) {
            Multiaddr wrong =
                    OurHost.multiaddr(address).withoutPeer().withPeer(stranger.host().peerId());
            assertThatThrownBy(() -> ours.host().connect(wrong))
                    .isInstanceOf(WrongPeerException.class)
                    .hasMessageContaining(peerOf(address).toString());
        }
    }

    private void assertStillUsable() throws IOException {
        try (Stream stream = connection.newStream(List.of(InteropProtocols.ECHO))) {
            Content.write(stream.output(), 1000, 11);
            stream.closeWrite();
            assertThat(Content.read(stream.input())).isEqualTo(Content.sum(1000, 11));
        }
    }

    private static PeerId peerOf(String address) {
        return OurHost.multiaddr(address).peerId().orElseThrow();
    }
}
