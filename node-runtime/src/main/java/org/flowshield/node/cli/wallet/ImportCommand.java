package org.flowshield.node.cli.wallet;

import java.nio.file.Path;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.PasswordOptions;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.wallet.OpenedKeystore;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.keystore.Password;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a key over from another program. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Adds the key of a keystore file that geth, cast or another wallet has written.",
            "It is encrypted anew, with this wallet's password; FILE stays as it is. Without a"
                    + " wallet one is made of this key alone. The words of the wallet do not bring such"
                    + " a key back: keep FILE, or another backup of it."
        },
        footer = {
            "",
            "Example:",
            "  flowshield wallet import"
                    + " ~/.ethereum/keystore/UTC--2026-01-02T03-04-05.678Z--90f79bf6..."
        })
public final class ImportCommand extends KeyVerb {

    @Mixin private final PasswordOptions password = new PasswordOptions();

    @Parameters(paramLabel = "FILE", description = "The keystore.")
    private Path file = Path.of("");

    @Option(
            names = "--keystore-password-file",
            paramLabel = "PASSWORDFILE",
            description =
                    "Take the password of FILE from the first line of PASSWORDFILE; else it is"
                            + " asked for.")
    private @Nullable Path keystorePassword;

    @Override
    ExitStatus run(WalletDesk wallet) throws CommandFailedException, DeskException {
        wallet.requireKeystore(file);
        wallet.requireMemory();
        try (Password ofFile =
                        PasswordOptions.password(
                                keystorePassword, prompt(), "Password of " + file + ": ");
                OpenedKeystore key = wallet.openKeystore(file, ofFile)) {
            if (!key.weakness().isEmpty()) {
                output().progress(
                                "the file is encrypted more weakly than is safe today ("
                                        + key.weakness()
                                        + "); the wallet's copy is not. Who gets at the file may"
                                        + " guess its password: give it a better one with"
                                        + " flowshield wallet password --keystore, or delete it");
            }
            try (Password password =
                    wallet.exists()
                            ? this.password.password(prompt())
                            : this.password.newPassword(prompt())) {
                Account account = wallet.importKey(key, password);
                output().print(Made.line(account), Made.json(account));
                return ExitStatus.OK;
            }
        }
    }
}
