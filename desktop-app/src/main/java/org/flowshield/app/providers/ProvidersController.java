package org.flowshield.app.providers;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.flowshield.app.choice.Choice;
import org.flowshield.app.choice.ProviderName;
import org.flowshield.app.choice.Target;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.navigation.Destination;
import org.flowshield.app.screen.Context;
import org.flowshield.app.settings.Settings;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Work;
import org.flowshield.node.api.market.FoundProvider;
import org.flowshield.node.api.market.FoundProviders;
import org.jspecify.annotations.Nullable;

/**
 * Asks the market, and arranges what it says by a thread beside: the FX thread gets finished lists.
 * For the FX thread.
 */
final class ProvidersController {

    /** Signs of life are told every ten seconds or so, and half a minute without one is news. */
    static final Duration REFRESHED_EVERY = Duration.ofSeconds(30);

    private final ProvidersModel model;
    private final Context context;
    private final Choice choice;
    private final Texts texts;
    private final ProviderName names;

    private Daemon.@Nullable Watch watch;
    private Work.@Nullable Running asking;
    private Work.@Nullable Running arranging;
    private Work.@Nullable Running drawing;
    private boolean visible;
    private boolean live;
    private @Nullable Instant askedAt;

    /** What was found for the present filter. */
    private List<FoundProvider> found = List.of();

    /** What was last found without a country: the map is of the world. */
    private List<FoundProvider> everywhere = List.of();

    ProvidersController(ProvidersModel model, Context context, Choice choice) {
        this.model = model;
        this.context = context;
        this.choice = choice;
        this.texts = context.texts("providers");
        this.names = new ProviderName(choice, context.format(), context.texts("choice"));
    }

    void shown() {
        visible = true;
        model.favourites().set(context.settings().settings().favourites());
        watch = context.daemon().watch(state -> context.ui().run(() -> heard(state)));
    }

    void hidden() {
        visible = false;
        live = false;
        if (watch != null) {
            watch.close();
            watch = null;
        }
        stop(asking);
        stop(arranging);
        stop(drawing);
        model.looking().set(false);
    }

    /** A second is over. */
    void tick() {
        Instant before = askedAt;
        if (live
                && before != null
                && Duration.between(before, context.clock().instant()).compareTo(REFRESHED_EVERY)
                        >= 0) {
            refresh();
        }
    }

    private void heard(DaemonState state) {
        boolean now = visible && state instanceof DaemonState.Live;
        if (now && !live) {
            live = true;
            refresh();
        } else if (!now) {
            live = false;
        }
    }

    // ---- what a person does ----

    void refresh() {
        if (!live) {
            return;
        }
        stop(asking);
        askedAt = context.clock().instant();
        model.looking().set(true);
        Filter filter = model.filter().get();
        asking =
                context.work()
                        .start(
                                "market",
                                () -> context.daemon().find(filter.query()),
                                answer -> found(answer, filter),
                                this::failed);
    }

    /** Changes who is shown; asks the market where that is for it to say. */
    void filter(Filter wanted) {
        Filter before = model.filter().get();
        if (wanted.equals(before)) {
            return;
        }
        model.filter().set(wanted);
        if (wanted.query().equals(before.query())) {
            arrange();
        } else {
            refresh();
        }
    }

    /** The map was clicked: that country alone, or again all of them. */
    void toggleCountry(String code) {
        Filter filter = model.filter().get();
        filter(filter.withCountry(code.equals(filter.country()) ? null : code));
    }

    void colourBy(MapPicture.By by) {
        if (model.by().get() != by) {
            model.by().set(by);
            draw();
        }
    }

    void select(@Nullable Row row) {
        model.selected().set(row);
    }

    void favour(String peerId, boolean favourite) {
        Settings settings =
                context.settings().change(before -> before.withFavourite(peerId, favourite));
        model.favourites().set(settings.favourites());
        arrange();
    }

    /** Says the price on the screen that connects, and asks there. */
    void connect(String peerId) {
        choice.want(new Target.One(peerId));
        context.navigator().go(Destination.CONNECT);
    }

    // ---- what the market says ----

    private void found(FoundProviders answer, Filter filter) {
        asking = null;
        model.looking().set(false);
        model.failure().set(null);
        model.problem().set(answer.problem());
        found = answer.providers();
        if (filter.country() == null) {
            everywhere = found;
        }
        choice.remember(found);
        Format format = context.format();
        model.summary()
                .set(
                        texts.of(
                                        "summary",
                                        answer.providers().size(),
                                        answer.directories(),
                                        format.moment(answer.at()))
                                + (answer.refused().isEmpty()
                                        ? ""
                                        : " " + texts.of("left.out", answer.refused().size())));
        arrange();
    }

    private void failed(Failure why) {
        asking = null;
        model.looking().set(false);
        model.failure().set(why);
    }

    private record Arranged(Arrangement rows, boolean changed) {}

    private void arrange() {
        stop(arranging);
        List<FoundProvider> table = found;
        Filter filter = model.filter().get();
        Set<String> favourites = model.favourites().get();
        Row selected = model.selected().get();
        String id = selected == null ? null : selected.peerId();
        Arrangement before = model.arrangement().get();
        arranging =
                context.work()
                        .start(
                                "arrange",
                                () -> {
                                    Arrangement rows =
                                            Arrangement.of(
                                                    table,
                                                    filter,
                                                    favourites,
                                                    names::countryName,
                                                    id);
                                    return new Arranged(rows, !rows.equals(before));
                                },
                                this::arranged,
                                why -> model.failure().set(why));
    }

    private void arranged(Arranged done) {
        arranging = null;
        Arrangement rows = done.rows();
        if (done.changed()) {
            model.arrangement().set(rows);
            model.selected().set(rows.selected() < 0 ? null : rows.rows().get(rows.selected()));
        }
        draw();
    }

    /** Behind the table: no frame has to draw both anew. */
    private void draw() {
        stop(drawing);
        List<FoundProvider> world = everywhere;
        MapPicture.By by = model.by().get();
        drawing =
                context.work()
                        .start(
                                "map",
                                () -> MapPicture.of(world, by, context.format(), texts),
                                this::drawn,
                                why -> model.failure().set(why));
    }

    private void drawn(MapPicture picture) {
        drawing = null;
        if (!picture.equals(model.map().get())) {
            model.map().set(picture);
        }
    }

    private static void stop(Work.@Nullable Running job) {
        if (job != null) {
            job.cancel();
        }
    }
}
