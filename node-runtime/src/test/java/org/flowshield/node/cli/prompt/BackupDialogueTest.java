package org.flowshield.node.cli.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.desk.wallet.NewWords;
import org.flowshield.node.desk.wallet.SecretWords;
import org.flowshield.node.wallet.seed.Mnemonic;
import org.junit.jupiter.api.Test;

final class BackupDialogueTest {

    private static final String WORDS =
            "legal winner thank year wave sausage worth useful legal winner thank yellow";

    @Test
    void who_has_the_words_on_paper_goes_on() throws Exception {
        Person person = new Person(words -> words);
        run(person);
        assertThat(person.asked).hasSize(NewWords.ASKED);
        assertThat(person.cleared).isOne();
        assertThat(person.said).anyMatch(line -> line.contains(" 1 legal"));
    }

    @Test
    void who_is_wrong_once_sees_them_again() throws Exception {
        Person person = new Person(word -> word);
        person.wrongRounds = 1;
        run(person);
        assertThat(person.cleared).isEqualTo(2);
    }

    @Test
    void who_has_not_written_them_down_gets_no_wallet() {
        Person person = new Person(word -> word);
        person.wrongRounds = 3;
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> run(person))
                .satisfies(e -> assertThat(e.code()).isEqualTo("not_written_down"));
        assertThat(person.cleared).isEqualTo(3);
    }

    @Test
    void capitals_are_as_good() throws Exception {
        run(new Person(word -> word.toUpperCase(java.util.Locale.ROOT)));
    }

    private static void run(Person person) throws Exception {
        try (NewWords words =
                NewWords.of(
                        new SecretWords(Mnemonic.parse(WORDS.toCharArray())), new SecureRandom())) {
            new BackupDialogue(person).run(words);
            assertThat(words.areKept()).isTrue();
        }
    }

    /** Reads the paper, which says what the program has shown. */
    private static final class Person implements Prompt {

        private final UnaryOperator<String> typing;
        private final List<String> said = new ArrayList<>();
        private final List<Integer> asked = new ArrayList<>();
        private int wrongRounds;
        private int cleared;

        Person(UnaryOperator<String> typing) {
            this.typing = typing;
        }

        @Override
        public boolean isTerminal() {
            return true;
        }

        @Override
        public void say(String line) {
            said.add(line);
        }

        @Override
        public char[] ask(String question) {
            if (!question.startsWith("Word ")) {
                return new char[0];
            }
            int position = Integer.parseInt(question.replaceAll("[^0-9]", ""));
            asked.add(position);
            if (cleared <= wrongRounds) {
                return "wrong".toCharArray();
            }
            return typing.apply(WORDS.split(" ", -1)[position - 1]).toCharArray();
        }

        @Override
        public char[] askSecret(String question) {
            throw new AssertionError("nothing secret is asked here");
        }

        @Override
        public void clear() {
            cleared++;
        }
    }
}
