package org.flowshield.node.wallet.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigInteger;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.sending.Fees;
import org.flowshield.contracts.sending.Preview;
import org.flowshield.contracts.sending.UnsignedTransaction;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.signing.SigningRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process's protocol over a real socket, in this process. */
@Timeout(60)
final class AgentServerIT {

    private static final Duration IDLE = Duration.ofMinutes(15);

    @TempDir private Path folder;

    private Wallet wallet;
    private AgentServer server;
    private AgentClient client;

    @BeforeEach
    void serve() throws Exception {
        wallet = TestWallet.create(folder.resolve("wallet"));
        server = start();
        client = new AgentClient(wallet.folder());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void signs_what_was_shown_and_forgets_all_when_locked() throws Exception {
        unlock();
        SigningRequest request = request();
        Prepared prepared = client.prepare(request);
        Signature signature = client.sign(prepared, request);
        assertThat(signature.isBy(request.from(), request.digest())).isTrue();
        client.lock();
        server.awaitEnd();
        assertThatExceptionOfType(NoAgentException.class)
                .isThrownBy(client::status)
                .withMessageContaining("is locked");
        assertThat(wallet.folder().resolve("agent.sock")).doesNotExist();
    }

    @Test
    void locks_itself_when_nothing_is_signed() throws Exception {
        try (DerivedKey key = TestWallet.derive(wallet, TestWallet.PASSWORD)) {
            assertThat(client.unlock(key, Duration.ofSeconds(1)).unlocked()).isTrue();
        }
        server.awaitEnd();
        assertThatExceptionOfType(NoAgentException.class).isThrownBy(client::status);
    }

    @Test
    void the_socket_is_its_owners_alone() throws Exception {
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(
                                        wallet.folder().resolve("agent.sock"))))
                .isEqualTo("rw-------");
    }

    @Test
    void two_never_serve_one_wallet() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(this::start)
                .withMessageContaining("another process");
    }

    @Test
    void what_a_killed_one_left_is_in_nobodys_way() throws Exception {
        server.close();
        Path socket = wallet.folder().resolve("agent.sock");
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        server = start();
        assertThat(client.status().unlocked()).isFalse();
    }

    @Test
    void refusals_come_as_they_are() throws Exception {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> client.prepare(request()))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("wallet_locked"));
        try (DerivedKey wrong = TestWallet.derive(wallet, "five little ponies")) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> client.unlock(wrong, IDLE))
                    .satisfies(e -> assertThat(e.problem().code()).isEqualTo("wrong_password"));
        }
    }

    @Test
    void frames_that_are_too_long_or_no_request_disturb_nobody() throws Exception {
        unlock();
        for (byte[] frame :
                List.of(
                        new byte[] {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff},
                        new byte[] {(byte) 0xff, 0, 0, 0},
                        new byte[] {0, 0, 0, 2, '{', '}'},
                        new byte[] {0, 0, 0, 3, 1, 2, 3},
                        "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII))) {
            try (SocketChannel channel = connect()) {
                channel.write(ByteBuffer.wrap(frame));
                channel.shutdownOutput();
                assertThat(readAll(channel)).doesNotContain("\"ok\"");
            }
        }
        assertThat(client.status().unlocked()).isTrue();
    }

    @Test
    void those_who_connect_and_say_nothing_are_bounded() throws Exception {
        List<SocketChannel> silent = new ArrayList<>();
        try {
            for (int i = 0; i < AgentServer.MAX_CONNECTIONS; i++) {
                silent.add(connect());
            }
            try (SocketChannel more = connect()) {
                assertThat(more.read(ByteBuffer.allocate(1))).isNegative();
            }
        } finally {
            for (SocketChannel channel : silent) {
                channel.close();
            }
        }
    }

    private static String readAll(SocketChannel channel) {
        ByteBuffer answer = ByteBuffer.allocate(4096);
        try {
            int read = 0;
            while (read >= 0 && answer.hasRemaining()) {
                read = channel.read(answer); // until it hangs up
            }
        } catch (IOException e) {
            return ""; // hung up before it had read all
        }
        return new String(answer.array(), StandardCharsets.UTF_8);
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(
                UnixDomainSocketAddress.of(wallet.folder().resolve("agent.sock")));
    }

    private AgentServer start() throws Exception {
        return AgentServer.start(wallet, Clock.systemUTC(), System::nanoTime, new SecureRandom());
    }

    private void unlock() throws Exception {
        try (DerivedKey key = TestWallet.derive(wallet, TestWallet.PASSWORD)) {
            assertThat(client.unlock(key, IDLE).unlocked()).isTrue();
        }
    }

    private SigningRequest request() throws RefusedException {
        return new SigningRequest.Transaction(
                new UnsignedTransaction(
                        new ChainId(31337),
                        0,
                        new Preview(
                                Call.pay(EvmAddress.ZERO, new Wei(BigInteger.TEN), "pays"),
                                wallet.account(0).address(),
                                21_000,
                                new Fees(Wei.of(2), Wei.of(1)))));
    }
}
