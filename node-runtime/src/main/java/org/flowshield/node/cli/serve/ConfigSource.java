package org.flowshield.node.cli.serve;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.config.Config;
import org.flowshield.node.config.ConfigException;
import org.flowshield.node.daemon.DataDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which configuration holds. */
final class ConfigSource {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The data directory (default: /var/lib/flowshield); its flowshield.toml is"
                            + " read.")
    private @Nullable Path data;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = {
                "Sets one key of the configuration, before the environment and the file;",
                "can be given several times. 'flowshield config' lists the keys."
            })
    private List<String> options = List.of();

    /** The data directory. */
    Path directory() {
        return data == null ? DataDirectory.SYSTEM : data;
    }

    /** Whether it is the one that nobody had to name. */
    boolean isSystem() {
        return data == null;
    }

    Config read() throws CommandFailedException {
        return read(List.of());
    }

    /**
     * The same with options that have words of their own.
     *
     * @param shorthands each {@code KEY=VALUE}, before all else
     */
    Config read(List<String> shorthands) throws CommandFailedException {
        List<String> all = new ArrayList<>(options);
        all.addAll(shorthands);
        Path file = DataDirectory.config(directory());
        try {
            return Config.read(file, System.getenv(), all);
        } catch (ConfigException e) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "bad_config",
                    String.valueOf(e.getMessage()),
                    "nothing was started; 'flowshield config' says what is allowed",
                    e);
        } catch (AccessDeniedException e) {
            throw new CommandFailedException(
                    ExitStatus.PERMISSION,
                    "no_permission",
                    "the configuration " + file + " can't be read",
                    "run it as root, or as the owner of the file",
                    e);
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitStatus.FAILED,
                    "config_unreadable",
                    "the configuration " + file + " can't be read: " + e.getMessage(),
                    "see the message",
                    e);
        }
    }
}
