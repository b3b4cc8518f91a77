package org.flowshield.app.providers;

import org.flowshield.node.api.market.FoundProvider;

/**
 * A line of the table. Immutable.
 *
 * @param country its name in the chosen language, or that it is not known
 */
record Row(FoundProvider provider, String country, boolean favourite) {

    String peerId() {
        return provider.peerId();
    }
}
