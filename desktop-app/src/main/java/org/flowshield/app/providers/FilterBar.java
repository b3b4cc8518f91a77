package org.flowshield.app.providers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.market.ProviderSort;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Says who is to be shown. For the FX thread. */
final class FilterBar {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("danger");

    /** Claimed rates that people tell apart, in bits a second. */
    private static final List<Long> SPEEDS =
            List.of(0L, 10_000_000L, 50_000_000L, 100_000_000L, 500_000_000L, 1_000_000_000L);

    /** Stands for anywhere in the list of countries. */
    private static final String ANYWHERE = "";

    private final ProvidersModel model;
    private final ProvidersController controller;
    private final Texts texts;
    private final Format format;
    private final Label wrongPrice = new Label();
    private final VBox root;

    FilterBar(ProvidersModel model, ProvidersController controller, Texts texts, Format format) {
        this.model = model;
        this.controller = controller;
        this.texts = texts;
        this.format = format;
        FlowPane filters =
                new FlowPane(
                        labelled("filter.country", country()),
                        labelled("filter.price", price()),
                        labelled("filter.speed", speed()),
                        labelled("filter.sort", sort()));
        filters.getStyleClass().add("filters");
        root = new VBox(top(), filters, wrongPrice);
        root.getStyleClass().add("bar");
        wrongPrice.setId("providers-wrong-price");
        wrongPrice.getStyleClass().add("wrong");
        wrongPrice.setText(texts.of("filter.price.wrong"));
        wrong(false);
    }

    Node root() {
        return root;
    }

    private Node top() {
        Label heading = new Label(texts.of("heading"));
        heading.getStyleClass().add("heading");
        heading.setMinWidth(Region.USE_PREF_SIZE);
        TextField search = new TextField();
        search.setId("providers-search");
        search.setPromptText(texts.of("search"));
        search.setAccessibleText(texts.of("search"));
        search.textProperty()
                .subscribe(text -> controller.filter(model.filter().get().withSearch(text)));
        HBox.setHgrow(search, Priority.ALWAYS);
        ToggleButton favourites =
                new ToggleButton(texts.of("favourites"), new FontIcon(Feather.STAR));
        favourites.setId("providers-favourites");
        favourites.setMinWidth(Region.USE_PREF_SIZE);
        favourites
                .selectedProperty()
                .subscribe(only -> controller.filter(model.filter().get().withFavourites(only)));
        Button refresh = new Button("", new FontIcon(Feather.REFRESH_CW));
        refresh.setId("providers-refresh");
        refresh.getStyleClass().add("button-icon");
        refresh.setAccessibleText(texts.of("refresh"));
        refresh.setTooltip(new javafx.scene.control.Tooltip(texts.of("refresh")));
        refresh.disableProperty().bind(model.looking());
        refresh.setOnAction(_ -> controller.refresh());
        HBox top = new HBox(heading, search, favourites, refresh);
        top.setAlignment(Pos.CENTER_LEFT);
        top.getStyleClass().add("top");
        return top;
    }

    private Node labelled(String key, Region control) {
        Label label = new Label(texts.of(key));
        label.getStyleClass().add("caption");
        label.setLabelFor(control);
        label.setMinWidth(Region.USE_PREF_SIZE);
        HBox pair = new HBox(8, label, control);
        pair.setAlignment(Pos.CENTER_LEFT);
        return pair;
    }

    private Region country() {
        ComboBox<String> box =
                box(
                        "providers-country",
                        code -> code.equals(ANYWHERE) ? texts.of("anywhere") : format.country(code),
                        code ->
                                controller.filter(
                                        model.filter()
                                                .get()
                                                .withCountry(code.equals(ANYWHERE) ? null : code)));
        box.setPrefWidth(150);
        box.getItems().setAll(ANYWHERE);
        box.setValue(ANYWHERE);
        model.map()
                .subscribe(
                        map -> {
                            List<String> codes = new ArrayList<>(List.of(ANYWHERE));
                            codes.addAll(map.countries());
                            String chosen = chosen();
                            if (!codes.contains(chosen)) {
                                codes.add(chosen);
                            }
                            if (!codes.equals(box.getItems())) {
                                box.getItems().setAll(codes);
                                box.setValue(chosen);
                            }
                        });
        model.filter().subscribe(_ -> box.setValue(chosen()));
        return box;
    }

    private String chosen() {
        String country = model.filter().get().country();
        return country == null ? ANYWHERE : country;
    }

    private Region speed() {
        ComboBox<Long> box =
                box(
                        "providers-speed",
                        least -> least == 0 ? texts.of("any") : "≥ " + format.rate((double) least),
                        least ->
                                controller.filter(
                                        model.filter().get().withMinBitsPerSecond(least)));
        box.setPrefWidth(135);
        box.getItems().setAll(SPEEDS);
        box.setValue(SPEEDS.getFirst());
        return box;
    }

    private Region sort() {
        ComboBox<ProviderSort> box =
                box(
                        "providers-sort",
                        sort -> texts.of("sort." + sort.name().toLowerCase(Locale.ROOT)),
                        sort -> controller.filter(model.filter().get().withSort(sort)));
        box.getItems().setAll(ProviderSort.values());
        box.setValue(ProviderSort.QUALITY);
        return box;
    }

    private static <T> ComboBox<T> box(String id, Function<T, String> words, Consumer<T> chosen) {
        ComboBox<T> box = new ComboBox<>();
        box.setId(id);
        box.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(@Nullable T value) {
                        return value == null ? "" : words.apply(value);
                    }

                    @Override
                    public T fromString(String text) {
                        throw new UnsupportedOperationException("nobody types into this");
                    }
                });
        box.valueProperty()
                .subscribe(
                        (before, now) -> {
                            if (now != null && before != null && !Objects.equals(before, now)) {
                                chosen.accept(now);
                            }
                        });
        return box;
    }

    private Region price() {
        TextField price = new TextField();
        price.setId("providers-price");
        price.setPromptText(texts.of("any"));
        price.setPrefColumnCount(4);
        price.setOnAction(_ -> priced(price));
        price.focusedProperty()
                .subscribe(
                        focused -> {
                            if (!focused) {
                                priced(price);
                            }
                        });
        return price;
    }

    /** Empty is any price; a comma is a point to half of the world. */
    private void priced(TextField field) {
        String text = field.getText().strip().replace(',', '.');
        try {
            TokenAmount most = text.isEmpty() ? null : TokenAmount.parse(text);
            wrong(false);
            field.pseudoClassStateChanged(WRONG, false);
            controller.filter(model.filter().get().withMaxPrice(most));
        } catch (MalformedAmountException e) {
            wrong(true);
            field.pseudoClassStateChanged(WRONG, true);
        }
    }

    private void wrong(boolean is) {
        wrongPrice.setVisible(is);
        wrongPrice.setManaged(is);
    }
}
