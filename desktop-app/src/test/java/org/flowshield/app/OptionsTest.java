package org.flowshield.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flowshield.node.api.client.NodeClient;
import org.junit.jupiter.api.Test;

final class OptionsTest {

    @Test
    void options_name_what_the_app_works_with() {
        Options options = Options.parse(List.of("--socket", "/tmp/s", "--train"));
        Places places = Places.of(options.values(), Map.of(), Path.of("/home/ann"));
        assertThat(places.socket()).isEqualTo(Path.of("/tmp/s"));
        assertThat(places.wallet()).isEqualTo(Path.of("/home/ann/.local/share/flowshield/wallet"));
        assertThat(places.settings()).isEqualTo(Path.of("/home/ann/.config/flowshield/app.json"));
        assertThat(places.log()).isEqualTo(Path.of("/home/ann/.local/state/flowshield/app.log"));
        assertThat(options.has("--train")).isTrue();
    }

    @Test
    void the_environment_moves_folders_and_relative_ones_are_ignored() {
        Map<String, String> environment =
                Map.of(
                        "XDG_CONFIG_HOME", "relative",
                        "XDG_DATA_HOME", "/data",
                        "XDG_STATE_HOME", "/state",
                        "FLOWSHIELD_WALLET", "/keys");
        Places places = Places.of(Map.of(), environment, Path.of("/home/ann"));
        assertThat(places.settings()).isEqualTo(Path.of("/home/ann/.config/flowshield/app.json"));
        assertThat(places.wallet()).isEqualTo(Path.of("/keys"));
        assertThat(places.log()).isEqualTo(Path.of("/state/flowshield/app.log"));
    }

    @Test
    void the_socket_is_the_options_else_the_environments_else_the_usual_one() {
        Map<String, String> environment = Map.of("FLOWSHIELD_SOCKET", "/named/api.sock");
        Path home = Path.of("/home/ann");
        assertThat(Places.of(Map.of("--socket", "/chosen"), environment, home).socket())
                .isEqualTo(Path.of("/chosen"));
        assertThat(Places.of(Map.of(), environment, home).socket())
                .isEqualTo(Path.of("/named/api.sock"));
        assertThat(Places.of(Map.of(), Map.of("FLOWSHIELD_SOCKET", ""), home).socket())
                .isEqualTo(NodeClient.DEFAULT_SOCKET);
    }

    @Test
    void an_unknown_option_or_a_missing_value_is_told() {
        assertThatThrownBy(() -> Options.parse(List.of("--sokcet")))
                .hasMessageContaining("--sokcet");
        assertThatThrownBy(() -> Options.parse(List.of("--socket")))
                .hasMessageContaining("needs a value");
    }
}
