package org.flowshield.node.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.flowshield.node.api.logs.LogEntry;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.api.logs.LogText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LogFileTest {

    @TempDir private Path folder;

    private LogFile file() {
        return new LogFile(folder.resolve("state/flowshield/app.log"), new LogText(ZoneOffset.UTC));
    }

    private Path place() {
        return folder.resolve("state/flowshield");
    }

    private static LogEntry entry(int number, String message) {
        return new LogEntry(number, Instant.EPOCH, LogLevel.WARN, "a.Weather", message);
    }

    private static void settle(LogFile file) {
        while (!file.awaitWritten(Duration.ofSeconds(1))) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void nothing_is_there_before_something_is_written() {
        LogFile file = file();
        file.close();
        assertThat(place()).doesNotExist();
    }

    @Test
    void entries_are_appended_for_its_owner_alone() throws IOException {
        try (LogFile file = file()) {
            file.write(entry(1, "it rains"));
            settle(file);
        }
        try (LogFile file = file()) {
            file.write(entry(1, "it still does\nand how"));
            settle(file);
            assertThat(file.path())
                    .hasContent(
                            """
                            1970-01-01T00:00:00.000Z WARN  Weather: it rains
                            1970-01-01T00:00:00.000Z WARN  Weather: it still does
                                and how
                            """);
            assertThat(mode(file.path())).isEqualTo("rw-------");
            assertThat(mode(place())).isEqualTo("rwx------");
        }
    }

    @Test
    void a_file_that_others_could_read_is_closed_to_them() throws IOException {
        try (LogFile file = file()) {
            Files.createDirectories(place());
            Files.writeString(file.path(), "before\n");
            Files.setPosixFilePermissions(
                    file.path(), PosixFilePermissions.fromString("rw-r--r--"));
            file.write(entry(1, "it rains"));
            settle(file);
            assertThat(mode(file.path())).isEqualTo("rw-------");
            assertThat(file.path()).content().startsWith("before\n");
        }
    }

    @Test
    void two_files_are_kept_and_neither_grows_above_its_limit() throws IOException {
        String longest = "é".repeat(Message.MAX_CHARS);
        int each = (int) (LogFile.MAX_BYTES / (2 * Message.MAX_CHARS));
        try (LogFile file = file()) {
            for (int i = 0; i < 3 * each; i++) {
                file.write(entry(i, i + " " + longest));
                if (i % LogFile.MAX_WAITING == LogFile.MAX_WAITING - 1) {
                    settle(file);
                }
            }
            settle(file);
            assertThat(Files.size(file.path())).isLessThanOrEqualTo(LogFile.MAX_BYTES);
            assertThat(Files.size(file.before())).isLessThanOrEqualTo(LogFile.MAX_BYTES);
            assertThat(Files.readString(file.path())).contains("Weather: " + (3 * each - 1) + " é");
            assertThat(mode(file.before())).isEqualTo("rw-------");
            try (var files = Files.list(place())) {
                assertThat(files).hasSize(2);
            }
        }
    }

    @Test
    void a_folder_that_can_not_be_made_is_no_trouble() throws IOException {
        Files.writeString(folder.resolve("state"), "a file stands where the folder would");
        try (LogFile file = file()) {
            for (int i = 0; i < 3 * LogFile.MAX_WAITING; i++) {
                file.write(entry(i, "it rains"));
            }
        }
        assertThat(folder.resolve("state")).isRegularFile();
    }

    @Test
    void what_a_link_leads_to_is_left_alone() throws IOException {
        try (LogFile file = file()) {
            Files.createDirectories(place());
            Path other = Files.writeString(folder.resolve("precious"), "precious");
            Files.createSymbolicLink(file.path(), other);
            file.write(entry(1, "it rains"));
            settle(file);
            assertThat(other).hasContent("precious");
        }
    }
}
