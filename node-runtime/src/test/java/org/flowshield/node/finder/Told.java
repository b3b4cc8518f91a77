package org.flowshield.node.finder;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.heartbeat.Heartbeat;
import org.flowshield.node.market.heartbeat.SignedHeartbeat;
import org.flowshield.node.market.listing.SignedListing;
import org.flowshield.node.payment.Country;
import org.flowshield.node.payment.CreditWindow;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.Service;
import org.flowshield.node.payment.wire.SignedOffer;

/** What a provider tells the market, as a test wants it. Immutable; the key is a throw-away one. */
record Told(
        PrivateKey key,
        EvmAddress payee,
        ChannelDomain network,
        String price,
        long megabits,
        String country,
        Instant until,
        long sequence,
        List<Multiaddr> addresses) {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    static Told by(EvmAddress payee) {
        return new Told(
                PrivateKey.generate(new SecureRandom()),
                payee,
                Parties.DOMAIN,
                "0.02",
                500,
                "NL",
                NOW.plus(Duration.ofHours(24)),
                5,
                List.of(at("/ip4/203.0.113.7/tcp/4001")));
    }

    static Multiaddr at(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (MalformedMultiaddrException e) {
            throw new IllegalArgumentException(e);
        }
    }

    Told in(ChannelDomain other) {
        return new Told(key, payee, other, price, megabits, country, until, sequence, addresses);
    }

    Told price(String asked) {
        return new Told(key, payee, network, asked, megabits, country, until, sequence, addresses);
    }

    Told megabits(long claimed) {
        return new Told(key, payee, network, price, claimed, country, until, sequence, addresses);
    }

    Told country(String claimed) {
        return new Told(key, payee, network, price, megabits, claimed, until, sequence, addresses);
    }

    Told until(Instant end) {
        return new Told(key, payee, network, price, megabits, country, end, sequence, addresses);
    }

    Told sequence(long number) {
        return new Told(key, payee, network, price, megabits, country, until, number, addresses);
    }

    Told at(Multiaddr... where) {
        return new Told(
                key, payee, network, price, megabits, country, until, sequence, List.of(where));
    }

    NodeKey node() {
        return NodeKey.of(key.publicKey()).orElseThrow();
    }

    PeerId peer() {
        return PeerId.of(key.publicKey());
    }

    Offer offer() {
        return new Offer(
                node().bytes(),
                payee,
                network,
                new Price(Parties.flow(price)),
                CreditWindow.FIRST,
                CreditWindow.MOST,
                Parties.flow("0.001"),
                until,
                sequence,
                new Service(
                        megabits * 1_000_000,
                        Optional.of(new Country(country)),
                        true,
                        false,
                        List.of("/flowshield/tunnel/1.0.0")));
    }

    SignedOffer signedOffer() {
        return SignedOffer.sign(offer(), key);
    }

    SignedListing listing() {
        return SignedListing.sign(signedOffer(), addresses, sequence, key);
    }

    SignedHeartbeat beat(long number, Instant sentAt) {
        Bytes32 hash = signedOffer().hash();
        return SignedHeartbeat.sign(new Heartbeat(hash, sentAt, number, 3, 200_000_000), key);
    }
}
