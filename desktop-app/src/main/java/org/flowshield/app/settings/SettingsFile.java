package org.flowshield.app.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.flowshield.node.disk.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where {@link Settings} are kept: one small file, written whole by a thread of its own. One that
 * can't be read is set aside, and the person begins with the usual. Safe for use by any thread.
 */
public final class SettingsFile implements AutoCloseable {

    /** What a file that can't be read is renamed to. */
    static final String UNREADABLE = ".unreadable";

    private static final Logger LOG = LoggerFactory.getLogger(SettingsFile.class);
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final Path file;
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("settings").factory());

    /** Protected by this object's lock. */
    private Settings settings;

    private SettingsFile(Path file, Settings settings) {
        this.file = file;
        this.settings = settings;
    }

    /** Reads it; what is not there is as usual. */
    public static SettingsFile open(Path file) {
        return new SettingsFile(file, read(file));
    }

    private static Settings read(Path file) {
        try {
            return JSON.readValue(Files.readAllBytes(file), Settings.class);
        } catch (NoSuchFileException e) {
            return Settings.DEFAULT;
        } catch (IOException | JacksonException | NullPointerException e) {
            LOG.warn("{} can't be read, the usual settings are taken", file, e);
            setAside(file);
            return Settings.DEFAULT;
        }
    }

    private static void setAside(Path file) {
        try {
            DurableFile.move(file, file.resolveSibling(file.getFileName() + UNREADABLE));
        } catch (IOException e) {
            LOG.warn("{} can't be set aside, it will be written over", file, e);
        }
    }

    public synchronized Settings settings() {
        return settings;
    }

    /** Changes them at once, and the file soon after. */
    public synchronized Settings change(UnaryOperator<Settings> change) {
        Settings changed = change.apply(settings);
        if (!changed.equals(settings)) {
            settings = changed;
            writer.execute(() -> write(changed));
        }
        return changed;
    }

    private void write(Settings now) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            DurableFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(now));
        } catch (IOException e) {
            LOG.warn("settings are not kept: {}", file, e);
        }
    }

    /** Waits for what is still to be written. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("settings are not kept: the disk takes too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
