package org.flowshield.app.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

final class LateScreenTest {

    private final List<String> told = new ArrayList<>();
    private final LateScreen<Told> late =
            new LateScreen<>(
                    () -> {
                        told.add("made");
                        return new Told();
                    });

    @Test
    void is_not_made_before_it_is_looked_at() {
        late.hidden();

        assertThat(told).isEmpty();
    }

    @Test
    void is_made_once_and_lives_like_the_screen_it_is() {
        Region root = late.root();
        late.shown();
        late.hidden();
        late.shown();

        assertThat(told).containsExactly("made", "shown", "hidden", "shown");
        assertThat(late.root()).isSameAs(root);
    }

    private final class Told implements Screen {
        private final Region root = new Region();

        @Override
        public Region root() {
            return root;
        }

        @Override
        public void shown() {
            told.add("shown");
        }

        @Override
        public void hidden() {
            told.add("hidden");
        }
    }
}
