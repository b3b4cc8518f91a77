package org.flowshield.libp2p.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.multistream.ProtocolNotSupportedException;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.security.WrongPeerException;
import org.flowshield.libp2p.transport.DialOptions;
import org.flowshield.libp2p.yamux.StreamResetException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two hosts on loopback. */
@Timeout(120)
final class HostIT {

    private static final ProtocolId TEST = new ProtocolId("/test/1.0.0");
    private static final int MIB = 1024 * 1024;

    @BeforeAll
    static void look_for_leaks() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.ADVANCED);
    }

    @ParameterizedTest
    @EnumSource
    void a_stream_carries_bytes_both_ways_and_half_closes(HostPair.Security security)
            throws Exception {
        try (HostPair pair = new HostPair(security, true);
                Connection connection = pair.connect();
                Stream stream = connection.newStream(List.of(Echo.ID))) {
            stream.write(ByteBuffer.wrap("hello".getBytes(UTF_8)));
            stream.closeWrite();

            assertThat(new String(stream.input().readAllBytes(), UTF_8)).isEqualTo("hello");
            assertThat(connection.remotePeer()).isEqualTo(pair.listener.peerId());
            assertThat(pair.listener.connections())
                    .singleElement()
                    .extracting(Connection::remotePeer)
                    .isEqualTo(pair.dialler.peerId());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_hundred_streams_at_once(HostPair.Security security) throws Exception {
        try (HostPair pair = new HostPair(security, true);
                Connection connection = pair.connect();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> echoes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int seed = i;
                echoes.add(threads.submit(() -> echoes(connection, seed)));
            }
            for (Future<Boolean> echo : echoes) {
                assertThat(echo.get()).isTrue();
            }
        }
    }

    private static boolean echoes(Connection connection, int seed) throws Exception {
        byte[] content = new byte[100_000];
        new Random(seed).nextBytes(content);
        try (Stream stream = connection.newStream(List.of(Echo.ID))) {
            Thread writer =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try (OutputStream out = stream.output()) {
                                            out.write(content);
                                        } catch (IOException e) {
                                            stream.reset();
                                        }
                                    });
            byte[] echo = stream.input().readAllBytes();
            writer.join();
            return MessageDigest.isEqual(content, echo);
        }
    }

    @ParameterizedTest
    @EnumSource
    void carries_64_MiB_each_way_unharmed(HostPair.Security security) throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        Served both =
                new Served(
                        TEST,
                        stream -> {
                            received.add(digest(stream.input()));
                            send(stream, 64 * MIB);
                            stream.closeWrite();
                        });
        try (HostPair pair = new HostPair(security, true);
                Connection connection = pairWith(pair, both);
                Stream stream = connection.newStream(List.of(TEST))) {
            String sent = send(stream, 64 * MIB);
            stream.closeWrite();

            assertThat(digest(stream.input())).isEqualTo(sent);
            assertThat(received.take()).isEqualTo(sent);
        }
    }

    @Test
    void works_on_the_selector_of_the_jdk() throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, false);
                Connection connection = pair.connect()) {
            assertThat(echoes(connection, 1)).isTrue();
        }
    }

    @Test
    void a_reader_that_never_reads_holds_the_writer_back() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Served silent = new Served(TEST, stream -> end.await());
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true);
                Connection connection = pairWith(pair, silent);
                Stream stream = connection.newStream(List.of(TEST))) {
            AtomicLong written = new AtomicLong();
            Thread writer = Thread.ofVirtual().start(() -> writeUntilRefused(stream, written));
            while (writer.getState() != Thread.State.WAITING || stream.channel().isWritable()) {
                Thread.onSpinWait();
            }

            assertThat(written.get()).isLessThan(4 * MIB);
            end.countDown();
            writer.join();
        }
    }

    private static void writeUntilRefused(Stream stream, AtomicLong written) {
        try {
            while (true) {
                stream.write(ByteBuffer.allocate(64 * 1024));
                written.addAndGet(64 * 1024);
            }
        } catch (IOException e) {
            // The peer has closed its end: what the test waits for.
            written.addAndGet(1);
        }
    }

    @Test
    void a_reset_is_told_to_the_other_side() throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        Served reading =
                new Served(
                        TEST,
                        stream -> {
                            try {
                                stream.read(ByteBuffer.allocate(1));
                            } catch (IOException e) {
                                told.complete(e);
                            }
                        });
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true);
                Connection connection = pairWith(pair, reading)) {
            connection.newStream(List.of(TEST)).reset();

            assertThat(told.get(10, TimeUnit.SECONDS)).isInstanceOf(StreamResetException.class);
        }
    }

    @Test
    void a_lost_connection_is_told_to_its_streams() throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true);
                Connection connection = pair.connect()) {
            Stream stream = connection.newStream(List.of(Echo.ID));
            pair.listener.close();

            assertThatThrownBy(() -> stream.read(ByteBuffer.allocate(1)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("closed");
            connection.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(pair.dialler.connections()).isEmpty();
        }
    }

    @Test
    void a_protocol_that_is_not_served_is_refused() throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true);
                Connection connection = pair.connect()) {
            assertThatThrownBy(() -> connection.newStream(List.of(TEST)))
                    .isInstanceOf(ProtocolNotSupportedException.class);

            Stream early = connection.openStream(TEST);
            assertThatThrownBy(() -> early.read(ByteBuffer.allocate(1)))
                    .hasMessageContaining("/test/1.0.0");
        }
    }

    @Test
    void data_follows_an_early_proposal() throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true);
                Connection connection = pair.connect();
                Stream stream = connection.openStream(Echo.ID)) {
            stream.write(ByteBuffer.wrap("early".getBytes(UTF_8)));
            stream.closeWrite();

            assertThat(new String(stream.input().readAllBytes(), UTF_8)).isEqualTo("early");
        }
    }

    @Test
    void more_streams_than_a_protocol_allows_are_reset() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Served waiting = new Served(TEST, stream -> end.await());
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true);
                Connection connection = pairWith(pair, waiting)) {
            for (int i = 0; i < ProtocolBinding.DEFAULT_MAX_INBOUND; i++) {
                connection.newStream(List.of(TEST));
            }
            Stream excess = connection.newStream(List.of(TEST));

            assertThatThrownBy(() -> excess.read(ByteBuffer.allocate(1)))
                    .isInstanceOf(StreamResetException.class);
            end.countDown();
        }
    }

    @Test
    void an_address_with_another_peers_id_is_refused() throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true);
                PrivateKey stranger = PrivateKey.generate(new SecureRandom())) {
            PeerId expected = PeerId.of(stranger.publicKey());

            assertThatThrownBy(() -> pair.dialler.connect(pair.address().withPeer(expected)))
                    .isInstanceOf(WrongPeerException.class)
                    .hasMessageContaining(expected.toString());
            assertThat(pair.dialler.connections()).isEmpty();
        }
    }

    @Test
    void a_port_where_nobody_listens_is_named() throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true)) {
            int free;
            try (ServerSocket socket = new ServerSocket(0)) {
                free = socket.getLocalPort();
            }
            assertThatThrownBy(
                            () ->
                                    pair.dialler.connect(
                                            HostPair.parse("/ip4/127.0.0.1/tcp/" + free)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("/tcp/" + free)
                    .hasMessageContaining("refused");
        }
    }

    @Test
    void one_port_serves_both_families() throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true)) {
            Multiaddr v4 = pair.dialler.listen(HostPair.parse("/ip4/0.0.0.0/tcp/0"));
            int port = v4.port().orElseThrow();
            assertThat(pair.dialler.listen(HostPair.parse("/ip6/::/tcp/" + port)))
                    .hasToString("/ip6/::/tcp/" + port);
        }
    }

    @Test
    void a_port_in_use_is_named() throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true)) {
            assertThatThrownBy(
                            () -> pair.dialler.listen(pair.listener.listenAddresses().getFirst()))
                    .hasMessageContaining("another program uses the port");
        }
    }

    @Test
    void a_peer_that_stalls_in_the_handshake_is_given_up() throws Exception {
        try (HostPair pair =
                        new HostPair(
                                HostPair.Security.PLAINTEXT,
                                true,
                                builder -> builder.upgradeTimeout(Duration.ofMillis(300)));
                ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "/ip4/127.0.0.1/tcp/" + silent.getLocalPort();

            assertThatThrownBy(() -> pair.dialler.connect(HostPair.parse(address)))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("300 ms");
        }
    }

    @Test
    void a_dialler_that_sends_a_byte_now_and_then_is_given_up() throws Exception {
        try (HostPair pair =
                        new HostPair(
                                HostPair.Security.PLAINTEXT,
                                true,
                                builder -> builder.upgradeTimeout(Duration.ofMillis(500)));
                Socket slow =
                        new Socket(
                                InetAddress.getLoopbackAddress(),
                                pair.address().port().orElseThrow())) {
            byte[] header = "\u0013/multistream/1.0.0\n".getBytes(UTF_8);
            slow.setSoTimeout(100);
            int sent = 0;
            boolean open = true;
            while (open && sent < header.length) {
                try {
                    open = slow.getInputStream().read() >= 0;
                } catch (SocketTimeoutException e) {
                    open = says(slow, header[sent++]);
                } catch (SocketException e) {
                    open = false; // reset, where a byte of ours was still unread
                }
            }

            assertThat(open).isFalse();
        }
    }

    /** False if the other side has closed. */
    private static boolean says(Socket socket, byte what) throws IOException {
        try {
            socket.getOutputStream().write(what);
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    @Test
    void observers_hear_of_connections_on_both_sides() throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true)) {
            BlockingQueue<Connection> heard = new LinkedBlockingQueue<>();
            pair.dialler.onConnection(heard::add);
            pair.listener.onConnection(heard::add);
            pair.connect();

            assertThat(List.of(heard.take().initiator(), heard.take().initiator()))
                    .containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void a_protocol_that_was_taken_away_is_refused_and_its_open_streams_stay() throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true)) {
            Served role = new Served(TEST, stream -> stream.output().write(stream.input().read()));
            Connection connection = pairWith(pair, role);
            Stream open = connection.newStream(List.of(TEST));

            pair.listener.unhandle(role);
            pair.listener.unhandle(role);
            assertThat(pair.listener.protocols()).doesNotContain(TEST).contains(Echo.ID);
            assertThatThrownBy(() -> connection.newStream(List.of(TEST)))
                    .isInstanceOf(ProtocolNotSupportedException.class);
            open.output().write(7);
            open.output().flush();
            assertThat(open.input().read()).isEqualTo(7);

            pair.listener.handle(role);
            connection.newStream(List.of(TEST)).close();
        }
    }

    @Test
    void where_a_host_listens_no_more_nobody_is_let_in_and_who_is_in_stays() throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true)) {
            Connection connection = pair.connect();
            Multiaddr more = pair.listener.listen(HostPair.loopback());
            Multiaddr first = pair.listener.listenAddresses().getFirst();

            pair.listener.unlisten(first);
            pair.listener.unlisten(first);
            assertThat(pair.listener.listenAddresses()).containsExactly(more);
            assertThatThrownBy(() -> pair.dialler.connect(first))
                    .hasMessageContaining("nothing listens there");
            pair.dialler.connect(more).close();
            connection.newStream(List.of(Echo.ID)).close();
        }
    }

    @Test
    void a_dial_has_the_hosts_options_unless_somebody_says_otherwise() throws Exception {
        DialOptions everywhere =
                DialOptions.DEFAULT.withLocal(new InetSocketAddress("127.0.0.7", 0));
        DialOptions once = DialOptions.DEFAULT.withLocal(new InetSocketAddress("127.0.0.8", 0));
        try (HostPair pair =
                new HostPair(
                        HostPair.Security.PLAINTEXT,
                        true,
                        builder -> builder.dialOptions(everywhere))) {
            assertThat(pair.dialler.connect(pair.address()).localAddress().toString())
                    .startsWith("/ip4/127.0.0.7/");
            assertThat(pair.dialler.connect(pair.address(), once).localAddress().toString())
                    .startsWith("/ip4/127.0.0.8/");
        }
    }

    private static Connection pairWith(HostPair pair, ProtocolBinding binding) throws IOException {
        pair.listener.handle(binding);
        return pair.connect();
    }

    /** Sends so many pseudo-random bytes and tells their digest. */
    private static String send(Stream stream, int length) throws IOException {
        MessageDigest digest = sha256();
        Random random = new Random(42);
        byte[] part = new byte[256 * 1024];
        for (int left = length; left > 0; left -= part.length) {
            random.nextBytes(part);
            digest.update(part);
            stream.write(ByteBuffer.wrap(part));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String digest(InputStream in) throws IOException {
        MessageDigest digest = sha256();
        byte[] part = new byte[100_000];
        for (int count = in.read(part); count >= 0; count = in.read(part)) {
            digest.update(part, 0, count);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
