package org.flowshield.node.market;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.libp2p.multiformats.Multihash;
import org.flowshield.node.payment.Country;

/**
 * The names under which one network's market is told and found: markets of different contracts
 * never mix, whichever peers they share. Immutable.
 *
 * @param channels the contract that its offers are paid through
 */
public record MarketNetwork(ChannelDomain channels) {

    private String name() {
        return channels.chain().value()
                + "/"
                + channels.contract().toString().toLowerCase(Locale.ROOT);
    }

    /** Where listings are told by pubsub. */
    public String listings() {
        return "/flowshield/" + name() + "/listings/1";
    }

    /** Where heartbeats are told by pubsub. */
    public String heartbeats() {
        return "/flowshield/" + name() + "/heartbeats/1";
    }

    /** Where it is told that a node was revoked: a hint to look at the chain, and no more. */
    public String revocations() {
        return "/flowshield/" + name() + "/revocations/1";
    }

    /**
     * Under which providers announce themselves in the DHT.
     *
     * @param country empty: wherever they are; each provider announces itself under that as well
     */
    public Multihash capability(Optional<Country> country) {
        String key =
                "flowshield provider 1\n" + name() + "\n" + country.map(Country::code).orElse("*");
        return Multihash.sha256(key.getBytes(StandardCharsets.US_ASCII));
    }

    /** Under which fullnodes announce themselves in the DHT. */
    public Multihash fullnodes() {
        return Multihash.sha256(
                ("flowshield fullnode 1\n" + name()).getBytes(StandardCharsets.US_ASCII));
    }
}
