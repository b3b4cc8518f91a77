package org.flowshield.node.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.AssertionFailedError;

/** A forwarder, its resolvers and who asks, on loopback. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DnsForwarderIT {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final InetAddress STRANGER = InetAddress.ofLiteral("127.0.0.9");
    private static final int PATIENCE_MILLIS = 20_000;

    private final FakeResolver good = new FakeResolver(q -> List.of(Questions.reply(q, 32)));
    private final byte[] query = Questions.query(0x1234, "www.example.org", Questions.A);

    private DnsForwarder forwarder = open(List.of(good.address()));

    DnsForwarderIT() throws IOException {}

    @AfterEach
    void close() throws IOException {
        forwarder.close();
        good.close();
    }

    @Test
    void a_question_by_udp_is_answered() throws IOException {
        byte[] answer = askUdp(query);
        assertThat(answer).isEqualTo(Questions.reply(query, 32));
        assertThat(forwarder.counters()).isEqualTo(new DnsCounters(1, 1, 0, 0, 0, 0, 0));
    }

    @Test
    void questions_by_tcp_are_answered_one_after_the_other() throws IOException {
        try (Socket socket = connect()) {
            for (int id = 1; id <= 3; id++) {
                byte[] asked = Questions.query(id, "www.example.org", Questions.A);
                assertThat(askTcp(socket, asked)).isEqualTo(Questions.reply(asked, 32));
            }
        }
    }

    @Test
    void each_question_has_a_port_and_an_id_of_its_own() throws IOException {
        for (int i = 0; i < 20; i++) {
            assertThat(Questions.id(askUdp(query))).isEqualTo(0x1234);
        }
        assertThat(new HashSet<>(good.ports)).hasSizeGreaterThan(10);
        assertThat(good.asked.stream().map(Questions::id).distinct()).hasSizeGreaterThan(10);
    }

    @Test
    void an_answer_to_another_question_is_not_taken() throws IOException {
        try (FakeResolver beset =
                new FakeResolver(
                        q ->
                                List.of(
                                        new byte[] {1},
                                        Questions.reply(
                                                Questions.withId(q, Questions.id(q) ^ 1), 16),
                                        Questions.reply(
                                                Questions.query(
                                                        Questions.id(q),
                                                        "www.example.com",
                                                        Questions.A),
                                                16),
                                        Questions.reply(q, 48)))) {
            forwarder.resolvers(List.of(beset.address()));
            assertThat(askUdp(query)).isEqualTo(Questions.reply(query, 48));
        }
    }

    @Test
    void the_next_resolver_is_asked_when_one_is_silent_or_gone() throws IOException {
        FakeResolver closed = new FakeResolver(_ -> List.of());
        InetSocketAddress gone = closed.address();
        closed.close();
        try (FakeResolver silent = new FakeResolver(_ -> List.of())) {
            forwarder.resolvers(List.of(gone, silent.address(), good.address()));
            assertThat(askUdp(query)).isEqualTo(Questions.reply(query, 32));
            assertThat(silent.asked).hasSize(1);
        }
    }

    @Test
    void nobody_to_ask_is_a_failure_at_once() throws IOException {
        forwarder.resolvers(List.of());
        assertThat(Questions.code(askUdp(query))).isEqualTo(DnsMessage.SERVER_FAILURE);
        assertThat(forwarder.counters().failed()).isEqualTo(1);
    }

    @Test
    void an_answer_that_is_too_long_for_udp_is_cut_and_whole_by_tcp() throws IOException {
        try (FakeResolver wordy = new FakeResolver(q -> List.of(Questions.reply(q, 700)))) {
            forwarder.resolvers(List.of(wordy.address()));
            byte[] cut = askUdp(query);
            assertThat(Questions.isCut(cut)).isTrue();
            assertThat(Questions.question(cut)).isEqualTo(cut);
            byte[] edns = Questions.queryWithEdns(5, "www.example.org", 1232);
            assertThat(askUdp(edns)).isEqualTo(Questions.reply(edns, 700));
            try (Socket socket = connect()) {
                assertThat(askTcp(socket, query)).isEqualTo(Questions.reply(query, 700));
            }
        }
    }

    @Test
    void who_is_no_session_gets_no_answer() throws IOException {
        try (DatagramSocket stranger = new DatagramSocket(0, STRANGER)) {
            send(stranger, query);
            // Who is asked after it has been dealt with.
            assertThat(askUdp(query)).isNotEmpty();
            stranger.setSoTimeout(1);
            assertThat(receives(stranger)).isFalse();
        }
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(STRANGER, 0));
            socket.connect(listening());
            socket.setSoTimeout(PATIENCE_MILLIS);
            assertThat(endsWithoutAnswer(socket)).isTrue();
        }
        assertThat(forwarder.counters().strangers()).isEqualTo(2);
        assertThat(good.asked).hasSize(1);
    }

    @Test
    void one_session_has_no_more_questions_open_than_it_may() throws IOException {
        try (FakeResolver silent = new FakeResolver(_ -> List.of());
                DatagramSocket socket = socket()) {
            forwarder.resolvers(List.of(silent.address()));
            for (int id = 0; id < QueryLimits.MOST_OF_ONE + 1; id++) {
                send(socket, Questions.query(id, "www.example.org", Questions.A));
            }
            // The others wait for the resolver; the one too many is answered at once.
            byte[] refused = receive(socket);
            assertThat(Questions.code(refused)).isEqualTo(DnsMessage.REFUSED);
            assertThat(Questions.id(refused)).isEqualTo(QueryLimits.MOST_OF_ONE);
            assertThat(forwarder.counters().inFlight()).isEqualTo(QueryLimits.MOST_OF_ONE);
            assertThat(forwarder.counters().overLimit()).isEqualTo(1);
        }
    }

    @Test
    void transfers_of_zones_and_what_is_malformed_are_refused() throws IOException {
        assertThat(Questions.code(askUdp(Questions.query(1, "example.org", Questions.AXFR))))
                .isEqualTo(DnsMessage.REFUSED);
        assertThat(Questions.code(askUdp(Arrays.copyOf(query, 20))))
                .isEqualTo(DnsMessage.FORMAT_ERROR);
        assertThat(forwarder.counters().malformed()).isEqualTo(1);
        assertThat(good.asked).isEmpty();
    }

    private static DnsForwarder open(List<InetSocketAddress> resolvers) throws IOException {
        return DnsForwarder.open(
                List.of(new InetSocketAddress(LOOPBACK, 0)),
                asker -> !asker.equals(STRANGER),
                resolvers,
                0,
                new SecureRandom());
    }

    private InetSocketAddress listening() {
        return forwarder.listening().getFirst();
    }

    private static DatagramSocket socket() throws SocketException {
        DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private byte[] askUdp(byte[] message) throws IOException {
        try (DatagramSocket socket = socket()) {
            send(socket, message);
            return receive(socket);
        }
    }

    private void send(DatagramSocket socket, byte[] message) throws IOException {
        socket.send(new DatagramPacket(message, message.length, listening()));
    }

    private static byte[] receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    private static boolean receives(DatagramSocket socket) throws IOException {
        try {
            byte[] _ = receive(socket);
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(LOOPBACK, listening().getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static byte[] askTcp(Socket socket, byte[] message) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeShort(message.length);
        out.write(message);
        out.flush();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        return in.readNBytes(in.readUnsignedShort());
    }

    private boolean endsWithoutAnswer(Socket socket) throws IOException {
        try {
            byte[] answer = askTcp(socket, query);
            throw new AssertionFailedError(answer.length + " bytes for a stranger");
        } catch (EOFException | SocketException e) {
            return true;
        }
    }
}
