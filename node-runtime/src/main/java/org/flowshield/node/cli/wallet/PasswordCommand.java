package org.flowshield.node.cli.wallet;

import java.nio.file.Path;
import java.util.Map;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.PasswordOptions;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.wallet.keystore.Password;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Changes the password of a wallet, or of a keystore elsewhere. */
@Command(
        name = "password",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Changes the wallet's password. Addresses, words and money stay as they are.",
            "A wallet that is unlocked is locked by it. Backups of its files keep the old password;"
                    + " so does what somebody may have copied: if they may know it, make a new wallet"
                    + " and move your money there."
        },
        footer = {
            "",
            "Examples:",
            "  flowshield wallet password",
            "  flowshield wallet password --keystore my-key.json"
        })
public final class PasswordCommand extends KeyVerb {

    @Mixin private final PasswordOptions password = new PasswordOptions();

    @Option(
            names = "--new-password-file",
            paramLabel = "PASSWORDFILE",
            description =
                    "Take the new password from the first line of PASSWORDFILE; else it is asked"
                            + " for.")
    private @Nullable Path newPassword;

    @Option(
            names = "--keystore",
            paramLabel = "KEYSTORE",
            description =
                    "Not the wallet's but the password of this keystore (version 3): one that geth"
                            + " or cast made, or one that was exported.")
    private @Nullable Path keystore;

    @Override
    ExitStatus run(WalletDesk wallet) throws CommandFailedException, DeskException {
        if (keystore != null) {
            return change(wallet, keystore);
        }
        try (Password old = password.password(prompt())) {
            wallet.requirePassword(old);
            try (Password changed = newPassword("New password of the wallet: ")) {
                boolean locked = wallet.changePassword(old, changed);
                output().print(
                                "the wallet has the new password"
                                        + (locked ? "; it was unlocked and is locked now" : ""),
                                Map.of(
                                        "wallet",
                                        wallet.state().folder().toString(),
                                        "was_unlocked",
                                        locked));
                return ExitStatus.OK;
            }
        }
    }

    private Password newPassword(String question) throws CommandFailedException {
        return PasswordOptions.newPassword(newPassword, prompt(), question);
    }

    private ExitStatus change(WalletDesk wallet, Path file)
            throws CommandFailedException, DeskException {
        wallet.requireMemory();
        try (Password old = password.password(prompt(), "Password of " + file + ": ");
                Password changed = newPassword("New password of " + file + ": ")) {
            wallet.changeKeystorePassword(file, old, changed);
        }
        output().print(file + " has the new password", Map.of("keystore", file.toString()));
        return ExitStatus.OK;
    }
}
