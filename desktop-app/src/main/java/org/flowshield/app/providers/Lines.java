package org.flowshield.app.providers;

import java.util.List;
import javafx.collections.ObservableListBase;

/**
 * The lines of the table. Another list takes the place of the one before it line by line, so that
 * the table keeps what it has drawn for a line and changes its words alone: lines that are replaced
 * are drawn anew elsewhere, get other styles, and in the end have the whole window drawn. For the
 * FX thread.
 */
final class Lines extends ObservableListBase<Row> {

    private List<Row> rows = List.of();

    /**
     * Shows these and no others.
     *
     * @param now never changed
     */
    void show(List<Row> now) {
        List<Row> before = rows;
        int common = Math.min(before.size(), now.size());
        beginChange();
        rows = now;
        for (int line = 0; line < common; line++) {
            nextUpdate(line);
        }
        if (now.size() > common) {
            nextAdd(common, now.size());
        } else if (before.size() > common) {
            nextRemove(common, before.subList(common, before.size()));
        }
        endChange();
    }

    @Override
    public Row get(int line) {
        return rows.get(line);
    }

    @Override
    public int size() {
        return rows.size();
    }
}
