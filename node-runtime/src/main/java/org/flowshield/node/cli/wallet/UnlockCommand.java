package org.flowshield.node.cli.wallet;

import java.time.Duration;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.PasswordOptions;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.wallet.Unlocking;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.wallet.keystore.Password;
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
            "A process of yours holds the keys. It wipes them and ends when nothing was signed for"
                    + " some minutes, or with: flowshield wallet lock."
        })
public final class UnlockCommand extends KeyVerb {

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
    ExitStatus run(WalletDesk wallet)
            throws CommandFailedException, DeskException, InterruptedException {
        try (Unlocking unlocking = wallet.beginUnlock(Duration.ofMinutes(idleMinutes));
                Password password = this.password.password(prompt())) {
            Made.print(unlocking.unlock(password), output());
            return ExitStatus.OK;
        }
    }
}
