package org.flowshield.app.providers;

import java.util.List;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.flowshield.app.daemon.Failure;
import org.flowshield.node.api.Problem;
import org.jspecify.annotations.Nullable;

/** What the screen shows. For the FX thread. */
final class ProvidersModel {

    private final ObjectProperty<Filter> filter = new SimpleObjectProperty<>(Filter.NONE);
    private final ObjectProperty<Arrangement> arrangement =
            new SimpleObjectProperty<>(new Arrangement(List.of(), -1));
    private final ObjectProperty<MapPicture> map = new SimpleObjectProperty<>(MapPicture.EMPTY);
    private final ObjectProperty<MapPicture.By> by =
            new SimpleObjectProperty<>(MapPicture.By.NUMBER);
    private final ObjectProperty<@Nullable Row> selected = new SimpleObjectProperty<>();
    private final ObjectProperty<Set<String>> favourites = new SimpleObjectProperty<>(Set.of());
    private final BooleanProperty looking = new SimpleBooleanProperty();
    private final StringProperty summary = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable Problem> problem = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();

    /** Who is to be shown. */
    ObjectProperty<Filter> filter() {
        return filter;
    }

    /** Who is shown; replaced as a whole. */
    ObjectProperty<Arrangement> arrangement() {
        return arrangement;
    }

    /** What the map shows. */
    ObjectProperty<MapPicture> map() {
        return map;
    }

    /** What the map's colours stand for. */
    ObjectProperty<MapPicture.By> by() {
        return by;
    }

    /** The line that details are shown of; null: none. */
    ObjectProperty<@Nullable Row> selected() {
        return selected;
    }

    /** Peer ids. */
    ObjectProperty<Set<String>> favourites() {
        return favourites;
    }

    /** Whether the market is being asked. */
    BooleanProperty looking() {
        return looking;
    }

    /** How many there are, by whom, and when. */
    StringProperty summary() {
        return summary;
    }

    /** Why less is known than could be; null: all is well. */
    ObjectProperty<@Nullable Problem> problem() {
        return problem;
    }

    /** Why nothing was found out; null: it was. */
    ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }
}
