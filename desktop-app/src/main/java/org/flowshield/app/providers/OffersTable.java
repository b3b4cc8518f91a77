package org.flowshield.app.providers;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.flowshield.app.text.Texts;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The table. It never sorts by itself: a click on a column's head is handed on, and the sorted list
 * comes back whole, so that ten thousand lines cost the FX thread one change. What is selected and
 * where it is scrolled to stays. For the FX thread.
 */
final class OffersTable {

    private static final double ROOM_FOR_ALL = 830;

    private final ProvidersModel model;
    private final ProvidersController controller;
    private final Words words;
    private final Lines rows = new Lines();
    private final TableView<Row> table = new TableView<>(rows);
    private final Map<Column, TableColumn<Row, Row>> columns = new EnumMap<>(Column.class);

    /** While rows are replaced, the table's own loss of the selection is not a person's. */
    private boolean replacing;

    OffersTable(ProvidersModel model, ProvidersController controller, Texts texts, Words words) {
        this.model = model;
        this.controller = controller;
        this.words = words;
        table.setId("providers-table");
        table.setAccessibleText(texts.of("table.name"));
        Label empty = new Label(texts.of("table.empty"));
        empty.setWrapText(true);
        table.setPlaceholder(empty);
        table.setMinHeight(150);
        table.setFixedCellSize(36);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        for (Column column : Column.values()) {
            TableColumn<Row, Row> made = column(column, texts);
            columns.put(column, made);
            table.getColumns().add(made);
        }
        table.setSortPolicy(
                _ -> {
                    sort();
                    return true;
                });
        table.getSelectionModel().selectedItemProperty().subscribe(this::picked);
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::typed);
        table.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
        table.widthProperty().subscribe(width -> makeRoom(width.doubleValue()));
        model.arrangement().subscribe(this::show);
    }

    TableView<Row> root() {
        return table;
    }

    private TableColumn<Row, Row> column(Column column, Texts texts) {
        TableColumn<Row, Row> made = new TableColumn<>(texts.of("column." + column.key()));
        made.setId("column-" + column.key());
        made.setCellValueFactory(line -> new ReadOnlyObjectWrapper<>(line.getValue()));
        made.setCellFactory(_ -> column == Column.FAVOURITE ? new Star() : new Cell(column));
        double width =
                switch (column) {
                    case FAVOURITE -> 44;
                    case COUNTRY -> 236;
                    case PRICE, SPEED, FREE, STAKE -> 92;
                    case ALIVE -> 94;
                    case SCORE -> 64;
                };
        made.setPrefWidth(width);
        made.setMinWidth(width);
        made.setReorderable(false);
        if (column == Column.FAVOURITE) {
            made.setMaxWidth(width);
        }
        return made;
    }

    /** In a small window what is left out is told by the details. */
    private void makeRoom(double width) {
        for (Column column : List.of(Column.FREE, Column.STAKE)) {
            TableColumn<Row, Row> shown = columns.get(column);
            if (shown != null) {
                shown.setVisible(width == 0 || width >= ROOM_FOR_ALL);
            }
        }
    }

    private void sort() {
        if (replacing) {
            return;
        }
        Filter filter = model.filter().get();
        List<TableColumn<Row, ?>> order = table.getSortOrder();
        if (order.isEmpty()) {
            controller.filter(filter.withColumn(null, false));
            return;
        }
        columns.forEach(
                (column, shown) -> {
                    if (shown.equals(order.getFirst())) {
                        controller.filter(
                                filter.withColumn(
                                        column,
                                        shown.getSortType() == TableColumn.SortType.DESCENDING));
                    }
                });
    }

    private void show(Arrangement now) {
        replacing = true;
        try {
            rows.show(now.rows());
            if (now.selected() < 0) {
                table.getSelectionModel().clearSelection();
            } else {
                table.getSelectionModel().select(now.selected());
            }
        } finally {
            replacing = false;
        }
    }

    private void picked(Row row) {
        if (!replacing) {
            controller.select(row);
        }
    }

    /** As it is told now: the table's own item is as it was when it was selected. */
    private @Nullable Row selected() {
        int line = table.getSelectionModel().getSelectedIndex();
        return line < 0 || line >= rows.size() ? null : rows.get(line);
    }

    private void typed(KeyEvent event) {
        Row row = selected();
        if (row == null) {
            return;
        }
        if (event.getCode() == KeyCode.ENTER) {
            controller.connect(row.peerId());
            event.consume();
        } else if (event.getCode() == KeyCode.SPACE) {
            controller.favour(row.peerId(), !row.favourite());
            event.consume();
        }
    }

    private void clicked(MouseEvent event) {
        Row row = selected();
        if (event.getButton() == MouseButton.PRIMARY
                && event.getClickCount() == 2
                && row != null
                && event.getTarget() instanceof javafx.scene.Node node
                && isInRow(node)) {
            controller.connect(row.peerId());
        }
    }

    private static boolean isInRow(javafx.scene.Node node) {
        for (javafx.scene.Node up = node; up != null; up = up.getParent()) {
            if (up instanceof javafx.scene.control.TableRow<?> row) {
                return !row.isEmpty();
            }
        }
        return false;
    }

    /** Words, drawn only for lines that are seen. */
    private final class Cell extends TableCell<Row, Row> {
        private final Column column;

        Cell(Column column) {
            this.column = column;
            setAlignment(column == Column.COUNTRY ? Pos.CENTER_LEFT : Pos.CENTER_RIGHT);
        }

        /** How long ago something was goes on while nothing else changes. */
        @Override
        protected boolean isItemChanged(@Nullable Row before, @Nullable Row now) {
            return column == Column.ALIVE || super.isItemChanged(before, now);
        }

        @Override
        protected void updateItem(Row row, boolean empty) {
            super.updateItem(row, empty);
            setText(empty || row == null ? "" : words.of(column, row));
        }
    }

    /** A star, filled for a favourite; a click changes it. */
    private final class Star extends TableCell<Row, Row> {
        private final FontIcon icon = new FontIcon(Feather.STAR);

        Star() {
            setAlignment(Pos.CENTER);
            getStyleClass().add("star");
            setGraphic(icon); // stays: taking it out and in again costs the table a style each time
            setOnMouseClicked(
                    event -> {
                        Row row = getItem();
                        if (row != null && event.getClickCount() == 1) {
                            controller.favour(row.peerId(), !row.favourite());
                            event.consume();
                        }
                    });
        }

        @Override
        protected void updateItem(Row row, boolean empty) {
            super.updateItem(row, empty);
            boolean favourite = !empty && row != null && row.favourite();
            pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass("favourite"), favourite);
            icon.setIconCode(favourite ? Feather.STAR : Feather.MINUS);
            icon.setVisible(!empty && row != null);
            setAccessibleText(empty || row == null ? null : words.of(Column.FAVOURITE, row));
        }
    }
}
