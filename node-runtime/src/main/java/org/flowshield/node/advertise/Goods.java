package org.flowshield.node.advertise;

import java.util.Optional;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.payment.Country;
import org.flowshield.node.payment.session.OfferBook;

/**
 * What a provider goes to the market with.
 *
 * @param network to whose market
 * @param offers what it asks for
 * @param key of the node, which signs all of it; stays the owner's to close
 * @param country where it says that its clients are taken to be
 */
public record Goods(
        MarketNetwork network, OfferBook offers, PrivateKey key, Optional<Country> country) {}
