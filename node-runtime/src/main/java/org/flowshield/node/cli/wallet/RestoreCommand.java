package org.flowshield.node.cli.wallet;

import java.nio.file.Path;
import java.util.Arrays;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.PasswordOptions;
import org.flowshield.node.cli.prompt.SecretFile;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.wallet.keystore.Password;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a wallet of the words of another. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Brings a wallet back from its words, of this or another program (BIP-39).",
            "Accounts are those that other wallets of this chain make too: m/44'/60'/0'/0/N."
        })
public final class RestoreCommand extends KeyVerb {

    @Mixin private final PasswordOptions password = new PasswordOptions();

    @Option(
            names = "--mnemonic-file",
            paramLabel = "FILE",
            description =
                    "Take the words from the first line of FILE, or of the standard input if FILE"
                            + " is -; else they are asked for.")
    private @Nullable Path mnemonicFile;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many accounts to bring back (default: ${DEFAULT-VALUE}).")
    private int accounts;

    @Override
    ExitStatus run(WalletDesk wallet) throws CommandFailedException, DeskException {
        wallet.requireNone();
        char[] typed =
                mnemonicFile == null
                        ? prompt().askSecret("The words, with spaces between them: ")
                        : SecretFile.read(mnemonicFile);
        try {
            wallet.requireRestorable(typed, accounts);
            try (Password password = this.password.newPassword(prompt())) {
                Made.print(wallet, wallet.restore(typed, accounts, password), output(), "restored");
                return ExitStatus.OK;
            }
        } finally {
            Arrays.fill(typed, '\0');
        }
    }
}
