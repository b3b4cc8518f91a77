package org.flowshield.app.providers;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.market.FoundProvider;

/** What is said of a provider, in the chosen language. For one thread. */
final class Words {

    private static final String NONE = "–";
    private static final int END = 5;

    private final Texts texts;
    private final Format format;
    private final InstantSource clock;

    Words(Texts texts, Format format, InstantSource clock) {
        this.texts = texts;
        this.format = format;
        this.clock = clock;
    }

    /** What a column says; of the favourites, whether it is one. */
    String of(Column column, Row row) {
        FoundProvider provider = row.provider();
        return switch (column) {
            case FAVOURITE -> texts.of(row.favourite() ? "favourite.yes" : "favourite.no");
            case COUNTRY -> row.country() + " · …" + end(row.peerId());
            case PRICE -> format.glance(provider.pricePerGib());
            case SPEED ->
                    provider.claimedBitsPerSecond() == 0
                            ? NONE
                            : format.rate((double) provider.claimedBitsPerSecond());
            case FREE -> {
                Long free = provider.freeBitsPerSecond();
                yield free == null ? NONE : format.rate((double) free);
            }
            case ALIVE -> alive(provider);
            case STAKE -> {
                TokenAmount stake = provider.stake();
                yield stake == null ? texts.of("stake.unknown") : format.glance(stake);
            }
            case SCORE -> String.format(Locale.ROOT, "%.0f", 100 * provider.score());
        };
    }

    /** In a narrow column the end of an id has to do; the details have all of it. */
    private static String end(String peerId) {
        return peerId.substring(Math.max(0, peerId.length() - END));
    }

    private String alive(FoundProvider provider) {
        Instant heard = provider.heardAt();
        return switch (provider.state()) {
            case ONLINE -> texts.of("state.online");
            case STALE -> heard == null ? texts.of("state.stale") : ago("state.stale.ago", heard);
            case OFFLINE ->
                    heard == null ? texts.of("state.offline") : ago("state.offline.ago", heard);
            case UNKNOWN -> texts.of("state.unknown");
        };
    }

    private String ago(String key, Instant heard) {
        return texts.of(key, format.elapsed(Duration.between(heard, clock.instant())));
    }

    String vouched(FoundProvider provider) {
        return texts.of(provider.vouched() ? "vouched.yes" : "vouched.no");
    }

    String until(FoundProvider provider) {
        return format.moment(provider.offerUntil());
    }
}
