package org.flowshield.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class XdgAutostartTest {

    @TempDir private Path config;

    @Test
    void switched_on_there_is_an_entry_and_off_there_is_none() throws IOException {
        XdgAutostart autostart = new XdgAutostart(config, List.of("/opt/flow shield/bin/app"));
        assertThat(autostart.isOn()).isFalse();

        autostart.set(true);
        assertThat(autostart.isOn()).isTrue();
        assertThat(Files.readString(entry()))
                .startsWith("[Desktop Entry]\nType=Application\n")
                .contains("Exec=\"/opt/flow shield/bin/app\"\n");

        autostart.set(false);
        assertThat(autostart.isOn()).isFalse();
        autostart.set(false);
        assertThat(entry()).doesNotExist();
    }

    @Test
    void what_the_desktop_has_disabled_is_off() throws IOException {
        XdgAutostart autostart = new XdgAutostart(config, List.of("/opt/app"));
        autostart.set(true);
        Files.writeString(entry(), Files.readString(entry()) + "X-GNOME-Autostart-enabled=false\n");
        assertThat(autostart.isOn()).isFalse();
    }

    @Test
    void signs_that_mean_something_there_are_escaped() throws IOException {
        new XdgAutostart(config, List.of("/opt/a\"b$c%d")).set(true);
        assertThat(Files.readString(entry())).contains("Exec=\"/opt/a\\\\\"b\\\\$c%%d\"\n");
    }

    private Path entry() {
        return config.resolve("autostart/flowshield.desktop");
    }
}
