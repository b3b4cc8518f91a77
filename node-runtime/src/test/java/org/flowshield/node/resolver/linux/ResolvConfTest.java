package org.flowshield.node.resolver.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.Cleanup;
import org.flowshield.node.restore.FileState;
import org.flowshield.node.restore.linux.LinuxMachine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file in every shape that systems give it, and with others who write it too. */
final class ResolvConfTest {

    private static final byte[] ORIGINAL =
            "# caf\u00e9, and no newline at the end\nnameserver 192.0.2.1"
                    .getBytes(StandardCharsets.ISO_8859_1);
    private static final List<InetAddress> INNER =
            List.of(InetAddress.ofLiteral("100.64.0.1"), InetAddress.ofLiteral("fd00::1"));

    @TempDir private Path folder;

    private Path file;
    private ChangeJournal journal;
    private ResolvConf resolver;

    @BeforeEach
    void a_system() throws IOException {
        file = folder.resolve("resolv.conf");
        Files.write(file, ORIGINAL);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        journal = new ChangeJournal(folder.resolve("changes"));
        resolver = new ResolvConf(file, journal, LinuxMachine.ofFiles());
    }

    @Test
    void names_are_asked_of_the_servers_granted_and_of_no_other() throws IOException {
        resolver.pointAt(INNER);
        assertThat(Files.readAllLines(file))
                .filteredOn(line -> !line.startsWith("#"))
                .containsExactly("nameserver 100.64.0.1", "nameserver fd00:0:0:0:0:0:0:1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void the_file_comes_back_byte_for_byte_with_its_rights() throws IOException {
        resolver.pointAt(INNER);
        resolver.restore();
        assertThat(Files.readAllBytes(file)).isEqualTo(ORIGINAL);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        nothingElseIsLeft();
        resolver.restore();
        assertThat(Files.readAllBytes(file)).isEqualTo(ORIGINAL);
    }

    @Test
    void a_link_comes_back_and_what_it_leads_to_is_not_touched() throws IOException {
        Path real = folder.resolve("stub-resolv.conf");
        Files.move(file, real);
        Files.createSymbolicLink(file, Path.of("stub-resolv.conf"));
        resolver.pointAt(INNER);
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(Files.readAllBytes(real)).isEqualTo(ORIGINAL);
        resolver.restore();
        assertThat(Files.readSymbolicLink(file)).isEqualTo(Path.of("stub-resolv.conf"));
        Files.delete(real);
        nothingElseIsLeft();
    }

    @Test
    void a_link_that_leads_nowhere_comes_back() throws IOException {
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/nowhere/resolv.conf"));
        resolver.pointAt(INNER);
        resolver.restore();
        assertThat(Files.readSymbolicLink(file)).isEqualTo(Path.of("/nowhere/resolv.conf"));
    }

    @Test
    void a_file_that_was_not_there_is_gone_again() throws IOException {
        Files.delete(file);
        resolver.pointAt(INNER);
        resolver.restore();
        assertThat(Files.exists(file, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void another_session_may_bring_other_servers() throws IOException {
        resolver.pointAt(INNER);
        resolver.pointAt(List.of(InetAddress.ofLiteral("100.64.9.1")));
        assertThat(Files.readString(file)).contains("100.64.9.1").doesNotContain("100.64.0.1");
        assertThat(journal.files()).hasSize(1);
        resolver.restore();
        assertThat(Files.readAllBytes(file)).isEqualTo(ORIGINAL);
        nothingElseIsLeft();
    }

    @Test
    void what_another_program_has_written_meanwhile_is_its_own() throws IOException {
        resolver.pointAt(INNER);
        Files.writeString(file, "nameserver 192.0.2.7\n");
        resolver.pointAt(List.of(InetAddress.ofLiteral("100.64.9.1")));
        resolver.restore();
        assertThat(Files.readString(file)).isEqualTo("nameserver 192.0.2.7\n");
        nothingElseIsLeft();
    }

    @Test
    void no_more_servers_are_named_than_are_looked_at() throws IOException {
        List<InetAddress> four = new ArrayList<>(INNER);
        four.addAll(INNER);
        resolver.pointAt(four);
        assertThat(Files.readAllLines(file))
                .filteredOn(line -> line.startsWith("nameserver"))
                .hasSize(3);
    }

    @Test
    void cleanup_brings_it_back_after_a_kill_also_after_a_restart_of_the_machine()
            throws IOException {
        resolver.pointAt(INNER);
        asIfKilled();
        assertThat(cleanup()).containsExactly(Cleanup.Outcome.PUT_BACK);
        assertThat(Files.readAllBytes(file)).isEqualTo(ORIGINAL);
        nothingElseIsLeft();
    }

    @Test
    void cleanup_leaves_what_another_program_has_written() throws IOException {
        resolver.pointAt(INNER);
        Files.writeString(file, "nameserver 192.0.2.7\n");
        asIfKilled();
        assertThat(cleanup()).containsExactly(Cleanup.Outcome.PUT_BACK);
        assertThat(Files.readString(file)).isEqualTo("nameserver 192.0.2.7\n");
    }

    @Test
    void cleanup_leaves_that_of_a_running_process() throws IOException {
        resolver.pointAt(INNER);
        assertThat(cleanup()).containsExactly(Cleanup.Outcome.IN_USE);
        assertThat(Files.readString(file)).contains("100.64.0.1");
    }

    @Test
    void a_file_that_is_too_long_is_not_replaced() throws IOException {
        Files.write(file, new byte[FileState.MAX_BYTES + 1]);
        assertThatThrownBy(() -> resolver.pointAt(INNER)).hasMessageContaining("longer");
        assertThat(Files.size(file)).isEqualTo(FileState.MAX_BYTES + 1);
        assertThat(journal.files()).isEmpty();
    }

    private List<Cleanup.Outcome> cleanup() throws IOException {
        return new Cleanup(journal, LinuxMachine::find)
                .run().stream().map(Cleanup.Result::outcome).toList();
    }

    private void asIfKilled() throws IOException {
        Path record = journal.files().getFirst();
        String text = Files.readString(record);
        Files.writeString(record, text.replaceFirst("\"process\":\\d+", "\"process\":999999999"));
    }

    private void nothingElseIsLeft() throws IOException {
        assertThat(journal.files()).isEmpty();
        try (var names = Files.list(folder)) {
            assertThat(names.map(name -> String.valueOf(name.getFileName())))
                    .containsExactlyInAnyOrder("resolv.conf", "changes");
        }
    }
}
