package org.flowshield.node.cli.wallet;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.PasswordOptions;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.agent.AgentClient;
import org.flowshield.node.wallet.agent.NoAgentException;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.keystore.MalformedKeystoreException;
import org.flowshield.node.wallet.keystore.Password;
import org.flowshield.node.wallet.keystore.WrongPasswordException;
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
public final class PasswordCommand extends WalletVerb {

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
                    "Not the wallet's but the password of this keystore (version 3): one that geth or"
                            + " cast made, or one that was exported.")
    private @Nullable Path keystore;

    @Override
    protected ExitStatus run(Wallet wallet)
            throws CommandFailedException, RefusedException, WrongPasswordException, IOException {
        if (keystore != null) {
            return change(keystore);
        }
        boolean locked;
        try (Password old = password.password(prompt());
                DerivedKey derived = Unlocking.derive(wallet, old);
                Password changed = newPassword("New password of the wallet: ")) {
            wallet.changePassword(derived, changed);
            locked = lock(wallet);
        }
        output().print(
                        "the wallet has the new password"
                                + (locked ? "; it was unlocked and is locked now" : ""),
                        Map.of("wallet", wallet.folder().toString(), "was_unlocked", locked));
        return ExitStatus.OK;
    }

    private Password newPassword(String question) throws CommandFailedException {
        return PasswordOptions.newPassword(newPassword, prompt(), question);
    }

    /** What holds the keys knows the old password's key. */
    private static boolean lock(Wallet wallet) throws RefusedException {
        try {
            new AgentClient(wallet.folder()).lock();
            return true;
        } catch (NoAgentException e) {
            return false;
        }
    }

    private ExitStatus change(Path file)
            throws CommandFailedException, WrongPasswordException, IOException {
        Made.requireMemory();
        try (Password old = password.password(prompt(), "Password of " + file + ": ");
                Password changed = newPassword("New password of " + file + ": ")) {
            Wallet.changePassword(file, old, changed, new SecureRandom());
        } catch (MalformedKeystoreException e) {
            throw bad(file, e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw bad(file, "there is no such file", e);
        }
        output().print(file + " has the new password", Map.of("keystore", file.toString()));
        return ExitStatus.OK;
    }

    private static CommandFailedException bad(Path file, String why, Exception cause) {
        return new CommandFailedException(
                ExitStatus.USAGE,
                "bad_keystore",
                file + " can't be used: " + why,
                "name a keystore of version 3; nothing was changed",
                cause);
    }
}
