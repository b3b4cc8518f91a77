package org.flowshield.node.market.matching;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where providers are looked for. Safe for use by any thread; waits for other nodes. */
public interface Market {

    /**
     * Those that fit.
     *
     * @throws IOException if nobody could be asked
     */
    Page find(Query query) throws IOException, InterruptedException;

    /**
     * Some of those that fit.
     *
     * @param next where the next page begins; empty: this is the last
     */
    record Page(List<Match> matches, Optional<String> next) {

        public Page {
            matches = List.copyOf(matches);
        }
    }
}
