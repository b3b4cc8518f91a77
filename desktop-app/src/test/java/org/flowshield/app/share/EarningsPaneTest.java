package org.flowshield.app.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.chart.BarChart;
import javafx.scene.chart.XYChart;
import javafx.scene.control.TableView;
import javafx.scene.layout.StackPane;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.Toolkit;
import org.flowshield.app.testkit.UiTest;
import org.flowshield.app.testkit.Wallets;
import org.flowshield.app.theme.Brightness;
import org.flowshield.node.api.payment.Earnings;
import org.junit.jupiter.api.Test;

final class EarningsPaneTest extends UiTest {

    private final EarningsPane pane =
            Toolkit.on(() -> new EarningsPane(Contexts.of(new FakeDaemon())));

    @Test
    void a_day_grows_before_the_eyes_and_a_chosen_line_stays_chosen() {
        show(Toolkit.on(() -> new StackPane(pane.root())), Brightness.LIGHT);
        Toolkit.run(() -> pane.show(Shares.earnings()));
        Toolkit.run(() -> table().getSelectionModel().select(3));
        XYChart.Data<?, ?> bar = Toolkit.on(this::today);

        Toolkit.run(() -> pane.show(grown("7.7")));

        assertThat(Toolkit.on(this::today)).isSameAs(bar);
        assertThat(bar.getYValue()).isEqualTo(7.7);
        assertThat(table().getItems().getFirst().earned()).isEqualTo(Wallets.flow("7.7"));
        assertThat(table().getSelectionModel().getSelectedIndex()).isEqualTo(3);
        assertThat(table().getItems()).hasSize(ShareController.DAYS);
    }

    /** With another sum for today. */
    private static Earnings grown(String today) {
        Earnings before = Shares.earnings();
        List<Earnings.Day> days = new ArrayList<>(before.days());
        Earnings.Day first = days.getFirst();
        days.set(
                0,
                new Earnings.Day(
                        first.day(),
                        Wallets.flow(today),
                        first.settled(),
                        first.bytes() + 1,
                        first.sessions()));
        return new Earnings(
                days, before.earned(), before.settled(), before.unsettled(), before.problem());
    }

    @SuppressWarnings("unchecked")
    private TableView<Earnings.Day> table() {
        return (TableView<Earnings.Day>) node("share-days");
    }

    private XYChart.Data<?, ?> today() {
        return ((BarChart<?, ?>) node("share-chart")).getData().getFirst().getData().getLast();
    }
}
