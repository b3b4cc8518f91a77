package org.flowshield.app.share;

import atlantafx.base.controls.ToggleSwitch;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.flowshield.app.page.Pages;
import org.flowshield.app.screen.Context;
import org.flowshield.app.text.Texts;
import org.flowshield.node.hours.Hours;
import org.jspecify.annotations.Nullable;

/** The hours of each weekday. For the FX thread. */
final class SchedulePane {

    private final ShareModel model;
    private final HoursController controller;
    private final Locale locale;
    private final Texts texts;
    private final VBox root;

    /** Boxes that follow the model ask for nothing. */
    private boolean following;

    SchedulePane(ShareModel model, HoursController controller, Context context) {
        this.model = model;
        this.controller = controller;
        this.locale = context.language().locale();
        this.texts = context.texts("share");
        ToggleSwitch scheduled = new ToggleSwitch();
        scheduled.setId("share-scheduled");
        scheduled.setAccessibleText(texts.of("schedule"));
        scheduled
                .selectedProperty()
                .subscribe(
                        (_, on) -> {
                            if (!following) {
                                controller.follow(on);
                            }
                        });
        VBox words =
                new VBox(
                        2,
                        Pages.title(texts.of("schedule")),
                        Pages.caption(texts.of("schedule.help")));
        HBox.setHgrow(words, Priority.ALWAYS);
        GridPane grid = new GridPane(12, 8);
        int row = 0;
        for (DayOfWeek day : DayOfWeek.values()) {
            grid.addRow(row++, line(day));
        }
        Pages.folding(grid);
        grid.visibleProperty().bind(scheduled.selectedProperty());
        root = Pages.panel(Pages.row(words, scheduled), grid);
        root.setId("share-hours");
        Pages.folding(root);
        model.schedule()
                .subscribe(
                        now -> {
                            root.setVisible(now != null);
                            following = true;
                            scheduled.setSelected(now != null && now.enabled());
                            following = false;
                        });
    }

    private Node[] line(DayOfWeek day) {
        String name = day.getDisplayName(TextStyle.FULL_STANDALONE, locale);
        String key = day.name().toLowerCase(Locale.ROOT);
        CheckBox on = new CheckBox(name);
        on.setId("share-day-" + key);
        on.setMinWidth(Region.USE_PREF_SIZE);
        ComboBox<Integer> from = hours("share-from-" + key, texts.of("schedule.from", name));
        ComboBox<Integer> to = hours("share-to-" + key, texts.of("schedule.to", name));
        from.disableProperty().bind(on.selectedProperty().not());
        to.disableProperty().bind(on.selectedProperty().not());
        model.schedule()
                .subscribe(
                        now -> {
                            if (now != null) {
                                show(HoursController.plan(now).days().get(day), on, from, to);
                            }
                        });
        Runnable changed =
                () ->
                        controller.choose(
                                day,
                                on.isSelected() ? new Hours(from.getValue(), to.getValue()) : null);
        on.setOnAction(_ -> changed.run());
        from.setOnAction(_ -> unlessFollowing(changed));
        to.setOnAction(_ -> unlessFollowing(changed));
        Label until = new Label("–");
        Label ends = Pages.caption("");
        ends.setId("share-ends-" + key);
        from.valueProperty().subscribe(_ -> ends.setText(ends(from, to)));
        to.valueProperty().subscribe(_ -> ends.setText(ends(from, to)));
        ends.visibleProperty().bind(on.selectedProperty());
        return new Node[] {on, from, until, to, ends};
    }

    /** What two hours do not say by themselves. */
    private String ends(ComboBox<Integer> from, ComboBox<Integer> to) {
        if (from.getValue() == null || to.getValue() == null) {
            return "";
        }
        Hours hours = new Hours(from.getValue(), to.getValue());
        if (hours.lastsADay()) {
            return texts.of("schedule.a_day");
        }
        return hours.to() != 0 && hours.endsNextDay() ? texts.of("schedule.next_day") : "";
    }

    private void show(
            @Nullable Hours hours, CheckBox on, ComboBox<Integer> from, ComboBox<Integer> to) {
        following = true;
        on.setSelected(hours != null);
        if (hours != null || from.getValue() == null) {
            Hours shown = hours == null ? ShareChoices.NIGHT : hours;
            from.setValue(shown.from());
            to.setValue(shown.to());
        }
        following = false;
    }

    private void unlessFollowing(Runnable changed) {
        if (!following) {
            changed.run();
        }
    }

    private static ComboBox<Integer> hours(String id, String name) {
        ComboBox<Integer> box = new ComboBox<>();
        box.setId(id);
        box.setAccessibleText(name);
        box.setMinWidth(Region.USE_PREF_SIZE);
        box.getItems().setAll(IntStream.range(0, 24).boxed().toList());
        box.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(@Nullable Integer hour) {
                        return hour == null
                                ? ""
                                : String.format(Locale.ROOT, "%02d:00", hour.intValue());
                    }

                    @Override
                    public Integer fromString(String text) {
                        throw new UnsupportedOperationException("it is chosen, not typed");
                    }
                });
        return box;
    }

    Node root() {
        return root;
    }
}
