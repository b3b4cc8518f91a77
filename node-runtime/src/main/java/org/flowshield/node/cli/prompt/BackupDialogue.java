package org.flowshield.node.cli.prompt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.wallet.seed.Mnemonic;

/** Shows the words once, and asks for some of them until the person has written them down. */
public final class BackupDialogue {

    /** As many as a person who has not written them down does not guess. */
    static final int ASKED = 3;

    private static final int ROUNDS = 3;
    private static final int COLUMNS = 3;

    private final Prompt prompt;
    private final RandomGenerator random;

    public BackupDialogue(Prompt prompt, RandomGenerator random) {
        this.prompt = prompt;
        this.random = random;
    }

    /**
     * Returns when the person has them.
     *
     * @throws CommandFailedException if they have not, after three rounds
     */
    public void run(Mnemonic mnemonic) throws CommandFailedException {
        for (int round = 0; round < ROUNDS; round++) {
            show(mnemonic);
            wipe(prompt.ask("Press Enter when they are on paper; they are not shown again. "));
            prompt.clear();
            if (isWrittenDown(mnemonic)) {
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

    private void show(Mnemonic mnemonic) {
        prompt.say("These words are your wallet. Who has them has your money; without them nobody");
        prompt.say("gets it back. Write them on paper, in this order:");
        prompt.say("");
        int rows = (mnemonic.words() + COLUMNS - 1) / COLUMNS;
        for (int row = 0; row < rows; row++) {
            StringBuilder line = new StringBuilder();
            for (int at = row + 1; at <= mnemonic.words(); at += rows) {
                line.append(String.format(Locale.ROOT, "  %2d %-9s", at, mnemonic.word(at)));
            }
            prompt.say(line.toString());
        }
        prompt.say("");
    }

    private boolean isWrittenDown(Mnemonic mnemonic) throws CommandFailedException {
        List<Integer> positions = new ArrayList<>();
        for (int at = 1; at <= mnemonic.words(); at++) {
            positions.add(at);
        }
        Collections.shuffle(positions, java.util.Random.from(random));
        for (int position : positions.subList(0, ASKED)) {
            char[] typed = prompt.ask("Word " + position + ": ");
            boolean right = mnemonic.hasWord(position, typed);
            wipe(typed);
            if (!right) {
                return false;
            }
        }
        return true;
    }

    private static void wipe(char[] typed) {
        Arrays.fill(typed, '\0');
    }
}
