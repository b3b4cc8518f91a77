package org.flowshield.node.cli.wallet;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.PasswordOptions;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.keystore.Password;
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
            "WARNING: whoever has the file and its password has all the money of that account, now"
                    + " and later, and nothing takes the key back. Delete the file when the other"
                    + " program has it; as a backup, the words are better.",
            "The file is a keystore of version 3 with a password of its own. The wallet's password"
                    + " is asked for even while it is unlocked."
        },
        footer = {
            "",
            "Example:",
            "  flowshield wallet export --out key.json",
            "  cast wallet address --keystore key.json"
        })
public final class ExportCommand extends KeyVerb {

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
                    "Take the password of FILE from the first line of PASSWORDFILE; else it is"
                            + " asked for.")
    private @Nullable Path newPassword;

    @Override
    ExitStatus run(WalletDesk wallet) throws CommandFailedException, DeskException {
        Account account = wallet.account(number);
        Path file = Objects.requireNonNull(out);
        try (Password password = this.password.password(prompt())) {
            wallet.requirePassword(password);
            try (Password ofFile =
                    PasswordOptions.newPassword(
                            newPassword, prompt(), "New password of the file: ")) {
                wallet.export(account.address(), password, ofFile, file);
            }
        }
        Map<String, Object> json = new LinkedHashMap<>(Made.json(account));
        json.put("file", file.toString());
        output().progress(
                        "whoever has this file and its password has the money of the account:"
                                + " delete it when it is no longer needed");
        output().print("the key of " + account.address() + " is in " + file, json);
        return ExitStatus.OK;
    }
}
