package org.flowshield.node.cli.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretFileTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00e4 b\u4e2d",
                "\u00e4 b\u4e2d\n",
                "\u00e4 b\u4e2d\r\n",
                "\u00e4 b\u4e2d\nmore"
            })
    void the_secret_is_the_first_line(String content) throws Exception {
        assertThat(new String(SecretFile.read(file(content, "rw-------"))))
                .isEqualTo("\u00e4 b\u4e2d");
    }

    @Test
    void a_file_that_others_can_read_is_refused() throws Exception {
        Path file = file("secret", "rw-r--r--");
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> SecretFile.read(file))
                .satisfies(e -> assertThat(e.status()).isEqualTo(ExitStatus.PERMISSION))
                .satisfies(e -> assertThat(e.action()).contains("chmod 600"));
    }

    @Test
    void what_is_no_text_is_refused() throws Exception {
        Path file = folder.resolve("file");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> SecretFile.read(file))
                .withMessageContaining("UTF-8");
    }

    @Test
    void a_missing_file_is_named() {
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> SecretFile.read(folder.resolve("nowhere")))
                .withMessageContaining("nowhere");
    }

    @Test
    void what_is_written_is_its_owners_alone_and_replaces_nothing() throws Exception {
        Path file = folder.resolve("words");
        SecretFile.write(file, "one two".toCharArray());
        assertThat(file).hasContent("one two\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> SecretFile.write(file, "three".toCharArray()));
        assertThat(file).hasContent("one two\n");
    }

    private Path file(String content, String mode) throws Exception {
        Path file = folder.resolve("file");
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
