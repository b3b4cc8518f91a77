package org.flowshield.app.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.flowshield.app.choice.Choice;
import org.flowshield.app.connect.ConnectScreen;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.screen.Context;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.Samples;
import org.flowshield.app.testkit.Toolkit;
import org.flowshield.app.testkit.UiTest;
import org.flowshield.app.threads.StallWatch;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.market.FoundProvider;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand offers, anew and anew, beside a session whose counters move: how long does the
 * window keep people waiting? The number is printed and lies in target/fx-stall.txt; it is no claim
 * of a test, since it depends on what else the machine does.
 */
final class StreamingOffersTest extends UiTest {

    private static final int OFFERS = 10_000;

    /** The first ones warm up what a person has long warmed up. */
    private static final int WARM_UP = 10;

    private static final int UPDATES = 50;

    /** Of the screen that connects, which in the app takes the other's place: here both move. */
    private static final double BESIDE = 700;

    private final FakeDaemon daemon = new FakeDaemon();
    private final ProvidersModel model = new ProvidersModel();
    private final Random random = new Random(7);
    private long carried;

    @Test
    void the_window_goes_on_while_ten_thousand_offers_stream_in() throws IOException {
        Choice choice = new Choice();
        Context context = Contexts.of(daemon);
        List<FoundProvider> offers = ProvidersScreenTest.many(OFFERS);
        traffic();
        daemon.answer("find", Samples.market()); // of the screen that connects
        ConnectScreen connect = Toolkit.on(() -> new ConnectScreen(context, choice));
        ProvidersController controller =
                Toolkit.on(() -> new ProvidersController(model, context, choice));
        show(
                Toolkit.on(
                        () -> {
                            ProvidersView view = new ProvidersView(model, controller, context);
                            HBox.setHgrow(view.root(), Priority.ALWAYS);
                            connect.root().setMinWidth(BESIDE);
                            connect.root().setMaxWidth(BESIDE);
                            return new HBox(view.root(), connect.root());
                        }));
        Toolkit.run(() -> scene().getWindow().setWidth(WIDTH + BESIDE));
        Toolkit.run(connect::shown);
        await("the market", () -> choice.known().size() > 1);
        daemon.answer("find", Samples.found(offers));
        Toolkit.run(controller::shown);
        await("all", () -> model.arrangement().get().rows().size() == OFFERS);
        try (StallWatch watch = new StallWatch()) {
            for (int i = 0; i < WARM_UP + UPDATES; i++) {
                if (i == WARM_UP) {
                    watch.reset();
                }
                update(controller, offers);
            }
            String said =
                    watch.report()
                            + "; load "
                            + java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                                    .getSystemLoadAverage();
            System.out.println(said);
            Files.writeString(Path.of("target/fx-stall.txt"), said + System.lineSeparator());
            assertThat(watch.report().waits().count()).isPositive();
        }
        Toolkit.run(controller::hidden);
        Toolkit.run(connect::hidden);
        assertThat(daemon.watchers()).isZero();
    }

    private void update(ProvidersController controller, List<FoundProvider> offers) {
        Collections.swap(offers, random.nextInt(OFFERS), random.nextInt(OFFERS));
        offers.set(
                random.nextInt(OFFERS),
                Samples.provider(random.nextInt(), "NL", "0." + (1 + random.nextInt(98)), 50));
        Arrangement before = model.arrangement().get();
        daemon.answer("find", Samples.found(new ArrayList<>(offers)));
        Toolkit.run(controller::refresh);
        traffic();
        await(
                "the next",
                () -> !isSame(before, model.arrangement().get()) && !model.looking().get());
    }

    @SuppressWarnings("ReferenceEquality") // a new one is another object; equals walks over both
    private static boolean isSame(Arrangement one, Arrangement other) {
        return Objects.requireNonNull(one) == other;
    }

    private void traffic() {
        carried += 1_000_000 + random.nextInt(9_000_000);
        daemon.say(
                new DaemonState.Live(
                        Samples.node(
                                Samples.connected(new Traffic(carried / 7, 1, carried, 1, 0)),
                                Samples.payment("30"))));
    }
}
