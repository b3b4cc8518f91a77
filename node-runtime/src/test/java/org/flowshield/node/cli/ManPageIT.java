package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The manual page and the completion of a shell, as the programs that use them take them. */
@Timeout(60)
final class ManPageIT {

    @TempDir private Path folder;

    @Test
    void groff_formats_the_page_without_a_warning() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "needs groff (groff-base)");
        Path page = Files.writeString(folder.resolve("flowshield.1"), print("man"));
        String text = run("groff", "-man", "-ww", "-Tascii", "-P-cbou", page.toString());
        assertThat(text)
                .contains("FLOWSHIELD(1)")
                .contains("flowshield connect PROVIDER")
                .contains("flowshield providers")
                .contains("flowshield share on")
                .contains("flowshield share schedule")
                .contains("flowshield identity register")
                .contains("flowshield role enable ROLE")
                .contains("flowshield quote MULTIADDR")
                .contains("flowshield channel open PROVIDER FLOW")
                .contains("flowshield channel close CHANNEL")
                .contains("flowshield earnings")
                .contains("flowshield settle")
                .contains("flowshield spending set")
                .contains("flowshield settings")
                .contains("flowshield logs")
                .contains("--follow")
                .contains("--dns ADDRESS[,ADDRESS]")
                .contains("--max-price FLOW")
                .contains("flowshield p2p dht find-providers KEY")
                .contains("--watch")
                .contains("EXIT STATUS")
                .contains("flowshield p2p pubsub subscribe TOPIC")
                .doesNotContain("flowshield node");
    }

    @Test
    void bash_completes_verbs_options_and_roles() throws Exception {
        Path script = Files.writeString(folder.resolve("completion"), print("completion", "bash"));
        assertThat(complete(script, "flowshield", "st")).isEqualTo("status");
        assertThat(complete(script, "flowshield", "role", "enable", ""))
                .contains("client provider");
        assertThat(complete(script, "flowshield", "status", "--w")).isEqualTo("--watch");
        assertThat(complete(script, "flowshield", "lo")).isEqualTo("logs");
        assertThat(complete(script, "flowshield", "logs", "--le")).isEqualTo("--level");
        assertThat(complete(script, "flowshield", "channel", "t")).isEqualTo("top-up");
        assertThat(complete(script, "flowshield", "p2p", "dht", "find-pe")).isEqualTo("find-peer");
        assertThat(complete(script, "flowshield", "settings", "--dn")).isEqualTo("--dns");
        assertThat(complete(script, "flowshield", "settings", "--lan", "")).isEqualTo("on off");
        assertThat(complete(script, "flowshield", "connect", "--max")).isEqualTo("--max-price");
        assertThat(complete(script, "flowshield", "p2p", "pubsub", "s")).isEqualTo("subscribe");
    }

    private static String complete(Path script, String... words) throws Exception {
        String program =
                "compopt() { :; }; source "
                        + script
                        + "; COMP_WORDS=('"
                        + String.join("' '", words)
                        + "'); COMP_CWORD="
                        + (words.length - 1)
                        + "; _complete_flowshield; echo ${COMPREPLY[@]}";
        return run("bash", "-c", program).strip();
    }

    private static String print(String... arguments) {
        StringWriter out = new StringWriter();
        assertThat(FlowShield.run(new PrintWriter(out), new PrintWriter(out), arguments)).isZero();
        return out.toString();
    }

    /** What a program prints; warnings count as its output. */
    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).doesNotContain("warning:");
        return output;
    }
}
