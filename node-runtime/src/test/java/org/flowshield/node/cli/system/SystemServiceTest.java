package org.flowshield.node.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.system.ServiceStatus.Source;
import org.flowshield.node.cli.system.ServiceStatus.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SystemServiceTest {

    private static final DaemonProgram PROGRAM =
            DaemonProgram.installed(Path.of("/opt/flowshield/bin/flowshield"));

    @TempDir private Path root = Path.of("");

    private final Machine machine = new Machine();

    /** Systemd, groups and rights of a machine that runs. */
    private final class Machine implements Programs {
        private final List<String> ran = new ArrayList<>();
        private boolean rootUser = true;
        private boolean enabled;
        private boolean running;
        private @Nullable String fails;

        @Override
        public Result run(List<String> command) throws IOException {
            String words = String.join(" ", command);
            if (words.startsWith("systemctl is-enabled")) {
                return new Result(enabled ? 0 : 1, enabled ? "enabled" : "disabled");
            }
            if (words.startsWith("systemctl is-active")) {
                return new Result(running ? 0 : 3, running ? "active" : "inactive");
            }
            ran.add(words);
            if (fails != null && words.startsWith(fails)) {
                return new Result(1, "no");
            }
            switch (words) {
                case "systemctl enable flowshieldd.service" -> enabled = true;
                case "systemctl disable flowshieldd.service" -> enabled = false;
                case "systemctl restart flowshieldd.service" -> running = true;
                case "systemctl stop flowshieldd.service" -> running = false;
                case "groupadd --system flowshield" -> groups("flowshield:x:998:\n");
                case "groupdel flowshield" -> groups("");
                case "usermod -a -G flowshield alice" -> groups("flowshield:x:998:alice\n");
                case "gpasswd -d alice flowshield" -> groups("flowshield:x:998:\n");
                default -> assertThat(words).isEqualTo("systemctl daemon-reload");
            }
            return new Result(0, "");
        }

        @Override
        public boolean isRoot() {
            return rootUser;
        }
    }

    @BeforeEach
    void a_machine_that_systemd_started() throws IOException {
        Files.createDirectories(root.resolve("run/systemd/system"));
        groups("");
    }

    @Test
    void installs_group_data_and_unit_and_starts_it() throws Exception {
        SystemService.Report report = service().install(PROGRAM, Optional.of("alice"));
        assertThat(machine.ran)
                .containsExactly(
                        "groupadd --system flowshield",
                        "usermod -a -G flowshield alice",
                        "systemctl daemon-reload",
                        "systemctl enable flowshieldd.service",
                        "systemctl restart flowshieldd.service");
        assertThat(report.unit()).hasToString("/etc/systemd/system/flowshieldd.service");
        assertThat(report.did()).hasSize(6);
        assertThat(Files.readString(unit()))
                .contains("\nExecStart=/opt/flowshield/bin/flowshield daemon\n");
        assertThat(Files.getPosixFilePermissions(root.resolve("var/lib/flowshield"))).hasSize(3);
        assertThat(service().status())
                .isEqualTo(
                        new ServiceStatus(
                                Optional.of(report.unit()), Source.VERB, true, State.RUNNING));
    }

    @Test
    void removing_leaves_the_machine_as_it_was() throws Exception {
        service().install(PROGRAM, Optional.empty());
        service().remove();
        assertThat(unit()).doesNotExist();
        assertThat(root.resolve("var/lib/flowshield")).doesNotExist();
        assertThat(Files.readString(root.resolve("etc/group"))).isEmpty();
        assertThat(machine.enabled).isFalse();
        assertThat(machine.running).isFalse();
        assertThat(service().status())
                .isEqualTo(new ServiceStatus(Optional.empty(), Source.NONE, false, State.STOPPED));
    }

    @Test
    void removing_leaves_data_and_what_was_there_before() throws Exception {
        groups("flowshield:x:998:bob\n");
        service().install(PROGRAM, Optional.empty());
        Path key = Files.writeString(root.resolve("var/lib/flowshield/node.key"), "secret");
        SystemService.Report report = service().remove();
        assertThat(key).exists();
        assertThat(Files.readString(root.resolve("etc/group"))).contains("bob");
        assertThat(report.did()).last().asString().contains("left the data in /var/lib/flowshield");
    }

    @Test
    void the_unit_of_a_package_is_switched_on_and_off_but_never_written() throws Exception {
        Path packaged = root.resolve("usr/lib/systemd/system/flowshieldd.service");
        Files.createDirectories(packaged.getParent());
        Files.writeString(packaged, "[Service]\n");
        groups("flowshield:x:998:\n");
        service().install(PROGRAM, Optional.of("alice"));
        assertThat(machine.enabled).isTrue();
        assertThat(unit()).doesNotExist();
        assertThat(service().status().source()).isEqualTo(Source.PACKAGE);
        service().remove();
        assertThat(machine.enabled).isFalse();
        assertThat(packaged).hasContent("[Service]\n");
    }

    @Test
    void a_second_install_says_that_it_is_there() throws Exception {
        service().install(PROGRAM, Optional.empty());
        machine.ran.clear();
        assertThat(refusal(() -> service().install(PROGRAM, Optional.empty())).code())
                .isEqualTo("already_installed");
        assertThat(machine.ran).isEmpty();
    }

    @Test
    void a_second_user_joins_what_is_installed() throws Exception {
        service().install(PROGRAM, Optional.empty());
        machine.ran.clear();
        service().install(PROGRAM, Optional.of("alice"));
        assertThat(machine.ran).containsExactly("usermod -a -G flowshield alice");
    }

    @Test
    void a_unit_of_somebody_else_is_left_alone() throws Exception {
        Files.createDirectories(unit().getParent());
        Files.writeString(unit(), "[Service]\n");
        assertThat(refusal(() -> service().install(PROGRAM, Optional.empty())).code())
                .isEqualTo("foreign_unit");
        assertThat(refusal(() -> service().remove()).code()).isEqualTo("foreign_unit");
        assertThat(unit()).hasContent("[Service]\n");
    }

    @Test
    void what_fails_halfway_is_undone() throws Exception {
        machine.fails = "systemctl restart";
        CommandFailedException failure =
                refusal(() -> service().install(PROGRAM, Optional.of("alice")));
        assertThat(failure.getMessage()).contains("systemctl restart").contains("no");
        assertThat(failure.getSuppressed()).isEmpty();
        assertThat(unit()).doesNotExist();
        assertThat(root.resolve("var/lib/flowshield")).doesNotExist();
        assertThat(Files.readString(root.resolve("etc/group"))).isEmpty();
        assertThat(machine.enabled).isFalse();
    }

    @Test
    void without_root_or_without_systemd_nothing_is_changed() throws Exception {
        machine.rootUser = false;
        CommandFailedException failure =
                refusal(() -> service().install(PROGRAM, Optional.empty()));
        assertThat(failure.status()).isEqualTo(ExitStatus.PERMISSION);
        assertThat(failure.action()).isEqualTo("sudo flowshield service install");
        machine.rootUser = true;
        Files.delete(root.resolve("run/systemd/system"));
        assertThat(refusal(() -> service().install(PROGRAM, Optional.empty())).code())
                .isEqualTo("no_systemd");
        assertThat(machine.ran).isEmpty();
        assertThat(unit()).doesNotExist();
    }

    @Test
    void nothing_to_remove_is_said() {
        assertThat(refusal(() -> service().remove()).code()).isEqualTo("not_installed");
    }

    @Test
    void a_program_that_the_service_could_not_see_is_refused() {
        DaemonProgram temporary =
                DaemonProgram.installed(Path.of("/tmp/flowshield/bin/flowshield"));
        assertThat(refusal(() -> service().install(temporary, Optional.empty())).code())
                .isEqualTo("program_in_tmp");
        assertThat(unit()).doesNotExist();
    }

    private static CommandFailedException refusal(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        CommandFailedException failure = catchThrowableOfType(CommandFailedException.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }

    private SystemService service() {
        return new SystemService(root, true, machine);
    }

    private Path unit() {
        return root.resolve("etc/systemd/system/flowshieldd.service");
    }

    private void groups(String lines) throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/group"), lines);
    }
}
