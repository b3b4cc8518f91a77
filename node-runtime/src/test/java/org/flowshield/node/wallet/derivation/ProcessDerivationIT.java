package org.flowshield.node.wallet.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flowshield.node.cli.FlowShield;
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
        Derivation failing = shell("echo there is no memory; exit 1");
        try (Password password = password()) {
            assertThatIOException()
                    .isThrownBy(() -> failing.derive(LIGHT, password))
                    .withMessageEndingWith("did not do it: there is no memory");
        }
    }

    @Test
    void a_program_that_is_missing_is_named() {
        Derivation missing = new ProcessDerivation(List.of("/nowhere/flowshield"), places);
        try (Password password = password()) {
            assertThatIOException()
                    .isThrownBy(() -> missing.derive(LIGHT, password))
                    .withMessageContaining("/nowhere/flowshield");
        }
    }

    @Test
    void who_gives_up_waiting_is_let_go() throws Exception {
        Derivation hanging = shell("exec sleep 100");
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
    private Derivation shell(String script) {
        return new ProcessDerivation(List.of("sh", "-c", script), places);
    }
}
