package org.flowshield.libp2p.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyFileTest {

    private final SecureRandom random = new SecureRandom();

    @TempDir Path folder;

    @Test
    void makes_a_key_once_and_keeps_it() throws Exception {
        Path file = folder.resolve("host.key");
        try (PrivateKey made = KeyFile.loadOrCreate(file, random);
                PrivateKey found = KeyFile.loadOrCreate(file, random);
                PrivateKey loaded = KeyFile.load(file)) {
            assertThat(found.publicKey()).isEqualTo(made.publicKey());
            assertThat(loaded.publicKey()).isEqualTo(made.publicKey());
            assertThat(Files.readAllBytes(file)).isEqualTo(made.encode());
        }
    }

    @Test
    void leaves_nothing_but_the_key_behind() throws Exception {
        KeyFile.loadOrCreate(folder.resolve("host.key"), random).close();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("host.key"));
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "files have no mode there")
    void is_readable_by_its_owner_alone() throws Exception {
        Path file = folder.resolve("host.key");
        KeyFile.loadOrCreate(file, random).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "files have no mode there")
    void refuses_a_file_that_others_can_use(String mode) throws Exception {
        Path file = folder.resolve("host.key");
        KeyFile.loadOrCreate(file, random).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertThatThrownBy(() -> KeyFile.loadOrCreate(file, random))
                .isInstanceOfSatisfying(
                        KeyFileException.class,
                        e -> assertThat(e.reason()).isEqualTo(KeyFileException.Reason.EXPOSED))
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 600 " + file);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 67, 69, 100_000})
    void says_that_a_file_is_corrupt_and_does_not_touch_it(int length) throws Exception {
        Path file = folder.resolve("host.key");
        KeyFile.loadOrCreate(file, random).close();
        byte[] corrupt = java.util.Arrays.copyOf(Files.readAllBytes(file), length);
        Files.write(file, corrupt);
        assertThatThrownBy(() -> KeyFile.loadOrCreate(file, random))
                .isInstanceOfSatisfying(
                        KeyFileException.class,
                        e -> assertThat(e.reason()).isEqualTo(KeyFileException.Reason.CORRUPT))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("left as it is");
        assertThat(Files.readAllBytes(file)).isEqualTo(corrupt);
    }

    @Test
    void refuses_a_directory() {
        assertThatThrownBy(() -> KeyFile.loadOrCreate(folder, random))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("is a directory");
    }

    @Test
    void says_that_the_folder_is_missing() {
        assertThatThrownBy(
                        () ->
                                KeyFile.loadOrCreate(
                                        folder.resolve("none").resolve("host.key"), random))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("folder");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a right there")
    void does_not_replace_a_dangling_link() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("host.key"), folder.resolve("gone"));
        assertThatThrownBy(() -> KeyFile.loadOrCreate(link, random))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(link).isSymbolicLink();
    }
}
