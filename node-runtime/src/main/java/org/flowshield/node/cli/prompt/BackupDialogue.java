package org.flowshield.node.cli.prompt;

import java.util.Arrays;
import java.util.Locale;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.desk.wallet.NewWords;
import org.flowshield.node.desk.wallet.SecretWords;

/** Shows the words once, and asks for some of them until the person has written them down. */
public final class BackupDialogue {

    private static final int ROUNDS = 3;

    private static final int COLUMNS = 3;

    private final Prompt prompt;

    public BackupDialogue(Prompt prompt) {
        this.prompt = prompt;
    }

    /**
     * Returns when the person has them.
     *
     * @throws CommandFailedException if they have not, after three rounds
     */
    public void run(NewWords words) throws CommandFailedException {
        for (int round = 0; round < ROUNDS; round++) {
            show(words.words());
            wipe(prompt.ask("Press Enter when they are on paper; they are not shown again. "));
            prompt.clear();
            if (areWrittenDown(words)) {
                return;
            }
            prompt.say("That is not the word at this place. Here they are again.");
        }
        throw new CommandFailedException(
                ExitStatus.REFUSED,
                "not_written_down",
                "the words were not written down, so no wallet was made",
                "begin again, with paper: without the words a lost password is lost money");
    }

    private void show(SecretWords words) {
        prompt.say("These words are your wallet. Who has them has your money; without them nobody");
        prompt.say("gets it back. Write them on paper, in this order:");
        prompt.say("");
        int rows = (words.count() + COLUMNS - 1) / COLUMNS;
        for (int row = 0; row < rows; row++) {
            StringBuilder line = new StringBuilder();
            for (int at = row + 1; at <= words.count(); at += rows) {
                line.append(
                        String.format(Locale.ROOT, "  %2d %-9s", at, new String(words.word(at))));
            }
            prompt.say(line.toString());
        }
        prompt.say("");
    }

    private boolean areWrittenDown(NewWords words) throws CommandFailedException {
        for (int place : words.ask()) {
            char[] typed = prompt.ask("Word " + place + ": ");
            boolean right = words.answer(typed);
            wipe(typed);
            if (!right) {
                return false;
            }
        }
        return words.areKept();
    }

    private static void wipe(char[] typed) {
        Arrays.fill(typed, '\0');
    }
}
