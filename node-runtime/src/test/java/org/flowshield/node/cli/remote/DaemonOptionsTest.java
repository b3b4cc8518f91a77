package org.flowshield.node.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.flowshield.node.api.client.NodeClient;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class DaemonOptionsTest {

    private static final Map<String, String> NAMED = Map.of("FLOWSHIELD_SOCKET", "/named/api.sock");

    private static Path socket(Map<String, String> environment, String... options) {
        return CommandLine.populateCommand(new DaemonOptions(), options).socket(environment);
    }

    @Test
    void an_option_comes_before_the_environment_and_that_before_the_usual_place() {
        assertThat(socket(NAMED, "--socket", "/chosen")).isEqualTo(Path.of("/chosen"));
        assertThat(socket(NAMED, "--data", "/data")).isEqualTo(Path.of("/data/api.sock"));
        assertThat(socket(NAMED)).isEqualTo(Path.of("/named/api.sock"));
        assertThat(socket(Map.of())).isEqualTo(NodeClient.DEFAULT_SOCKET);
    }

    @Test
    void a_variable_without_a_name_in_it_says_nothing() {
        assertThat(socket(Map.of("FLOWSHIELD_SOCKET", ""))).isEqualTo(NodeClient.DEFAULT_SOCKET);
    }

    @Test
    void the_help_says_so() {
        assertThat(new CommandLine(new DaemonOptions()).getUsageMessage())
                .contains("$FLOWSHIELD_SOCKET", "/run/flowshield/api.sock");
    }
}
