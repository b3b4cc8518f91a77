package org.flowshield.node.client;

import java.io.IOException;
import java.nio.file.Path;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client: the configuration, and before it what was chosen while the node ran.
 * Safe for use by any thread.
 */
public final class OwnSettings {

    private final ClientSettings configured;
    private final @Nullable Path file;
    private volatile ChosenSettings chosen;

    private OwnSettings(ClientSettings configured, @Nullable Path file, ChosenSettings chosen) {
        this.configured = configured;
        this.file = file;
        this.chosen = chosen;
    }

    /**
     * Those that outlive the process.
     *
     * @param file of what was chosen
     * @throws IOException if it is not what was written
     */
    public static OwnSettings kept(ClientSettings configured, Path file) throws IOException {
        return new OwnSettings(configured, file, ChosenSettings.read(file));
    }

    /** Those that end with the process. */
    public static OwnSettings passing(ClientSettings configured) {
        return new OwnSettings(configured, null, ChosenSettings.NONE);
    }

    ClientSettings now() {
        return chosen.over(configured);
    }

    /**
     * Has a change hold; it is on the disk when this returns.
     *
     * @throws IOException if it can't be written; then nothing has changed
     */
    synchronized void keep(ClientSettingsChange change) throws IOException {
        ChosenSettings next = chosen.with(change);
        if (file != null) {
            next.write(file);
        }
        chosen = next;
    }
}
