package org.flowshield.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.api.MalformedDnsServerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was chosen while a node ran holds, outlives it, and goes before the configuration. */
final class OwnSettingsTest {

    @TempDir private Path folder = Path.of("");

    @Test
    void the_configuration_holds_until_somebody_chooses() throws Exception {
        ClientSettings configured = new ClientSettings(servers("9.9.9.9"), true);
        OwnSettings settings = OwnSettings.kept(configured, file());
        assertThat(settings.now()).isEqualTo(configured);
        settings.keep(new ClientSettingsChange(null, false));
        assertThat(settings.now()).isEqualTo(new ClientSettings(servers("9.9.9.9"), false));
    }

    @Test
    void what_was_chosen_outlives_the_node_and_goes_before_the_configuration() throws Exception {
        OwnSettings settings = OwnSettings.kept(ClientSettings.DEFAULT, file());
        settings.keep(new ClientSettingsChange(servers("9.9.9.9 2620:fe::fe"), null));
        settings.keep(new ClientSettingsChange(null, true));
        ClientSettings other = new ClientSettings(servers("1.1.1.1"), false);
        assertThat(OwnSettings.kept(other, file()).now())
                .isEqualTo(new ClientSettings(servers("9.9.9.9 2620:fe::fe"), true));
    }

    @Test
    void the_providers_servers_can_be_chosen_although_others_are_configured() throws Exception {
        ClientSettings configured = new ClientSettings(servers("9.9.9.9"), false);
        OwnSettings.kept(configured, file()).keep(new ClientSettingsChange(List.of(), null));
        assertThat(OwnSettings.kept(configured, file()).now()).isEqualTo(ClientSettings.DEFAULT);
    }

    @Test
    void what_can_not_be_written_does_not_hold() throws Exception {
        OwnSettings settings =
                OwnSettings.kept(ClientSettings.DEFAULT, folder.resolve("none").resolve("file"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> settings.keep(new ClientSettingsChange(null, true)));
        assertThat(settings.now()).isEqualTo(ClientSettings.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dns = quad9", "dns = 127.0.0.1", "lan = yes", "dns = \\u12"})
    void a_damaged_file_is_said_and_nothing_is_guessed(String line) throws Exception {
        Files.writeString(file(), line);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> OwnSettings.kept(ClientSettings.DEFAULT, file()))
                .withMessageContaining(file().toString());
    }

    @Test
    void without_a_file_it_holds_as_long_as_the_process() throws Exception {
        OwnSettings settings = OwnSettings.passing(ClientSettings.DEFAULT);
        settings.keep(new ClientSettingsChange(null, true));
        assertThat(settings.now().lan()).isTrue();
    }

    private Path file() {
        return folder.resolve("client.settings");
    }

    private static List<DnsServer> servers(String text) throws MalformedDnsServerException {
        return DnsServer.parseAll(text);
    }
}
