package org.flowshield.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableFileTest {

    @TempDir private Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void a_file_takes_the_place_of_another_and_leaves_nothing_beside_it() throws Exception {
        Path file = folder.resolve("choice");
        DurableFile.write(file, bytes("the first, which is longer"));
        DurableFile.write(file, bytes("the second"));
        assertThat(file).hasContent("the second");
        assertThat(folder).isDirectoryContaining(file::equals);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void one_for_its_owner_is_nobody_elses_whatever_lay_there_before() throws Exception {
        Path file = folder.resolve("choice");
        Files.writeString(file, "for all");
        Files.writeString(folder.resolve("choice.new"), "torn, for all");
        DurableFile.writeForOwner(file, bytes("for one"));
        assertThat(file).hasContent("for one");
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void what_a_power_cut_left_of_an_earlier_attempt_is_in_nobodys_way() throws Exception {
        Path file = folder.resolve("choice");
        Files.writeString(folder.resolve("choice.new"), "torn, and longer than what is written");
        DurableFile.write(file, bytes("whole"));
        assertThat(file).hasContent("whole");
    }

    @Test
    void what_is_not_there_is_not_moved() {
        assertThatThrownBy(() -> DurableFile.move(folder.resolve("none"), folder.resolve("choice")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
