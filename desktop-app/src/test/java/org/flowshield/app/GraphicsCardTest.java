package org.flowshield.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GraphicsCardTest {

    @TempDir private Path devices;

    private final Properties properties = new Properties();

    @Test
    void without_a_card_the_processor_draws() {
        GraphicsCard.settle("Linux", devices, properties);
        assertThat(properties).containsEntry("prism.order", "sw");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dri", "nvidiactl", "dxg"})
    void a_card_is_used(String device) throws IOException {
        Files.createFile(devices.resolve(device));
        GraphicsCard.settle("Linux", devices, properties);
        assertThat(properties).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Windows 11", "Mac OS X"})
    void other_systems_always_have_something(String system) {
        GraphicsCard.settle(system, devices, properties);
        assertThat(properties).isEmpty();
    }

    @Test
    void what_was_chosen_stays() {
        properties.setProperty("prism.order", "es2");
        GraphicsCard.settle("Linux", devices, properties);
        assertThat(properties).containsEntry("prism.order", "es2");
    }
}
