package org.flowshield.app.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.flowshield.node.api.logs.LogEntry;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.api.logs.LogQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnLogTest {

    @TempDir private Path folder;

    @Test
    void what_it_is_told_is_in_memory_and_in_its_file_and_nothing_is_there_before() {
        OwnLog log = new OwnLog(folder.resolve("state/app.log"), Instant.EPOCH, ZoneOffset.UTC);
        assertThat(folder.resolve("state")).doesNotExist();
        log.take(Instant.EPOCH, LogLevel.WARN, "a.Some", "no tray");
        assertThat(log.read(new LogQuery(9, LogLevel.DEBUG)).entries())
                .containsExactly(
                        new LogEntry(1, Instant.EPOCH, LogLevel.WARN, "a.Some", "no tray"));
        log.close();
        assertThat(log.path()).hasContent("1970-01-01T00:00:00.000Z WARN  Some: no tray\n");
    }
}
