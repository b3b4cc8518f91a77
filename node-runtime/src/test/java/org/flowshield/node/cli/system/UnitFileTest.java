package org.flowshield.node.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.flowshield.node.cli.system.UnitFile.Made;
import org.junit.jupiter.api.Test;

final class UnitFileTest {

    @Test
    void it_tells_what_was_made_with_it() {
        DaemonProgram program = DaemonProgram.installed(Path.of("/opt/flowshield/bin/flowshield"));
        assertThat(UnitFile.of(program, EnumSet.of(Made.GROUP)).made()).containsExactly(Made.GROUP);
        assertThat(UnitFile.of(program, EnumSet.noneOf(Made.class)).made()).isEmpty();
        assertThat(UnitFile.of(program, EnumSet.allOf(Made.class)).isOurs()).isTrue();
        assertThat(UnitFile.ofPackages().isOurs()).isFalse();
    }

    @Test
    void a_checkout_runs_what_runs_now_by_the_full_compiler() {
        DaemonProgram program =
                DaemonProgram.ofClasses(
                        Path.of("/usr/lib/jvm/jdk"),
                        List.of("-Xms48m", "-XX:TieredStopAtLevel=1"),
                        "/src/a/classes:/src/b.jar");
        assertThat(UnitFile.of(program, EnumSet.noneOf(Made.class)).text())
                .contains(
                        "\nExecStart=/usr/lib/jvm/jdk/bin/java -Xms48m -cp /src/a/classes:/src/b.jar"
                                + " org.flowshield.node.cli.FlowShield daemon\n")
                .contains("\nProtectHome=yes\n");
    }

    @Test
    void a_program_in_a_home_is_seen_but_nothing_is_written_there() {
        DaemonProgram program = DaemonProgram.installed(Path.of("/home/al/flowshield"));
        assertThat(UnitFile.of(program, EnumSet.noneOf(Made.class)).text())
                .contains("\nProtectHome=read-only\n")
                .doesNotContain("ProtectHome=yes");
    }

    @Test
    void words_mean_to_systemd_what_they_mean_here() {
        assertThat(UnitFile.quoted("/opt/flow shield/x")).isEqualTo("\"/opt/flow shield/x\"");
        assertThat(UnitFile.quoted("50%")).isEqualTo("50%%");
        assertThat(UnitFile.quoted("$HOME")).isEqualTo("$$HOME");
        assertThat(UnitFile.quoted("a\"b")).isEqualTo("a\\\"b");
        assertThat(UnitFile.quoted("")).isEqualTo("\"\"");
    }
}
