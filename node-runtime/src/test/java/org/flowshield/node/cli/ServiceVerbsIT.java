package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The verbs with the system's own programs, on a system that lies in a directory. */
final class ServiceVerbsIT {

    @TempDir private Path root = Path.of("");

    @BeforeAll
    static void these_programs_are_there() {
        for (String program : new String[] {"/bin/systemctl", "/usr/sbin/groupadd"}) {
            assumeTrue(Files.isExecutable(Path.of(program)), program + " is not installed");
        }
        assumeTrue(
                org.flowshield.node.demo.Prerequisites.isRoot(),
                "changing groups needs root, also those of a directory");
    }

    @Test
    void install_status_remove_leave_nothing_behind() throws Exception {
        Path unit = root.resolve("etc/systemd/system/flowshieldd.service");
        Path wanted =
                root.resolve("etc/systemd/system/multi-user.target.wants/flowshieldd.service");
        assertThat(status().get("installed").asBoolean()).isFalse();

        JsonNode installed = run("install", "--json").ok().json();
        assertThat(installed.get("unit").asString())
                .isEqualTo("/etc/systemd/system/flowshieldd.service");
        assertThat(wanted).isSymbolicLink();
        assertThat(root.resolve("etc/group")).content().contains("flowshield:");
        assertThat(Files.readString(unit)).contains("FlowShield daemon\n");
        assertThat(verified(unit)).isEmpty();
        JsonNode status = status();
        assertThat(status.get("by").asString()).isEqualTo("verb");
        assertThat(status.get("enabled").asBoolean()).isTrue();
        assertThat(status.get("state").asString()).isEqualTo("unknown");
        run("install").failed(ExitStatus.REFUSED, "installed already");

        run("remove").ok();
        assertThat(unit).doesNotExist();
        assertThat(Files.exists(wanted, java.nio.file.LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(root.resolve("etc/group")).content().doesNotContain("flowshield");
        assertThat(root.resolve("var/lib/flowshield")).doesNotExist();
        run("remove").failed(ExitStatus.REFUSED, "not installed");
    }

    /** What systemd finds wrong with it. */
    private static String verified(Path unit) throws Exception {
        Process process =
                new ProcessBuilder("systemd-analyze", "verify", "--man=no", unit.toString())
                        .redirectErrorStream(true)
                        .start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return words;
    }

    private JsonNode status() {
        return run("status", "--json").ok().json();
    }

    private CommandLineRun run(String verb, String... options) {
        java.util.List<String> words =
                new java.util.ArrayList<>(
                        java.util.List.of("service", verb, "--root", root.toString()));
        words.addAll(java.util.List.of(options));
        return CommandLineRun.of(words.toArray(String[]::new));
    }
}
