package org.flowshield.node.cli.wallet;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.json.ApiJson;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.FlowShield;
import org.flowshield.node.cli.prompt.PasswordOptions;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.agent.AgentClient;
import org.flowshield.node.wallet.agent.AgentProcess;
import org.flowshield.node.wallet.agent.AgentStatus;
import org.flowshield.node.wallet.agent.NoAgentException;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.keystore.Password;
import org.flowshield.node.wallet.keystore.WrongPasswordException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Hands the wallet's keys to a process that signs with them for a while. */
@Command(
        name = "unlock",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Takes the password, so that what you agree to can be signed for a while.",
            "A process of yours holds the keys. It wipes them and ends when nothing was signed for some"
                    + " minutes, or with: flowshield wallet lock."
        })
public final class UnlockCommand extends WalletVerb {

    private static final int MAX_MINUTES = 24 * 60;

    @Mixin private final PasswordOptions password = new PasswordOptions();

    @Option(
            names = "--idle",
            paramLabel = "MINUTES",
            defaultValue = "15",
            description =
                    "Lock it when nothing was signed for so long, 1 to 1440 (default:"
                            + " ${DEFAULT-VALUE}).")
    private int idleMinutes;

    @Override
    protected ExitStatus run(Wallet wallet)
            throws CommandFailedException,
                    RefusedException,
                    WrongPasswordException,
                    IOException,
                    InterruptedException {
        if (idleMinutes < 1 || idleMinutes > MAX_MINUTES) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "bad_idle",
                    "a wallet is unlocked for 1 to " + MAX_MINUTES + " idle minutes",
                    "say how many with --idle MINUTES");
        }
        var _ = wallet.accounts();
        AgentClient agent = new AgentClient(wallet.folder());
        FutureTask<Void> starting = start(wallet, agent);
        AgentStatus status;
        boolean unlocked = false;
        try (Password password = this.password.password(prompt());
                DerivedKey derived = Unlocking.derive(wallet, password)) {
            await(starting);
            status = agent.unlock(derived, Duration.ofMinutes(idleMinutes));
            unlocked = true;
        } finally {
            if (!unlocked) {
                giveUp(starting, agent);
            }
        }
        if (output().json()) {
            output().json(ApiJson.strict().valueToTree(status));
        } else {
            output().text(words(status));
        }
        return ExitStatus.OK;
    }

    /** Starts the process, if there is none, while the person types and the key is made. */
    private static FutureTask<Void> start(Wallet wallet, AgentClient agent) {
        FutureTask<Void> starting =
                new FutureTask<>(
                        () -> {
                            if (!agent.isThere()) {
                                List<String> command =
                                        new ArrayList<>(AgentProcess.javaCommand(FlowShield.class));
                                command.addAll(List.of("wallet", "agent", "--wallet"));
                                command.add(wallet.folder().toString());
                                AgentProcess.start(command);
                            }
                            return null;
                        });
        Thread _ = Thread.ofVirtual().name("start-agent").start(starting);
        return starting;
    }

    private static void await(FutureTask<Void> starting) throws IOException, InterruptedException {
        try {
            Void _ = starting.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IOException(cause == null ? e.toString() : cause.getMessage(), e);
        }
    }

    /** A process that was started for nothing ends, and one that is open stays so. */
    private static void giveUp(FutureTask<Void> starting, AgentClient agent)
            throws RefusedException, IOException, InterruptedException {
        await(starting);
        try {
            if (!agent.status().unlocked()) {
                agent.lock();
            }
        } catch (NoAgentException e) {
            return; // it is gone already
        }
    }

    static String words(AgentStatus status) {
        return status.unlocked()
                ? "unlocked: "
                        + status.wallet()
                        + (status.locksAt() == null
                                ? ""
                                : ", until "
                                        + DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT)
                                                .withZone(ZoneId.systemDefault())
                                                .format(status.locksAt())
                                        + " if nothing is signed")
                : "locked: " + status.wallet();
    }
}
