package org.flowshield.node.cli.wallet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.wallet.agent.linux.LinuxProcessGuard;
import org.flowshield.node.wallet.derivation.DerivationWorker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Is the process that makes one key of one password; started by the app. */
@Command(
        name = "derive",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Makes a key of a password for the app; started by it.")
public final class DeriveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SOCKET", description = "Where it is asked for.")
    private Path socket = Path.of("");

    @Override
    public Integer call() throws CommandFailedException {
        try {
            new LinuxProcessGuard().protect();
            DerivationWorker.serve(socket, System.in);
            return ExitStatus.OK.code();
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitStatus.FAILED,
                    "failed",
                    String.valueOf(e.getMessage()),
                    "see the message",
                    e);
        }
    }
}
