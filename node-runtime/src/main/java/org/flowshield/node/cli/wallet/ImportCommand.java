package org.flowshield.node.cli.wallet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.PasswordOptions;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.UnlockedWallet;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.keystore.KeystoreFile;
import org.flowshield.node.wallet.keystore.MalformedKeystoreException;
import org.flowshield.node.wallet.keystore.Password;
import org.flowshield.node.wallet.keystore.ScryptCost;
import org.flowshield.node.wallet.keystore.WrongPasswordException;
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
            "It is encrypted anew, with this wallet's password; FILE stays as it is. Without a wallet"
                    + " one is made of this key alone. The words of the wallet do not bring such a key"
                    + " back: keep FILE, or another backup of it."
        },
        footer = {
            "",
            "Example:",
            "  flowshield wallet import ~/.ethereum/keystore/UTC--2026-01-02T03-04-05.678Z--90f79bf6..."
        })
public final class ImportCommand extends WalletVerb {

    /** Some 500 bytes are usual. */
    private static final int MAX_FILE = 64 * 1024;

    @Mixin private final PasswordOptions password = new PasswordOptions();

    @Parameters(paramLabel = "FILE", description = "The keystore.")
    private Path file = Path.of("");

    @Option(
            names = "--keystore-password-file",
            paramLabel = "PASSWORDFILE",
            description =
                    "Take the password of FILE from the first line of PASSWORDFILE; else it is asked"
                            + " for.")
    private @Nullable Path keystorePassword;

    @Override
    protected ExitStatus run(Wallet wallet)
            throws CommandFailedException, RefusedException, WrongPasswordException {
        KeystoreFile keystore = read();
        SigningKey key = open(keystore);
        boolean kept = false;
        try {
            if (!keystore.secret().kdf().isAtLeast(ScryptCost.STANDARD)) {
                output().progress(
                                "the file is encrypted more weakly than is safe today ("
                                        + keystore.secret().kdf()
                                        + "); the wallet's copy is not. Who gets at the file may"
                                        + " guess its password: give it a better one with"
                                        + " flowshield wallet password --keystore, or delete it");
            }
            Account account;
            if (wallet.exists()) {
                try (Password password = this.password.password(prompt());
                        DerivedKey derived = Unlocking.derive(wallet, password);
                        UnlockedWallet open = wallet.unlock(derived)) {
                    account = open.importKey(key);
                    kept = true; // closed with the wallet
                }
            } else {
                try (Password password = this.password.newPassword(prompt())) {
                    Made.requireMemory();
                    wallet.create(key, password);
                }
                account = wallet.account(0);
            }
            output().print(Made.line(account), Made.json(account));
            return ExitStatus.OK;
        } finally {
            if (!kept) {
                key.close();
            }
        }
    }

    private KeystoreFile read() throws CommandFailedException {
        try (var in = Files.newInputStream(file)) {
            return KeystoreFile.parse(in.readNBytes(MAX_FILE));
        } catch (MalformedKeystoreException e) {
            throw bad(e.getMessage(), e);
        } catch (IOException e) {
            throw bad("it can't be read: " + e.getMessage(), e);
        }
    }

    private SigningKey open(KeystoreFile keystore)
            throws CommandFailedException, WrongPasswordException {
        Made.requireMemory();
        try (Password password =
                PasswordOptions.password(
                        keystorePassword, prompt(), "Password of " + file + ": ")) {
            return keystore.open(password);
        } catch (MalformedKeystoreException e) {
            throw bad(e.getMessage(), e);
        }
    }

    private CommandFailedException bad(String why, Exception cause) {
        return new CommandFailedException(
                ExitStatus.USAGE,
                "bad_keystore",
                file + " can't be imported: " + why,
                "name a keystore of version 3; nothing was changed",
                cause);
    }
}
