package org.flowshield.app.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.app.choice.Choice;
import org.flowshield.app.choice.Target;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.navigation.Destination;
import org.flowshield.app.screen.Context;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.HandUi;
import org.flowshield.app.testkit.Samples;
import org.flowshield.app.text.Language;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.market.FoundProvider;
import org.flowshield.node.api.market.ProviderQuery;
import org.junit.jupiter.api.Test;

final class ProvidersControllerTest {

    private final FakeDaemon daemon = new FakeDaemon();
    private final HandUi ui = new HandUi();
    private final Choice choice = new Choice();
    private final ProvidersModel model = new ProvidersModel();
    private final List<Destination> gone = new ArrayList<>();
    private Instant now = Contexts.NOW;
    private final Context context = Contexts.of(daemon, Language.ENGLISH, ui, gone::add, () -> now);
    private final ProvidersController controller = new ProvidersController(model, context, choice);

    @Test
    void the_market_is_asked_when_the_screen_is_looked_at() {
        open();
        assertThat(model.arrangement().get().rows()).hasSize(21);
        assertThat(model.summary().get()).startsWith("21 found by 3 fullnodes");
        assertThat(choice.known(Samples.DUTCH)).isPresent();
        controller.hidden();
        assertThat(daemon.watchers()).isZero();
    }

    @Test
    void a_filter_that_the_market_knows_is_asked_for_there() {
        open();
        daemon.answer("find", Samples.found(List.of(Samples.provider(1, "NL", "0.5", 100))));
        controller.toggleCountry("NL");
        ui.await("one", () -> model.arrangement().get().rows().size() == 1);
        assertThat(queries()).last().extracting(ProviderQuery::country).isEqualTo("NL");
        assertThat(model.map().get().marks()).as("the map stays whole").hasSizeGreaterThan(10);

        daemon.answer("find", Samples.market());
        controller.toggleCountry("NL");
        ui.await("all", () -> model.arrangement().get().rows().size() == 21);
        assertThat(model.filter().get().country()).isNull();
    }

    @Test
    void a_search_and_a_column_are_the_screens_own() {
        open();
        controller.filter(model.filter().get().withSearch("germany"));
        ui.await("found", () -> model.arrangement().get().rows().size() == 2);
        controller.filter(model.filter().get().withSearch("").withColumn(Column.PRICE, true));
        ui.await("all", () -> model.arrangement().get().rows().size() == 21);
        assertThat(model.arrangement().get().rows()).isSortedAccordingTo(Column.PRICE.order(true));
        assertThat(queries()).hasSize(1);
    }

    @Test
    void it_looks_again_by_itself_and_keeps_what_was_selected() {
        open();
        controller.select(model.arrangement().get().rows().get(3));
        List<FoundProvider> other = new ArrayList<>(Samples.market().providers());
        other.removeFirst();
        daemon.answer("find", Samples.found(other));
        controller.tick();
        assertThat(queries()).hasSize(1);

        now = now.plus(ProvidersController.REFRESHED_EVERY);
        controller.tick();
        ui.await("again", () -> model.arrangement().get().rows().size() == 20);
        assertThat(model.arrangement().get().selected()).isEqualTo(2);
        assertThat(model.selected().get().peerId()).isEqualTo(Samples.peer(4));
    }

    @Test
    void what_went_wrong_is_said_and_what_was_found_before_stays() {
        open();
        Problem problem = new Problem("market_unreachable", "nobody answers", "wait");
        daemon.refuse("find", problem);
        controller.refresh();
        ui.await("told", () -> model.failure().get() != null);
        assertThat(model.failure().get().problem()).isEqualTo(problem);
        assertThat(model.arrangement().get().rows()).hasSize(21);
        assertThat(model.looking().get()).isFalse();
    }

    @Test
    void favourites_are_kept() {
        open();
        controller.favour(Samples.peer(2), true);
        ui.await("marked", () -> model.arrangement().get().rows().get(1).favourite());
        assertThat(context.settings().settings().favourites()).containsExactly(Samples.peer(2));
        controller.favour(Samples.peer(2), false);
        ui.await("no longer", () -> !model.arrangement().get().rows().get(1).favourite());
    }

    @Test
    void connecting_goes_to_the_screen_that_says_the_price() {
        open();
        controller.connect(Samples.peer(2));
        assertThat(choice.target().get()).isEqualTo(new Target.One(Samples.peer(2)));
        assertThat(choice.wanted().get()).isTrue();
        assertThat(gone).containsExactly(Destination.CONNECT);
    }

    private void open() {
        daemon.answer("find", Samples.market());
        daemon.say(new DaemonState.Live(Samples.node(null, Samples.payment("30"))));
        controller.shown();
        ui.await("the market", () -> !model.arrangement().get().rows().isEmpty());
    }

    private List<ProviderQuery> queries() {
        return daemon.asked().stream()
                .filter(asked -> asked.what().equals("find"))
                .map(asked -> (ProviderQuery) asked.with())
                .toList();
    }
}
