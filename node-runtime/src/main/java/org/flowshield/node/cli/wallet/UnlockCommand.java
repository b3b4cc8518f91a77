package org.flowshield.node.cli.wallet;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
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
            "Takes the password, and has a process of yours hold the keys, which signs what you agree"
                    + " to.",
            "It wipes them and ends when nothing was signed for a while, or with: flowshield wallet"
                    + " lock."
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
                    IOException {
        if (idleMinutes < 1 || idleMinutes > MAX_MINUTES) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "bad_idle",
                    "a wallet is unlocked for 1 to " + MAX_MINUTES + " idle minutes",
                    "say how many with --idle MINUTES");
        }
        var _ = wallet.accounts();
        AgentStatus status;
        try (Password password = this.password.password(prompt());
                DerivedKey derived = Unlocking.derive(wallet, password)) {
            status = unlock(wallet, derived);
        }
        if (output().json()) {
            output().json(ApiJson.strict().valueToTree(status));
        } else {
            output().text(words(status));
        }
        return ExitStatus.OK;
    }

    private AgentStatus unlock(Wallet wallet, DerivedKey derived)
            throws RefusedException, IOException {
        AgentClient agent = new AgentClient(wallet.folder());
        Duration idle = Duration.ofMinutes(idleMinutes);
        try {
            return agent.unlock(derived, idle);
        } catch (NoAgentException e) {
            AgentProcess.start(
                    FlowShield.class,
                    List.of("wallet", "agent", "--wallet", wallet.folder().toString()));
            return agent.unlock(derived, idle);
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
