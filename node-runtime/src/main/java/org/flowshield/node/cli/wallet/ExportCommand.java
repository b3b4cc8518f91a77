package org.flowshield.node.cli.wallet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.PasswordOptions;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.UnlockedWallet;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.keystore.Kdf;
import org.flowshield.node.wallet.keystore.KeystoreFile;
import org.flowshield.node.wallet.keystore.Password;
import org.flowshield.node.wallet.keystore.Scrypt;
import org.flowshield.node.wallet.keystore.ScryptCost;
import org.flowshield.node.wallet.keystore.WrongPasswordException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Copies an account's key for another program. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Copies the key of an account into a file for geth, cast or another wallet.",
            "WARNING: whoever has the file and its password has all the money of that account, now and"
                    + " later, and nothing takes the key back. Delete the file when the other program"
                    + " has it; as a backup, the words are better.",
            "The file is a keystore of version 3 with a password of its own. The wallet's password is"
                    + " asked for even while it is unlocked."
        },
        footer = {
            "",
            "Example:",
            "  flowshield wallet export --out key.json",
            "  cast wallet address --keystore key.json"
        })
public final class ExportCommand extends WalletVerb {

    @Mixin private final PasswordOptions password = new PasswordOptions();

    @Option(
            names = "--account",
            paramLabel = "N",
            defaultValue = "0",
            description = "The account with that number (default: ${DEFAULT-VALUE}).")
    private int number;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "A file that is not there yet.")
    private @Nullable Path out;

    @Option(
            names = "--new-password-file",
            paramLabel = "PASSWORDFILE",
            description =
                    "Take the password of FILE from the first line of PASSWORDFILE; else it is asked"
                            + " for.")
    private @Nullable Path newPassword;

    @Override
    protected ExitStatus run(Wallet wallet)
            throws CommandFailedException, RefusedException, WrongPasswordException {
        Account account = wallet.account(number);
        KeystoreFile copy;
        try (Password password = this.password.password(prompt());
                DerivedKey derived = Unlocking.derive(wallet, password);
                UnlockedWallet open = wallet.unlock(derived)) {
            copy = seal(open.key(account.address()));
        }
        Path file = write(copy);
        Map<String, Object> json = new LinkedHashMap<>(Made.json(account));
        json.put("file", file.toString());
        output().progress(
                        "whoever has this file and its password has the money of the account: delete"
                                + " it when it is no longer needed");
        output().print("the key of " + account.address() + " is in " + file, json);
        return ExitStatus.OK;
    }

    private KeystoreFile seal(SigningKey key) throws CommandFailedException {
        SecureRandom random = new SecureRandom();
        Kdf kdf = Scrypt.fresh(ScryptCost.STANDARD, random);
        try (Password password =
                        PasswordOptions.newPassword(
                                newPassword, prompt(), "New password of the file: ");
                DerivedKey derived = kdf.derive(password)) {
            return KeystoreFile.seal(key, kdf, derived, random);
        }
    }

    private Path write(KeystoreFile copy) throws CommandFailedException {
        Path file = java.util.Objects.requireNonNull(out);
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer content = ByteBuffer.wrap(copy.encode());
            while (content.hasRemaining()) {
                int _ = channel.write(content);
            }
            channel.force(true);
            return file;
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailedException(
                    ExitStatus.REFUSED,
                    "file_exists",
                    "there is a file " + file + " already; it is left as it is",
                    "name a new one",
                    e);
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitStatus.FAILED,
                    "not_written",
                    file + " can't be written: " + e.getMessage(),
                    "see the message",
                    e);
        }
    }
}
