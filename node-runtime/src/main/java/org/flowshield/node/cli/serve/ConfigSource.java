package org.flowshield.node.cli.serve;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.config.Config;
import org.flowshield.node.config.ConfigException;
import org.flowshield.node.daemon.DataDirectory;
import picocli.CommandLine.Option;

/** The options that say which configuration holds. */
final class ConfigSource {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "/var/lib/flowshield",
            description = "The data directory (${DEFAULT-VALUE}); its flowshield.toml is read.")
    private Path data = DataDirectory.SYSTEM;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = {
                "Sets one key of the configuration, before the environment and the file;",
                "can be given several times. 'flowshield config' lists the keys."
            })
    private List<String> options = List.of();

    Path data() {
        return data;
    }

    Config read() throws CommandFailedException {
        Path file = DataDirectory.config(data);
        try {
            return Config.read(file, System.getenv(), options);
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
