package org.flowshield.app.choice;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.flowshield.app.daemon.Failure;
import org.flowshield.node.api.market.FoundProvider;
import org.jspecify.annotations.Nullable;

/** What one screen says and another acts on, and whom both have seen. For the FX thread. */
public final class Choice {

    /** Of so many providers it is remembered where they say that they are: ten full answers. */
    static final int MOST_KNOWN = 1_000;

    private final ObjectProperty<Target> target = new SimpleObjectProperty<>(Target.BEST);
    private final BooleanProperty wanted = new SimpleBooleanProperty();
    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();
    private final Map<String, FoundProvider> known =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, FoundProvider> eldest) {
                    return size() > MOST_KNOWN;
                }
            };

    /** Whom the next connection goes to. */
    public ObjectProperty<Target> target() {
        return target;
    }

    /** Whether somebody has asked for that connection, and nobody has begun with it. */
    public BooleanProperty wanted() {
        return wanted;
    }

    /** Asks for a connection. */
    public void want(Target whom) {
        target.set(whom);
        wanted.set(true);
    }

    /**
     * Why a connection that was asked for outside of the window is not there, for the screen that
     * tells it; null: nothing to tell.
     */
    public ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }

    /**
     * Remembers what providers say of themselves, to call them by it later; of more than it keeps
     * the first, which are the best.
     */
    public void remember(Collection<FoundProvider> found) {
        found.stream()
                .limit(MOST_KNOWN)
                .forEach(
                        provider -> {
                            known.remove(provider.peerId());
                            known.put(provider.peerId(), provider);
                        });
    }

    /** What was last found of it. */
    public Optional<FoundProvider> known(String peerId) {
        return Optional.ofNullable(known.get(peerId));
    }

    /** All that was found, the last seen last. */
    public Collection<FoundProvider> known() {
        return java.util.List.copyOf(known.values());
    }
}
