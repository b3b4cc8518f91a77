package org.flowshield.node.cli.prompt;

import java.nio.file.Path;
import java.util.Arrays;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.wallet.keystore.Password;
import org.flowshield.node.wallet.keystore.WeakPasswordException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the wallet's password comes from. A mixin of each verb that takes it. */
public final class PasswordOptions {

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "Take the wallet's password from the first line of FILE, or of the standard input"
                            + " if FILE is -; else it is asked for.")
    private @Nullable Path file;

    /** The password of a wallet that is there; the caller closes it. */
    public Password password(Prompt prompt) throws CommandFailedException {
        return password(prompt, "Password of the wallet: ");
    }

    /** The password of what the question names; the caller closes it. */
    public Password password(Prompt prompt, String question) throws CommandFailedException {
        return password(file, prompt, question);
    }

    /** The password of a wallet that is to be made; the caller closes it. */
    public Password newPassword(Prompt prompt) throws CommandFailedException {
        return newPassword(file, prompt, "New password of the wallet: ");
    }

    public static Password password(@Nullable Path file, Prompt prompt, String question)
            throws CommandFailedException {
        char[] typed = file == null ? prompt.askSecret(question) : SecretFile.read(file);
        try {
            return Password.of(typed);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }

    /** Asked twice, since nobody sees what they type. */
    public static Password newPassword(@Nullable Path file, Prompt prompt, String question)
            throws CommandFailedException {
        Password password = password(file, prompt, question);
        try {
            password.requireStrong();
            if (file == null) {
                try (Password again = password(null, prompt, "The same again: ")) {
                    requireSame(password, again);
                }
            }
            return password;
        } catch (WeakPasswordException e) {
            password.close();
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "weak_password",
                    e.getMessage(),
                    "take ten characters or more; a few words that don't belong together are easy to"
                            + " keep in mind",
                    e);
        } catch (CommandFailedException | RuntimeException e) {
            password.close();
            throw e;
        }
    }

    private static void requireSame(Password one, Password other) throws CommandFailedException {
        if (!one.matches(other)) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "passwords_differ",
                    "the two passwords are not the same; nothing was changed",
                    "begin again");
        }
    }
}
