package org.flowshield.node.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.api.LimitStatus;
import org.flowshield.node.api.MemoryNode;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.ServedNode;
import org.flowshield.node.api.client.NoDaemonException.Reason;
import org.flowshield.node.api.logs.LogEntry;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.api.logs.LogQuery;
import org.flowshield.node.api.payment.ChannelOpening;
import org.flowshield.node.api.payment.ChannelStatus;
import org.flowshield.node.api.payment.SpendingCaps;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class NodeClientIT {

    @TempDir private Path folder;

    private ServedNode served;
    private NodeClient client;

    @BeforeEach
    void serve() throws IOException {
        served = new ServedNode(folder);
        client = new NodeClient(served.socket());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        served.close();
    }

    @Test
    void reads_what_the_node_tells() throws Exception {
        served.node().enable(RoleName.CLIENT);
        served.node().enable(RoleName.PROVIDER);
        served.node().set(served.node().withClient(MemoryNode.reconnecting()));
        assertThat(client.status()).isEqualTo(served.node().status());
        assertThat(client.peerId()).isEqualTo(MemoryNode.PEER_ID);
    }

    @Test
    void does_what_the_node_can_do() throws Exception {
        ConnectRequest request = new ConnectRequest(MemoryNode.PROVIDER, 3);
        assertThat(client.connect(request)).isEqualTo(MemoryNode.connected(request));
        assertThat(client.disconnect().state()).isEqualTo(ClientState.DISCONNECTED);
        assertThat(client.enable(RoleName.PROVIDER))
                .isEqualTo(new RoleStatus(RoleName.PROVIDER, RoleState.ON, null));
        assertThat(client.disable(RoleName.PROVIDER).state()).isEqualTo(RoleState.OFF);
    }

    @Test
    void reads_and_does_what_concerns_money() throws Exception {
        served.node().configurePayment();
        MemoryPayments node = served.node().payments();
        node.price("0.25", false);
        NodePayments payments = client.payments();
        assertThat(payments.status()).isEqualTo(node.status());
        assertThat(client.status().payment()).isEqualTo(node.status());
        assertThat(payments.quote(MemoryNode.PROVIDER)).isEqualTo(node.quote(MemoryNode.PROVIDER));
        TokenAmount amount = MemoryPayments.flow("1.000000000000000001");
        ChannelStatus opened =
                payments.open(new ChannelOpening(null, MemoryPayments.PAYEE, amount));
        assertThat(opened.deposit()).isEqualTo(amount);
        assertThat(payments.channels()).hasSize(2).contains(opened);
        assertThat(payments.topUp(opened.id(), amount).deposit()).isEqualTo(amount.plus(amount));
        assertThat(payments.close(opened.id()).cooperative()).isTrue();
        assertThat(payments.earnings(1)).isEqualTo(node.earnings(1));
        assertThat(payments.earnings(2).days()).hasSize(2);
        assertThat(payments.settle()).isEqualTo(node.settle());
        SpendingCaps caps = new SpendingCaps(amount, amount, amount);
        assertThat(payments.cap(caps).caps()).isEqualTo(caps);
        assertThat(payments.spending()).isEqualTo(node.spending());
    }

    @Test
    void settings_of_the_client_are_told_and_changed() throws Exception {
        assertThat(client.clientSettings()).isEqualTo(ClientSettings.DEFAULT);
        List<DnsServer> own = DnsServer.parseAll("9.9.9.9 2620:fe::fe");
        assertThat(client.change(new ClientSettingsChange(own, null)))
                .isEqualTo(new ClientSettings(own, false));
        assertThat(client.change(new ClientSettingsChange(null, true)))
                .isEqualTo(new ClientSettings(own, true));
        assertThat(client.clientSettings()).isEqualTo(served.node().clientSettings());
    }

    @Test
    void the_log_is_told_with_all_that_can_stand_in_it() throws Exception {
        served.node().log().take(Instant.EPOCH, LogLevel.INFO, "a.B", "news");
        served.node().log().take(Instant.EPOCH, LogLevel.WARN, "a.B", "\"é\" 🙂 \ud800\n\tat x");
        LogQuery warnings = new LogQuery(2, LogLevel.WARN);
        assertThat(client.logs().read(warnings))
                .isEqualTo(served.node().logs().read(warnings))
                .satisfies(
                        told ->
                                assertThat(told.entries())
                                        .extracting(LogEntry::message)
                                        .containsExactly("\"é\" 🙂 \uFFFD\n\tat x"));
        assertThat(client.logs().read(warnings.after(2)).entries()).isEmpty();
    }

    @Test
    void a_log_that_is_full_fits_into_an_answer() throws Exception {
        String longest = "\u0001\"\n".repeat(100_000); // six times as long in JSON
        for (int i = 0; i < LogQuery.MAX_LINES; i++) {
            served.node().log().take(Instant.EPOCH, LogLevel.INFO, "a.B", longest);
        }
        LogQuery all = new LogQuery(LogQuery.MAX_LINES, LogLevel.DEBUG);
        assertThat(client.logs().read(all)).isEqualTo(served.node().logs().read(all));
    }

    @Test
    void a_price_that_was_agreed_on_is_told_to_the_node() throws Exception {
        ConnectRequest request =
                new ConnectRequest(MemoryNode.PROVIDER, 1, MemoryPayments.flow("0.5"));
        assertThat(client.connect(request).payment()).isEqualTo(MemoryPayments.session());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_refusal_comes_over_with_its_kind_and_words(Kind kind) {
        Problem problem = new Problem("no_way", "It can't.", "Wait.");
        served.node().refuseWith(new RefusedException(kind, problem));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(client::disconnect)
                .satisfies(
                        e -> {
                            assertThat(e.kind()).isEqualTo(kind);
                            assertThat(e.problem()).isEqualTo(problem);
                        });
    }

    @Test
    void finds_the_daemon_again_after_it_was_restarted() throws Exception {
        client.status();
        served.close();
        assertThatExceptionOfType(NoDaemonException.class)
                .isThrownBy(client::status)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MISSING));
        served = new ServedNode(folder);
        assertThat(client.status().peerId()).isEqualTo(MemoryNode.PEER_ID);
    }

    @Test
    void says_that_the_daemon_died() throws Exception {
        Path dead = folder.resolve("dead.sock");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(dead));
        }
        try (NodeClient other = new NodeClient(dead)) {
            assertThatExceptionOfType(NoDaemonException.class)
                    .isThrownBy(other::status)
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.DEAD));
        }
    }

    // ------------------------------------------------------------ events

    @Test
    void a_stream_begins_with_everything_and_tells_each_change() throws Exception {
        try (EventStream events = client.events()) {
            NodeStatus before = served.node().status();
            assertThat(events.next()).contains(new NodeEvent.Snapshot(before));

            ClientStatus connecting =
                    MemoryNode.client(ClientState.CONNECTING, MemoryNode.PROVIDER);
            served.node().set(served.node().withClient(connecting));
            NodeEvent changed = events.next().orElseThrow();
            assertThat(changed).isEqualTo(new NodeEvent.Client(connecting));
            assertThat(changed.applyTo(before)).isEqualTo(served.node().status());

            served.node().set(served.node().withClient(null));
            assertThat(events.next()).contains(new NodeEvent.Client(null));
        }
    }

    @Test
    void sections_that_change_together_come_together() throws Exception {
        try (EventStream events = client.events()) {
            NodeStatus status = ((NodeEvent.Snapshot) events.next().orElseThrow()).status();
            served.node().enable(RoleName.PROVIDER);
            status = events.next().orElseThrow().applyTo(status);
            status = events.next().orElseThrow().applyTo(status);
            assertThat(status).isEqualTo(served.node().status());
        }
    }

    @Test
    void counters_are_told_without_a_change() throws Exception {
        try (EventStream events = client.events()) {
            NodeStatus before = ((NodeEvent.Snapshot) events.next().orElseThrow()).status();
            List<LimitStatus> used = List.of(new LimitStatus("connections", 4, 1000, 0));
            NodeStatus counted = new NodeEvent.Limits(used).applyTo(before);
            served.node().count(counted);
            assertThat(events.next()).contains(new NodeEvent.Limits(used));
        }
    }

    @Test
    void closing_a_stream_ends_a_read_that_waits() throws Exception {
        EventStream events = client.events();
        events.next();
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Thread reader =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        ended.complete(events.next().isEmpty());
                                    } catch (IOException | InterruptedException e) {
                                        ended.completeExceptionally(e);
                                    }
                                });
        events.close();
        assertThat(ended.get()).isTrue();
        reader.join();
    }

    @Test
    void a_stream_ends_when_the_daemon_stops() throws Exception {
        try (EventStream events = client.events()) {
            events.next();
            served.close();
            assertThat(events.next()).isEmpty();
        }
    }

    @Test
    void a_stream_ends_when_the_node_fails_and_the_next_one_goes_on() throws Exception {
        try (EventStream events = client.events()) {
            events.next();
            served.node().failWith(new IllegalStateException("a bug made by a test"));
            assertThat(events.next()).isEmpty();
        }
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(client::events)
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("internal"));
        served.node().failWith(null);
        try (EventStream events = client.events()) {
            assertThat(events.next()).get().isInstanceOf(NodeEvent.Snapshot.class);
        }
    }

    @Test
    void an_answer_of_another_program_is_said_to_be_one() throws Exception {
        Path other = folder.resolve("other.sock");
        for (String body : List.of("hello", "{\"peer\":1}", "")) {
            try (ServerSocketChannel listener =
                            ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                    NodeClient curious = new NodeClient(other)) {
                listener.bind(UnixDomainSocketAddress.of(other));
                Thread.ofVirtual().start(() -> answerOnce(listener, body));
                assertThatExceptionOfType(RefusedException.class)
                        .isThrownBy(curious::status)
                        .satisfies(e -> assertThat(e.problem().code()).isEqualTo("unknown_answer"));
            } finally {
                Files.delete(other);
            }
        }
    }

    private static void answerOnce(ServerSocketChannel listener, String body) {
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (SocketChannel channel = listener.accept()) {
            channel.read(ByteBuffer.allocate(4096));
            channel.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
            channel.read(ByteBuffer.allocate(1)); // until it is closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
