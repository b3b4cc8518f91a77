package org.flowshield.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flowshield.app.text.Language;
import org.flowshield.app.theme.Brightness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsFileTest {

    @TempDir private Path folder;

    @Test
    void what_was_chosen_is_there_the_next_time() {
        Path file = folder.resolve("deep/app.json");
        try (SettingsFile settings = SettingsFile.open(file)) {
            assertThat(settings.settings()).isEqualTo(Settings.DEFAULT);
            Settings _ =
                    settings.change(
                            before ->
                                    before.withLanguage(Language.GERMAN)
                                            .withBrightness(Brightness.DARK)
                                            .withFavourite("a", true));
        }
        try (SettingsFile settings = SettingsFile.open(file)) {
            assertThat(settings.settings().language()).isEqualTo(Language.GERMAN);
            assertThat(settings.settings().brightness()).isEqualTo(Brightness.DARK);
            assertThat(settings.settings().favourites()).containsExactly("a");
        }
    }

    @Test
    void a_file_that_can_not_be_read_is_set_aside_and_not_lost() throws IOException {
        Path file = folder.resolve("app.json");
        Files.writeString(file, "{\"language\": \"KLINGON\"}");
        try (SettingsFile settings = SettingsFile.open(file)) {
            assertThat(settings.settings()).isEqualTo(Settings.DEFAULT);
        }
        assertThat(folder.resolve("app.json" + SettingsFile.UNREADABLE)).exists();
    }

    @Test
    void favourites_are_bounded() {
        Settings settings = Settings.DEFAULT;
        for (int i = 0; i <= Settings.MOST_FAVOURITES; i++) {
            settings = settings.withFavourite("peer" + i, true);
        }
        assertThat(settings.favourites()).hasSize(Settings.MOST_FAVOURITES);
    }
}
