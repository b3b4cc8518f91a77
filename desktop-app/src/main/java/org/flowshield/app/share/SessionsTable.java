package org.flowshield.app.share;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;
import org.flowshield.app.page.Pages;
import org.flowshield.app.screen.Context;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.node.api.SessionStatus;

/** Who is served now. For the FX thread. */
final class SessionsTable {

    private static final double ROW = 40;

    /** A brief id fits. */
    private static final double CLIENT = 180;

    /** More scroll. */
    private static final int ROWS = 6;

    private final TableView<SessionStatus> table = new TableView<>();
    private final Label none;
    private final VBox root;

    SessionsTable(Context context) {
        Texts texts = context.texts("share");
        Format format = context.format();
        none = Pages.caption(texts.of("sessions.none"));
        table.setId("share-sessions");
        table.setAccessibleText(texts.of("sessions"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setFixedCellSize(ROW);
        table.getColumns()
                .setAll(
                        List.of(
                                column(texts.of("sessions.client"), s -> Format.brief(s.peer())),
                                column(
                                        texts.of("sessions.since"),
                                        s ->
                                                format.elapsed(
                                                        Duration.between(
                                                                s.since(),
                                                                context.clock().instant()))),
                                column(
                                        texts.of("sessions.traffic"),
                                        s ->
                                                format.bytes(
                                                        s.traffic().sentBytes()
                                                                + s.traffic().receivedBytes())),
                                column(
                                        texts.of("sessions.paid"),
                                        s ->
                                                s.payment() == null
                                                        ? texts.of("sessions.free")
                                                        : format.glance(s.payment().paid()))));
        table.getColumns().getFirst().setMinWidth(CLIENT);
        Pages.folding(table);
        Pages.folding(none);
        root = new VBox(table, none);
        show(List.of());
    }

    private static TableColumn<SessionStatus, String> column(
            String name, Function<SessionStatus, String> text) {
        TableColumn<SessionStatus, String> column = new TableColumn<>(name);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(text.apply(row.getValue())));
        return column;
    }

    void show(List<SessionStatus> sessions) {
        table.setVisible(!sessions.isEmpty());
        none.setVisible(sessions.isEmpty());
        table.getItems().setAll(sessions);
        double height = (Math.min(ROWS, sessions.size()) + 1) * ROW + 4;
        table.setMinHeight(height);
        table.setPrefHeight(height);
    }

    Node root() {
        return root;
    }
}
