package org.flowshield.app.share;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.flowshield.app.threads.Work;
import org.flowshield.node.disk.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where {@link ShareChoices} are kept. A file that can't be read counts as none: then sharing is
 * agreed to anew. Safe for use by any thread.
 */
public final class ChoicesFile {

    private static final Logger LOG = LoggerFactory.getLogger(ChoicesFile.class);
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final Path file;
    private final Work work;

    /** Orders the writing; held while the disk is waited for, by nobody who draws. */
    private final Object disk = new Object();

    /** Protected by this object's lock. */
    private ShareChoices choices;

    private ChoicesFile(Path file, Work work, ShareChoices choices) {
        this.file = file;
        this.work = work;
        this.choices = choices;
    }

    public static ChoicesFile open(Path file, Work work) {
        return new ChoicesFile(file, work, read(file));
    }

    private static ShareChoices read(Path file) {
        try {
            return JSON.readValue(Files.readAllBytes(file), ShareChoices.class);
        } catch (NoSuchFileException e) {
            return ShareChoices.NONE;
        } catch (IOException | JacksonException | NullPointerException e) {
            LOG.warn("{} can't be read: sharing is as if nothing was chosen", file, e);
            return ShareChoices.NONE;
        }
    }

    public synchronized ShareChoices choices() {
        return choices;
    }

    /** Changes them at once, and the file soon after. */
    ShareChoices change(UnaryOperator<ShareChoices> change) {
        ShareChoices changed;
        synchronized (this) {
            changed = change.apply(choices);
            choices = changed;
        }
        Work.Running _ =
                work.start(
                        "share-choices",
                        () -> {
                            write();
                            return true;
                        },
                        _ -> {},
                        _ -> {});
        return changed;
    }

    private void write() {
        synchronized (disk) {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                DurableFile.write(
                        file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(choices()));
            } catch (IOException e) {
                LOG.warn("what was chosen about sharing is not kept: {}", file, e);
            }
        }
    }
}
