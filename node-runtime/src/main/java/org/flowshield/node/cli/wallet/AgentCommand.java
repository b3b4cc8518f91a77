package org.flowshield.node.cli.wallet;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.agent.AgentProcess;
import org.flowshield.node.wallet.agent.AgentServer;
import org.flowshield.node.wallet.agent.linux.LinuxProcessGuard;
import org.flowshield.node.wallet.keystore.ScryptCost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Is the process that holds the keys; started by {@code unlock}. */
@Command(
        name = "agent",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Holds the wallet's keys until it is locked; started by unlock.")
public final class AgentCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Mixin private final WalletOptions options = new WalletOptions();

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        try {
            serve();
            return ExitStatus.OK.code();
        } catch (RefusedException e) {
            throw CommandFailedException.of(e);
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitStatus.FAILED,
                    "failed",
                    String.valueOf(e.getMessage()),
                    "see the message",
                    e);
        }
    }

    private void serve() throws RefusedException, IOException, InterruptedException {
        new LinuxProcessGuard().protect();
        Wallet wallet =
                Wallet.at(
                        options.folder(),
                        ScryptCost.STANDARD,
                        Clock.systemUTC(),
                        new SecureRandom());
        try (AgentServer server =
                AgentServer.start(
                        wallet, Clock.systemUTC(), System::nanoTime, new SecureRandom())) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> AgentCommand.close(server), "wipe"));
            output.text(AgentProcess.READY);
            server.awaitEnd();
        }
    }

    private static void close(AgentServer server) {
        try {
            server.close();
        } catch (IOException e) {
            return; // the keys are wiped; the next process removes the socket
        }
    }
}
