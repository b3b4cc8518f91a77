package org.flowshield.app.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.flowshield.app.testkit.Samples;
import org.flowshield.node.api.market.FoundProvider;
import org.junit.jupiter.api.Test;

final class ChoiceTest {

    private final Choice choice = new Choice();

    @Test
    void of_more_than_it_keeps_it_remembers_the_first() {
        choice.remember(many(0, Choice.MOST_KNOWN + 50));
        assertThat(choice.known()).hasSize(Choice.MOST_KNOWN);
        assertThat(choice.known(Samples.peer(0))).isPresent();
        assertThat(choice.known(Samples.peer(Choice.MOST_KNOWN))).isEmpty();
    }

    @Test
    void who_was_seen_longest_ago_is_forgotten_first() {
        choice.remember(many(0, Choice.MOST_KNOWN));
        choice.remember(many(0, 1));
        choice.remember(many(Choice.MOST_KNOWN, 1));
        assertThat(choice.known()).hasSize(Choice.MOST_KNOWN);
        assertThat(choice.known(Samples.peer(0))).isPresent();
        assertThat(choice.known(Samples.peer(1))).isEmpty();
    }

    private static List<FoundProvider> many(int from, int count) {
        List<FoundProvider> many = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            many.add(Samples.provider(i, "NL", "0.5", 50));
        }
        return many;
    }
}
