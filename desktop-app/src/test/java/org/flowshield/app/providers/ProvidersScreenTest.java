package org.flowshield.app.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import org.flowshield.app.choice.Choice;
import org.flowshield.app.choice.Target;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.screen.Context;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.Golden;
import org.flowshield.app.testkit.Samples;
import org.flowshield.app.testkit.SceneAudit;
import org.flowshield.app.testkit.Toolkit;
import org.flowshield.app.testkit.UiTest;
import org.flowshield.app.text.Language;
import org.flowshield.app.theme.Brightness;
import org.flowshield.node.api.market.FoundProvider;
import org.flowshield.node.api.market.FoundProviders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ProvidersScreenTest extends UiTest {

    private final FakeDaemon daemon = new FakeDaemon();
    private final Choice choice = new Choice();
    private ProvidersModel model = new ProvidersModel();
    private @Nullable ProvidersController controller;

    @AfterEach
    void leave() {
        if (controller != null) {
            Toolkit.run(controller::hidden);
            assertThat(daemon.watchers()).isZero();
        }
    }

    @Test
    void a_provider_is_chosen_by_keyboard_and_connected_to() {
        open(Language.ENGLISH, Brightness.LIGHT, Samples.market());
        Toolkit.run(() -> node("providers-table").requestFocus());
        press(KeyCode.DOWN);
        press(KeyCode.DOWN);
        assertThat(text("details-title")).startsWith("Germany");
        assertThat(text("details-reason-0")).isEqualTo("Online (+35)");
        press(KeyCode.ENTER);
        assertThat(choice.target().get()).isEqualTo(new Target.One(Samples.peer(2)));
    }

    @Test
    void the_map_is_used_by_keyboard() {
        open(Language.ENGLISH, Brightness.LIGHT, Samples.market());
        Toolkit.run(() -> node("map-GB").requestFocus());
        assertThat(text("map-pointed")).startsWith("United Kingdom · providers: 1");
        press(KeyCode.RIGHT);
        assertThat(focused("map-NL")).isTrue();
        daemon.answer("find", Samples.found(List.of(Samples.provider(1, "NL", "0.5", 100))));
        press(KeyCode.ENTER);
        await("filtered", () -> model.arrangement().get().rows().size() == 1);
        assertThat(model.filter().get().country()).isEqualTo("NL");
        press(KeyCode.TAB);
        assertThat(Toolkit.on(() -> scene().getFocusOwner().getId())).startsWith("map-");
    }

    @Test
    void the_map_is_used_by_mouse() {
        open(Language.ENGLISH, Brightness.LIGHT, Samples.market());
        daemon.answer("find", Samples.found(List.of(Samples.provider(5, "BR", "0.5", 100))));
        click("map-BR");
        await("filtered", () -> model.arrangement().get().rows().size() == 1);
        assertThat(model.filter().get().country()).isEqualTo("BR");
    }

    @Test
    void ten_thousand_offers_keep_selection_and_place_while_they_change() {
        List<FoundProvider> many = many(10_000);
        open(Language.ENGLISH, Brightness.LIGHT, Samples.found(many));
        Toolkit.run(
                () -> {
                    table().getSelectionModel().select(5_000);
                    table().scrollTo(4_998);
                });
        Toolkit.settle();
        int first = firstVisible();
        assertThat(first).isGreaterThan(4_900);

        many.remove(9_999);
        daemon.answer("find", Samples.found(many));
        click("providers-refresh");
        await("again", () -> model.arrangement().get().rows().size() == 9_999);
        Toolkit.settle();
        assertThat(Toolkit.on(() -> table().getSelectionModel().getSelectedIndex()))
                .isEqualTo(5_000);
        assertThat(firstVisible()).isEqualTo(first);
        assertThat(Toolkit.on(() -> table().lookupAll(".table-row-cell").size()))
                .as("lines that are drawn")
                .isLessThan(50);
    }

    @Test
    void lines_say_what_was_told_last() {
        open(Language.ENGLISH, Brightness.LIGHT, Samples.found(many(100)));
        assertThat(said()).isEqualTo(told());
        List<FoundProvider> others = new ArrayList<>(many(100).reversed());
        others.set(1, Samples.provider(7_777, "GB", "0.77", 77));
        tell(others);
        assertThat(said()).isEqualTo(told()).element(1).asString().contains("United Kingdom");
        for (int count : new int[] {3, 1, 60, 2}) {
            tell(many(count));
            assertThat(said()).isEqualTo(told()).hasSizeLessThanOrEqualTo(count);
        }
        Toolkit.run(
                () -> {
                    table().getSelectionModel().select(1);
                    table().requestFocus();
                });
        press(KeyCode.SPACE);
        await("a favourite", () -> model.arrangement().get().rows().get(1).favourite());
        press(KeyCode.SPACE);
        await("none again", () -> !model.arrangement().get().rows().get(1).favourite());
    }

    private void tell(List<FoundProvider> found) {
        daemon.answer("find", Samples.found(found));
        click("providers-refresh");
        await(
                "again",
                () ->
                        model.arrangement().get().rows().stream()
                                .map(Row::provider)
                                .toList()
                                .equals(found));
        Toolkit.settle();
    }

    /** Of the lines that are seen, by the table. */
    private List<String> said() {
        return Toolkit.on(
                () -> {
                    TreeMap<Integer, String> lines = new TreeMap<>();
                    for (Node node : table().lookupAll(".table-row-cell")) {
                        TableRow<?> line = (TableRow<?>) node;
                        if (line.isVisible() && !line.isEmpty()) {
                            lines.put(line.getIndex(), words(line));
                        }
                    }
                    return List.copyOf(lines.values());
                });
    }

    private static String words(TableRow<?> line) {
        return line.getChildrenUnmodifiable().stream()
                .filter(TableCell.class::isInstance)
                .map(cell -> Objects.requireNonNullElse(((TableCell<?, ?>) cell).getText(), ""))
                .collect(Collectors.joining(" | "));
    }

    /** The same, by the model. */
    private List<String> told() {
        Context context = Contexts.of(daemon);
        Words words = new Words(context.texts("providers"), context.format(), context.clock());
        return Toolkit.on(
                () -> {
                    List<Column> shown =
                            table().getVisibleLeafColumns().stream()
                                    .map(column -> column.getId().substring("column-".length()))
                                    .map(key -> Column.valueOf(key.toUpperCase(Locale.ROOT)))
                                    .toList();
                    return model.arrangement().get().rows().stream()
                            .limit(said().size())
                            .map(
                                    row ->
                                            shown.stream()
                                                    .map(
                                                            column ->
                                                                    column == Column.FAVOURITE
                                                                            ? ""
                                                                            : words.of(column, row))
                                                    .collect(Collectors.joining(" | ")))
                            .toList();
                });
    }

    @Test
    void a_price_that_is_none_is_told_at_once() {
        open(Language.ENGLISH, Brightness.LIGHT, Samples.market());
        click("providers-price");
        type("abc");
        press(KeyCode.ENTER);
        assertThat(isThere("providers-wrong-price")).isTrue();
        daemon.answer("find", Samples.market());
        press(KeyCode.CONTROL, KeyCode.A);
        type("0,5");
        press(KeyCode.ENTER);
        await("asked", () -> daemon.asked().size() == 2);
        assertThat(isThere("providers-wrong-price")).isFalse();
        assertThat(model.filter().get().maxPrice()).isEqualTo(Samples.flow("0.5"));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void can_be_used_by_everybody_in_every_language(Language language) {
        for (Brightness brightness : new Brightness[] {Brightness.LIGHT, Brightness.DARK}) {
            open(language, brightness, Samples.market());
            Toolkit.run(() -> table().getSelectionModel().select(0));
            Toolkit.settle();
            audit(language + ", " + brightness);
        }
    }

    private void audit(String what) {
        assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).as(what).isEmpty();
        small();
        assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot())))
                .as(what + ", small window")
                .isEmpty();
    }

    @Test
    void looks_as_it_shall() {
        for (Brightness brightness : new Brightness[] {Brightness.LIGHT, Brightness.DARK}) {
            open(Language.ENGLISH, brightness, Samples.market());
            Toolkit.run(() -> table().getSelectionModel().select(1));
            Toolkit.settle();
            Golden.compare("providers-" + brightness.name().toLowerCase(Locale.ROOT), scene());
        }
    }

    static List<FoundProvider> many(int count) {
        String[] countries = {"NL", "DE", "US", "SG", "BR", "JP", "FR", "SE", "CA", "AU"};
        List<FoundProvider> many = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            many.add(
                    Samples.provider(
                            i, countries[i % countries.length], "0." + (1 + i % 97), 10 + i % 900));
        }
        return many;
    }

    private boolean focused(String id) {
        return Toolkit.on(() -> node(id).isFocused());
    }

    @SuppressWarnings("unchecked")
    private TableView<Row> table() {
        return (TableView<Row>) node("providers-table");
    }

    private int firstVisible() {
        return Toolkit.on(
                () ->
                        ((VirtualFlow<?>) table().lookup(".virtual-flow"))
                                .getFirstVisibleCell()
                                .getIndex());
    }

    private void open(Language language, Brightness brightness, FoundProviders market) {
        leave();
        daemon.answer("find", market);
        daemon.say(new DaemonState.Live(Samples.node(null, Samples.payment("30"))));
        Context context = Contexts.of(daemon, language);
        show(
                Toolkit.on(
                        () -> {
                            model = new ProvidersModel();
                            controller = new ProvidersController(model, context, choice);
                            return new ProvidersView(model, controller, context).root();
                        }),
                brightness);
        Toolkit.run(Objects.requireNonNull(controller)::shown);
        await("the market", () -> !model.arrangement().get().rows().isEmpty());
        Toolkit.settle();
    }
}
