package org.flowshield.app.settings;

import java.util.LinkedHashSet;
import java.util.Set;
import org.flowshield.app.navigation.Destination;
import org.flowshield.app.text.Language;
import org.flowshield.app.theme.Brightness;
import org.jspecify.annotations.Nullable;

/**
 * What a person has chosen for the app itself. Immutable. No secret is in it, and nothing that the
 * daemon or the wallet keeps.
 *
 * @param language null: the system's
 * @param hideBalances amounts of the wallet are shown as dots
 * @param last where the person was, to begin there again
 * @param lastProvider peer id of who was connected to last; null: nobody yet
 * @param favourites peer ids
 * @param notifications tell of a connection that ends or begins while the window is not in front
 * @param firstRunDone the way through the first run was gone to its end
 */
public record Settings(
        @Nullable Language language,
        Brightness brightness,
        boolean hideBalances,
        Destination last,
        @Nullable String lastProvider,
        Set<String> favourites,
        boolean notifications,
        boolean firstRunDone) {

    /** More is no list of favourites. */
    public static final int MOST_FAVOURITES = 200;

    /** Of who starts it for the first time. */
    public static final Settings DEFAULT =
            new Settings(
                    null,
                    Brightness.SYSTEM,
                    false,
                    Destination.CONNECT,
                    null,
                    Set.of(),
                    true,
                    false);

    public Settings {
        favourites = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(favourites));
    }

    public Settings withLanguage(@Nullable Language chosen) {
        return new Settings(
                chosen,
                brightness,
                hideBalances,
                last,
                lastProvider,
                favourites,
                notifications,
                firstRunDone);
    }

    public Settings withBrightness(Brightness chosen) {
        return new Settings(
                language,
                chosen,
                hideBalances,
                last,
                lastProvider,
                favourites,
                notifications,
                firstRunDone);
    }

    public Settings withHideBalances(boolean hide) {
        return new Settings(
                language,
                brightness,
                hide,
                last,
                lastProvider,
                favourites,
                notifications,
                firstRunDone);
    }

    public Settings withLast(Destination destination) {
        return new Settings(
                language,
                brightness,
                hideBalances,
                destination,
                lastProvider,
                favourites,
                notifications,
                firstRunDone);
    }

    public Settings withLastProvider(String peerId) {
        return new Settings(
                language,
                brightness,
                hideBalances,
                last,
                peerId,
                favourites,
                notifications,
                firstRunDone);
    }

    /** With that one among the favourites, or no longer; full, it stays as it is. */
    public Settings withFavourite(String peerId, boolean favourite) {
        Set<String> changed = new LinkedHashSet<>(favourites);
        if (!favourite) {
            changed.remove(peerId);
        } else if (changed.size() < MOST_FAVOURITES) {
            changed.add(peerId);
        }
        return new Settings(
                language,
                brightness,
                hideBalances,
                last,
                lastProvider,
                changed,
                notifications,
                firstRunDone);
    }

    public Settings withNotifications(boolean tell) {
        return new Settings(
                language,
                brightness,
                hideBalances,
                last,
                lastProvider,
                favourites,
                tell,
                firstRunDone);
    }

    public Settings withFirstRunDone(boolean done) {
        return new Settings(
                language,
                brightness,
                hideBalances,
                last,
                lastProvider,
                favourites,
                notifications,
                done);
    }
}
