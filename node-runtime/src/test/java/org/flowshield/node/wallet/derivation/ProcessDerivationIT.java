package org.flowshield.node.wallet.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flowshield.node.cli.FlowShield;
import org.flowshield.node.wallet.agent.AgentProcess;
import org.flowshield.node.wallet.agent.Frames;
import org.flowshield.node.wallet.keystore.Derivation;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.keystore.Kdf;
import org.flowshield.node.wallet.keystore.Password;
import org.flowshield.node.wallet.keystore.Pbkdf2;
import org.flowshield.node.wallet.keystore.Scrypt;
import org.flowshield.node.wallet.keystore.ScryptCost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that a process of its own makes of passwords. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ProcessDerivationIT {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Kdf LIGHT = Scrypt.fresh(new ScryptCost(16, 8, 1), RANDOM);

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir private Path places;

    static Stream<Kdf> derivations() {
        return Stream.of(
                Scrypt.fresh(ScryptCost.STANDARD, RANDOM), LIGHT, new Pbkdf2(10, new byte[] {7}));
    }

    @ParameterizedTest
    @MethodSource("derivations")
    void the_key_is_the_one_that_is_made_here(Kdf kdf) throws Exception {
        Derivation process = ProcessDerivation.byOwnJava(FlowShield.class.getName());
        try (Password password = password();
                DerivedKey there = process.derive(kdf, password);
                DerivedKey here = Derivation.HERE.derive(kdf, password)) {
            assertThat(there.bytes()).isEqualTo(here.bytes());
        }
    }

    @Test
    void a_process_that_fails_is_quoted() {
        Derivation failing = shell("echo there is no memory; exit 1", LONG);
        try (Password password = password()) {
            assertThatIOException()
                    .isThrownBy(() -> failing.derive(LIGHT, password))
                    .withMessageEndingWith("did not do it: there is no memory");
        }
    }

    @Test
    void a_program_that_is_missing_is_named() {
        Derivation missing = new ProcessDerivation(List.of("/nowhere/flowshield"), places, LONG);
        try (Password password = password()) {
            assertThatIOException()
                    .isThrownBy(() -> missing.derive(LIGHT, password))
                    .withMessageContaining("/nowhere/flowshield");
        }
    }

    @Test
    void a_process_that_hangs_is_not_waited_for() {
        Derivation hanging = shell("exec sleep 100", Duration.ofMillis(300));
        try (Password password = password()) {
            assertThatIOException().isThrownBy(() -> hanging.derive(LIGHT, password));
        }
    }

    /** It is stopped, as one that has no memory is, once it has said who it is. */
    @Test
    void nor_is_one_that_hangs_when_it_has_connected() {
        List<String> command =
                new ArrayList<>(AgentProcess.javaCommand(HangingWorker.class.getName()));
        Derivation hanging = new ProcessDerivation(command, places, Duration.ofSeconds(5));
        try (Password password = password()) {
            assertThatIOException().isThrownBy(() -> hanging.derive(LIGHT, password));
        }
    }

    /** Connects, says what it was told, and nothing more. */
    static final class HangingWorker {

        private HangingWorker() {}

        public static void main(String[] arguments) throws Exception {
            try (SocketChannel connection =
                    SocketChannel.open(UnixDomainSocketAddress.of(Path.of(arguments[0])))) {
                new Frames(connection).write(System.in.readNBytes(DerivationWorker.TOKEN));
                Thread.sleep(Duration.ofMinutes(2));
            }
        }
    }

    @Test
    void another_process_that_finds_the_socket_gets_nothing() throws Exception {
        Derivation process =
                new ProcessDerivation(
                        Stream.concat(
                                        AgentProcess.javaCommand(FlowShield.class.getName(), 64)
                                                .stream(),
                                        Stream.of("wallet", "derive"))
                                .toList(),
                        places,
                        LONG);
        CompletableFuture<Integer> heard = CompletableFuture.supplyAsync(this::listenFirst);
        try (Password password = password();
                DerivedKey there = process.derive(LIGHT, password);
                DerivedKey here = Derivation.HERE.derive(LIGHT, password)) {
            assertThat(there.bytes()).isEqualTo(here.bytes());
        }
        assertThat(heard.get(1, TimeUnit.MINUTES)).as("what it heard").isEqualTo(-1);
    }

    /** Connects before the process does, and says something else than it. */
    private int listenFirst() {
        while (true) {
            try (Stream<Path> folders = Files.list(places)) {
                Optional<Path> socket =
                        folders.map(folder -> folder.resolve("socket"))
                                .filter(Files::exists)
                                .findFirst();
                if (socket.isPresent()) {
                    try (SocketChannel connection =
                            SocketChannel.open(UnixDomainSocketAddress.of(socket.get()))) {
                        new Frames(connection).write(new byte[DerivationWorker.TOKEN]);
                        return connection.read(ByteBuffer.allocate(1));
                    }
                }
            } catch (IOException e) {
                return -2;
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void who_gives_up_waiting_is_let_go() throws Exception {
        Derivation hanging = shell("exec sleep 100", LONG);
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Thread waiting =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try (Password password = password();
                                            DerivedKey _ = hanging.derive(LIGHT, password)) {
                                        ended.complete(false);
                                    } catch (IOException e) {
                                        ended.complete(Thread.currentThread().isInterrupted());
                                    }
                                });
        waiting.interrupt();
        assertThat(ended.get(1, TimeUnit.MINUTES)).isTrue();
    }

    @AfterEach
    void nothing_is_left_behind() {
        assertThat(places).isEmptyDirectory();
    }

    private static Password password() {
        return Password.of("four little ponies".toCharArray());
    }

    /** A shell that is given the socket's path and does not connect to it. */
    private Derivation shell(String script, Duration within) {
        return new ProcessDerivation(List.of("sh", "-c", script), places, within);
    }
}
