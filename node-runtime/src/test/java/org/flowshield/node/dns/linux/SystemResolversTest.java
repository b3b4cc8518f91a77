package org.flowshield.node.dns.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flowshield.node.restore.Change;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.FileState;
import org.flowshield.node.restore.linux.LinuxMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SystemResolversTest {

    @TempDir private Path folder;

    @Test
    void the_first_three_of_the_file_are_asked() throws IOException {
        write(
                """
                # comment
                search example.org
                nameserver 192.0.2.1
                nameserver  2001:db8::1
                nameserver nonsense
                options edns0
                nameserver 192.0.2.3
                nameserver 192.0.2.4
                """);
        assertThat(resolvers())
                .containsExactly(at("192.0.2.1"), at("2001:db8::1"), at("192.0.2.3"));
    }

    @Test
    void behind_a_stub_on_loopback_are_those_whom_it_asks() throws IOException {
        write("nameserver 127.0.0.53\n");
        assertThat(resolvers()).containsExactly(at("127.0.0.53"));
        Files.writeString(folder.resolve("resolved"), "nameserver 192.0.2.7\n");
        assertThat(resolvers()).containsExactly(at("192.0.2.7"));
    }

    @Test
    void what_a_client_on_this_machine_has_written_does_not_count() throws IOException {
        write("nameserver 192.0.2.1\n");
        FileState before = FileState.of(file());
        write("nameserver 100.70.0.1\n");
        var _ =
                journal()
                        .record(
                                "the system's DNS settings",
                                List.of(
                                        new Change.SettingsFile(
                                                file().toString(), before, FileState.of(file()))),
                                LinuxMachine.ofFiles());
        assertThat(resolvers()).containsExactly(at("192.0.2.1"));
        write("nameserver 192.0.2.2\n"); // by somebody else, later
        assertThat(resolvers()).containsExactly(at("192.0.2.2"));
    }

    @Test
    void a_machine_without_the_file_asks_nobody() {
        assertThat(resolvers()).isEmpty();
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), text);
    }

    private Path file() {
        return folder.resolve("resolv.conf");
    }

    private ChangeJournal journal() {
        return new ChangeJournal(folder.resolve("changes"));
    }

    private List<InetSocketAddress> resolvers() {
        return new SystemResolvers(file(), folder.resolve("resolved"), journal()).get();
    }

    private static InetSocketAddress at(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 53);
    }
}
