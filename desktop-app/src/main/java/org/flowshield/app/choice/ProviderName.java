package org.flowshield.app.choice;

import java.util.Optional;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.node.api.market.FoundProvider;
import org.jspecify.annotations.Nullable;

/**
 * What a provider is called: where it says that it is, and the ends of its id. It has no other
 * name. For the FX thread.
 */
public final class ProviderName {

    private static final String ID = "/p2p/";

    private final Choice choice;
    private final Format format;
    private final Texts texts;

    /**
     * @param texts of the part {@code choice}
     */
    public ProviderName(Choice choice, Format format, Texts texts) {
        this.choice = choice;
        this.format = format;
        this.texts = texts;
    }

    /** Of a multiaddr or a peer id. */
    public String of(String provider) {
        String id = peerId(provider).orElse(provider);
        return country(id) + " · " + Format.brief(id);
    }

    /** The country by its own word, or that it is not known. */
    public String country(String peerId) {
        return countryName(choice.known(peerId).map(FoundProvider::country).orElse(null));
    }

    /** A country, or that it is not stated. Safe for use by any thread. */
    public String countryName(@Nullable String code) {
        return code == null ? texts.of("nowhere") : format.country(code);
    }

    /** Whom a connection would go to. */
    public String of(Target target) {
        return switch (target) {
            case Target.Best _ -> texts.of("best");
            case Target.Country(String code) -> texts.of("best.in", format.country(code));
            case Target.One(String peerId) -> of(peerId);
        };
    }

    /** The id in a multiaddr, or one that stands alone. */
    public static Optional<String> peerId(String provider) {
        if (!provider.startsWith("/")) {
            return Optional.of(provider);
        }
        int at = provider.lastIndexOf(ID);
        return at < 0 ? Optional.empty() : Optional.of(provider.substring(at + ID.length()));
    }
}
