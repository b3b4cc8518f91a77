package org.flowshield.node.cli.wallet;

import java.nio.file.Path;
import java.util.Arrays;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.BackupDialogue;
import org.flowshield.node.cli.prompt.PasswordOptions;
import org.flowshield.node.cli.prompt.SecretFile;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.wallet.NewWords;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.wallet.keystore.Password;
import org.flowshield.node.wallet.seed.Mnemonic;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a wallet. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes a wallet: takes a password, shows its words once, asks for some of them.",
            "Have paper ready. Who has the words has the money, and without them a lost password is"
                    + " lost money. They are stored nowhere in the clear, unless a script has asked for"
                    + " that with --mnemonic-out."
        })
public final class CreateCommand extends KeyVerb {

    @Mixin private final PasswordOptions password = new PasswordOptions();

    @Option(
            names = "--words",
            paramLabel = "N",
            defaultValue = "" + Mnemonic.DEFAULT_WORDS,
            description = "12, 15, 18, 21 or 24 words (default: ${DEFAULT-VALUE}).")
    private int words;

    @Option(
            names = "--mnemonic-out",
            paramLabel = "FILE",
            description =
                    "For scripts: write the words into a new FILE instead of showing them. Move"
                            + " them to where they are safe.")
    private @Nullable Path mnemonicOut;

    @Override
    ExitStatus run(WalletDesk wallet) throws CommandFailedException, DeskException {
        try (NewWords words = wallet.newWords(this.words)) {
            wallet.requireNone();
            try (Password password = this.password.newPassword(prompt())) {
                backUp(words);
                Made.print(wallet, wallet.create(words, password), output(), "made");
                return ExitStatus.OK;
            }
        }
    }

    private void backUp(NewWords words) throws CommandFailedException {
        Path file = mnemonicOut;
        if (file == null) {
            new BackupDialogue(prompt()).run(words);
            return;
        }
        char[] sentence = words.words().sentence();
        try {
            SecretFile.write(file, sentence);
        } finally {
            Arrays.fill(sentence, '\0');
        }
        words.keptElsewhere();
        output().progress(
                        "the wallet's words are in "
                                + file
                                + ", for whoever reads it: move them to where they are safe");
    }
}
