package org.flowshield.node.cli.wallet;

import java.nio.file.Path;
import java.util.Arrays;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.PasswordOptions;
import org.flowshield.node.cli.prompt.SecretFile;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.keystore.Password;
import org.flowshield.node.wallet.seed.MalformedMnemonicException;
import org.flowshield.node.wallet.seed.Mnemonic;
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
public final class RestoreCommand extends WalletVerb {

    @Mixin private final PasswordOptions password = new PasswordOptions();

    @Option(
            names = "--mnemonic-file",
            paramLabel = "FILE",
            description =
                    "Take the words from the first line of FILE, or of the standard input if FILE is"
                            + " -; else they are asked for.")
    private @Nullable Path mnemonicFile;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many accounts to bring back (default: ${DEFAULT-VALUE}).")
    private int accounts;

    /** More are derived one by one later. */
    private static final int MAX_ACCOUNTS = 100;

    @Override
    protected ExitStatus run(Wallet wallet) throws CommandFailedException, RefusedException {
        if (accounts < 1 || accounts > MAX_ACCOUNTS) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "bad_accounts",
                    "a wallet is brought back with 1 to " + MAX_ACCOUNTS + " accounts",
                    "say how many with --accounts N");
        }
        Made.requireNone(wallet);
        try (Mnemonic mnemonic = mnemonic();
                Password password = this.password.newPassword(prompt())) {
            Made.requireMemory();
            wallet.create(mnemonic, accounts, password);
        }
        Made.print(wallet, output(), "restored");
        return ExitStatus.OK;
    }

    private Mnemonic mnemonic() throws CommandFailedException {
        char[] typed =
                mnemonicFile == null
                        ? prompt().askSecret("The words, with spaces between them: ")
                        : SecretFile.read(mnemonicFile);
        try {
            return Mnemonic.parse(typed);
        } catch (MalformedMnemonicException e) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "bad_mnemonic",
                    "these words are no wallet: " + e.getMessage(),
                    "compare them with your paper; nothing was changed",
                    e);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }
}
