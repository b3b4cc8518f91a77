package org.flowshield.app.share;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.chart.BarChart;
import javafx.scene.chart.CategoryAxis;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.XYChart;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.VBox;
import org.flowshield.app.page.Pages;
import org.flowshield.app.screen.Context;
import org.flowshield.app.text.Texts;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.payment.Earnings;
import org.jspecify.annotations.Nullable;

/** What each day brought: as bars, and as a table for who reads or hears it. For the FX thread. */
final class EarningsPane {

    private static final double HEIGHT = 220;
    private static final double ROW = 36;

    private final Context context;
    private final Texts texts;
    private final XYChart.Series<String, Number> bars = new XYChart.Series<>();
    private final BarChart<String, Number> chart;
    private final TableView<Earnings.Day> table = new TableView<>();
    private final VBox root;

    /** Whose days are drawn. */
    private List<LocalDate> shown = List.of();

    EarningsPane(Context context) {
        this.context = context;
        this.texts = context.texts("share");
        NumberAxis money = new NumberAxis();
        money.setLabel("FLOW");
        this.chart = new BarChart<>(new CategoryAxis(), money);
        chart.setId("share-chart");
        chart.setAnimated(false);
        chart.setLegendVisible(false);
        chart.setPrefHeight(HEIGHT);
        chart.setMinHeight(HEIGHT);
        chart.getData().setAll(List.of(bars));
        table.setId("share-days");
        table.setAccessibleText(texts.of("days"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setFixedCellSize(ROW);
        table.getColumns()
                .setAll(
                        List.of(
                                column("days.day", day -> date(day.day(), FormatStyle.MEDIUM)),
                                column("days.earned", day -> context.format().glance(day.earned())),
                                column("days.traffic", day -> context.format().bytes(day.bytes())),
                                column(
                                        "days.sessions",
                                        day -> context.format().count(day.sessions()))));
        ToggleButton asTable = new ToggleButton(texts.of("days.table"));
        asTable.setId("share-as-table");
        Pages.folding(table);
        Pages.folding(chart);
        table.visibleProperty().bind(asTable.selectedProperty());
        chart.visibleProperty().bind(asTable.selectedProperty().not());
        root =
                Pages.panel(
                        Pages.row(Pages.title(texts.of("days")), Pages.spring(), asTable),
                        chart,
                        table);
    }

    private TableColumn<Earnings.Day, String> column(
            String key, Function<Earnings.Day, String> text) {
        TableColumn<Earnings.Day, String> column = new TableColumn<>(texts.of(key));
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(text.apply(row.getValue())));
        return column;
    }

    private String date(LocalDate day, FormatStyle style) {
        return DateTimeFormatter.ofLocalizedDate(style)
                .withLocale(context.language().locale())
                .format(day);
    }

    /**
     * All days up to today, those without anything, too. What stays as it was is not drawn anew: a
     * chosen line stays chosen while another day grows.
     */
    void show(@Nullable Earnings earnings) {
        List<Earnings.Day> days = all(earnings);
        List<LocalDate> dates = days.stream().map(Earnings.Day::day).toList();
        if (!dates.equals(shown)) {
            shown = dates;
            bars.getData().setAll(days.stream().map(this::bar).toList());
            table.getItems().setAll(days.reversed());
        } else {
            for (int at = 0; at < days.size(); at++) {
                change(at, days.get(at));
            }
        }
        double height = (ShareController.DAYS + 1) * ROW + 4;
        table.setMinHeight(height);
        table.setPrefHeight(height);
        TokenAmount sum =
                days.stream().map(Earnings.Day::earned).reduce(TokenAmount.ZERO, TokenAmount::plus);
        chart.setAccessibleText(
                texts.of("days.sum", ShareController.DAYS, context.format().glance(sum)));
    }

    /** The oldest first. */
    private List<Earnings.Day> all(@Nullable Earnings earnings) {
        Map<LocalDate, Earnings.Day> known = new HashMap<>();
        if (earnings != null) {
            earnings.days().forEach(day -> known.put(day.day(), day));
        }
        LocalDate today = LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC);
        List<Earnings.Day> days = new ArrayList<>();
        for (int back = ShareController.DAYS - 1; back >= 0; back--) {
            LocalDate date = today.minusDays(back);
            days.add(
                    known.getOrDefault(
                            date,
                            new Earnings.Day(date, TokenAmount.ZERO, TokenAmount.ZERO, 0, 0)));
        }
        return days;
    }

    private XYChart.Data<String, Number> bar(Earnings.Day day) {
        DateTimeFormatter brief =
                DateTimeFormatter.ofPattern("d.M.").withLocale(context.language().locale());
        return new XYChart.Data<>(brief.format(day.day()), height(day));
    }

    private static double height(Earnings.Day day) {
        return Double.parseDouble(day.earned().decimal());
    }

    private void change(int at, Earnings.Day day) {
        int line = table.getItems().size() - 1 - at;
        if (!table.getItems().get(line).equals(day)) {
            bars.getData().get(at).setYValue(height(day));
            table.getItems().set(line, day);
        }
    }

    Node root() {
        return root;
    }
}
