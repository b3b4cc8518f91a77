package org.flowshield.node.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {

    @TempDir private Path folder = Path.of("");

    @Test
    void is_made_so_that_others_can_pass_but_not_look() throws Exception {
        Path path = folder.resolve("a/b");
        try (DataDirectory held = DataDirectory.hold(path)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(held.path())))
                    .isEqualTo("rwx--x--x");
        }
    }

    @Test
    void a_second_daemon_is_told_who_has_it() throws Exception {
        try (DataDirectory _ = DataDirectory.hold(folder)) {
            assertThatThrownBy(() -> DataDirectory.hold(folder))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> {
                                assertThat(e.kind()).isEqualTo(Kind.REFUSED);
                                assertThat(e.problem().code()).isEqualTo("already_running");
                            })
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        DataDirectory.hold(folder).close();
    }

    @Test
    void a_file_in_its_place_is_refused() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> DataDirectory.hold(file))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(file.toString());
    }
}
