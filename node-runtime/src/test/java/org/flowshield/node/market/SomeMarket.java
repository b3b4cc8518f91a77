package org.flowshield.node.market;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.heartbeat.Heartbeat;
import org.flowshield.node.market.heartbeat.SignedHeartbeat;
import org.flowshield.node.market.listing.SignedListing;
import org.flowshield.node.payment.Country;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.Service;
import org.flowshield.node.payment.wire.SignedOffer;

/** Providers of a network that is nowhere. */
public final class SomeMarket {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    public static final MarketNetwork NETWORK =
            new MarketNetwork(new ChannelDomain(new ChainId(31_337), wallet(0xc0ffee)));

    private static final SecureRandom RANDOM = new SecureRandom();

    private SomeMarket() {}

    public static EvmAddress wallet(int number) {
        byte[] bytes = new byte[EvmAddress.LENGTH];
        bytes[0] = 1;
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[EvmAddress.LENGTH - 1 - i] = (byte) (number >> (8 * i));
        }
        return new EvmAddress(bytes);
    }

    /** So many thousandths of a coin. */
    public static TokenAmount milli(long thousandths) {
        return new TokenAmount(BigInteger.valueOf(thousandths).multiply(BigInteger.TEN.pow(15)));
    }

    /** A provider whose terms can be changed, one by one. Its methods return a changed one. */
    public record SomeProvider(
            PrivateKey key,
            MarketNetwork network,
            EvmAddress wallet,
            TokenAmount price,
            String country,
            long bitsPerSecond,
            Instant validUntil,
            long sequence,
            long where) {

        public SomeProvider priced(TokenAmount other) {
            return new SomeProvider(
                    key,
                    network,
                    wallet,
                    other,
                    country,
                    bitsPerSecond,
                    validUntil,
                    sequence,
                    where);
        }

        public SomeProvider in(String other) {
            return new SomeProvider(
                    key, network, wallet, price, other, bitsPerSecond, validUntil, sequence, where);
        }

        public SomeProvider serving(long other) {
            return new SomeProvider(
                    key, network, wallet, price, country, other, validUntil, sequence, where);
        }

        public SomeProvider until(Instant other) {
            return new SomeProvider(
                    key, network, wallet, price, country, bitsPerSecond, other, sequence, where);
        }

        public SomeProvider numbered(long offer, long place) {
            return new SomeProvider(
                    key, network, wallet, price, country, bitsPerSecond, validUntil, offer, place);
        }

        public SomeProvider of(EvmAddress other) {
            return new SomeProvider(
                    key,
                    network,
                    other,
                    price,
                    country,
                    bitsPerSecond,
                    validUntil,
                    sequence,
                    where);
        }

        public SomeProvider on(MarketNetwork other) {
            return new SomeProvider(
                    key, other, wallet, price, country, bitsPerSecond, validUntil, sequence, where);
        }

        public NodeKey node() {
            return NodeKey.of(key.publicKey()).orElseThrow();
        }

        public SignedListing listing() {
            Offer offer =
                    new Offer(
                            node().bytes(),
                            wallet,
                            network.channels(),
                            new Price(price),
                            1 << 18,
                            1 << 22,
                            milli(100),
                            validUntil,
                            sequence,
                            new Service(
                                    bitsPerSecond,
                                    country.isEmpty()
                                            ? Optional.empty()
                                            : Optional.of(new Country(country)),
                                    true,
                                    true,
                                    List.of("/flowshield/tunnel/1.0.0")));
            return SignedListing.sign(SignedOffer.sign(offer, key), List.of(address()), where, key);
        }

        public SignedHeartbeat beat(Instant at, long number) {
            return SignedHeartbeat.sign(
                    new Heartbeat(Bytes32.ZERO, at, number, 3, bitsPerSecond / 2), key);
        }
    }

    private static Multiaddr address() {
        try {
            return Multiaddr.parse("/ip4/203.0.113.7/tcp/4001");
        } catch (MalformedMultiaddrException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One with a key of its own, of the wallet of that number. */
    public static SomeProvider provider(int number) {
        return new SomeProvider(
                PrivateKey.generate(RANDOM),
                NETWORK,
                wallet(number),
                milli(20),
                "NL",
                100_000_000,
                NOW.plus(Duration.ofMinutes(30)),
                1,
                1);
    }
}
