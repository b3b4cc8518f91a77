package org.flowshield.app.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.navigation.Navigator;
import org.flowshield.app.screen.Context;
import org.flowshield.app.settings.SettingsFile;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Language;
import org.flowshield.app.threads.Ui;
import org.flowshield.app.threads.Work;

/** What screens are made with in tests: time stands still, settings are new. */
public final class Contexts {

    /** When tests of screens take place. */
    public static final Instant NOW = Instant.parse("2026-03-01T12:30:00Z");

    private Contexts() {}

    public static Context of(Daemon daemon) {
        return of(daemon, Language.ENGLISH);
    }

    public static Context of(Daemon daemon, Language language) {
        return of(daemon, language, new FakeDesks());
    }

    public static Context of(Daemon daemon, Language language, FakeDesks desks) {
        return of(daemon, language, Ui.FX, _ -> {}, InstantSource.fixed(NOW), desks);
    }

    /** With the way back to the thread that draws, the way elsewhere and the time given. */
    public static Context of(
            Daemon daemon, Language language, Ui ui, Navigator navigator, InstantSource clock) {
        return of(daemon, language, ui, navigator, clock, new FakeDesks());
    }

    /** With the way back to the thread that draws given. */
    public static Context of(Daemon daemon, Language language, Ui ui, FakeDesks desks) {
        return of(daemon, language, ui, _ -> {}, InstantSource.fixed(NOW), desks);
    }

    private static Context of(
            Daemon daemon,
            Language language,
            Ui ui,
            Navigator navigator,
            InstantSource clock,
            FakeDesks desks) {
        return new Context(
                OffFxThread.guard(Daemon.class, daemon),
                new Work(ui),
                ui,
                settings(),
                navigator,
                language,
                new Format(language, ZoneOffset.UTC),
                clock,
                desks.desks());
    }

    private static SettingsFile settings() {
        try {
            Path folder = Files.createTempDirectory("app-settings");
            folder.toFile().deleteOnExit();
            return SettingsFile.open(folder.resolve("app.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
