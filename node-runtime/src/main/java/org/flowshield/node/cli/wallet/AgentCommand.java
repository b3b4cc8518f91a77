package org.flowshield.node.cli.wallet;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.agent.AgentProcess;
import org.flowshield.node.wallet.agent.AgentServer;
import org.flowshield.node.wallet.agent.linux.LinuxProcessGuard;
import picocli.CommandLine.Command;

/** Is the process that holds the keys; started by {@code unlock}. */
@Command(
        name = "agent",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Holds the wallet's keys until it is locked; started by unlock.")
public final class AgentCommand extends WalletVerb {

    @Override
    protected ExitStatus run(Wallet wallet)
            throws RefusedException, IOException, InterruptedException {
        new LinuxProcessGuard().protect();
        try (AgentServer server =
                AgentServer.start(
                        wallet, Clock.systemUTC(), System::nanoTime, new SecureRandom())) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> AgentCommand.close(server), "wipe"));
            output().text(AgentProcess.READY);
            server.awaitEnd();
        }
        return ExitStatus.OK;
    }

    private static void close(AgentServer server) {
        try {
            server.close();
        } catch (IOException e) {
            return; // the keys are wiped; the next process removes the socket
        }
    }
}
