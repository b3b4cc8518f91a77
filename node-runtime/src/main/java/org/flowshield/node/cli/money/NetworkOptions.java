package org.flowshield.node.cli.money;

import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.flowshield.contracts.network.MalformedNetworkException;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.network.NetworkFile;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which chain a verb asks. A mixin of each such verb. */
public final class NetworkOptions {

    /** Names the network file where no option does. */
    private static final String VARIABLE = "FLOWSHIELD_NETWORK";

    @Option(
            names = "--network",
            paramLabel = "FILE",
            description = "The network file (default: $$" + VARIABLE + ").")
    private @Nullable Path file;

    @Option(
            names = "--rpc",
            paramLabel = "URL",
            description = "Ask this way to the chain instead of those of the network file.")
    private @Nullable URI rpc;

    public Network network() throws CommandFailedException {
        Path file = this.file == null ? usual() : this.file;
        try {
            Network network = NetworkFile.read(file);
            return rpc == null ? network : network.withRpcs(List.of(rpc));
        } catch (MalformedNetworkException e) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "bad_network",
                    "the network file can't be used: " + e.getMessage(),
                    "correct it, or take the one that the product came with",
                    e);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "no_network",
                    "there is no network file " + file,
                    "name another with --network FILE",
                    e);
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitStatus.FAILED,
                    "no_network",
                    "the network file " + file + " can't be read: " + e.getMessage(),
                    "see the message",
                    e);
        }
    }

    /** Whether anything says which. */
    public boolean isSaid() {
        String named = System.getenv(VARIABLE);
        return file != null || (named != null && !named.isEmpty());
    }

    private static Path usual() throws CommandFailedException {
        String named = System.getenv(VARIABLE);
        if (named == null || named.isEmpty()) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "no_network",
                    "it is not said which chain to ask",
                    "name a network file: --network FILE, or " + VARIABLE + "=FILE");
        }
        return Path.of(named);
    }
}
