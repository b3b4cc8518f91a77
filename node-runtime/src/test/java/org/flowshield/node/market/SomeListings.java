package org.flowshield.node.market;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.ReceivedMessage;
import org.flowshield.libp2p.pubsub.wire.MessageId;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.node.market.listing.SignedListing;
import org.flowshield.node.payment.Country;
import org.flowshield.node.payment.CreditWindow;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.Service;
import org.flowshield.node.payment.wire.SignedOffer;

/** A provider that lists itself. */
public final class SomeListings implements AutoCloseable {

    public static final MarketNetwork NETWORK = new MarketNetwork(Parties.DOMAIN);

    public final PrivateKey key = PrivateKey.generate(new SecureRandom());
    public final PeerId peer = PeerId.of(key.publicKey());

    public SignedOffer offer(long sequence, Instant until) {
        return offer(sequence, until, Parties.DOMAIN);
    }

    public SignedOffer offer(long sequence, Instant until, ChannelDomain channels) {
        return SignedOffer.sign(
                new Offer(
                        new Bytes32(key.publicKey().data()),
                        Parties.PAYEE.address(),
                        channels,
                        Parties.PRICE,
                        CreditWindow.FIRST,
                        CreditWindow.MOST,
                        Parties.OFFER.minDeposit(),
                        until.truncatedTo(ChronoUnit.SECONDS),
                        sequence,
                        new Service(
                                100_000_000,
                                Optional.of(new Country("NL")),
                                true,
                                false,
                                List.of("/flowshield/tunnel/1.0.0"))),
                key);
    }

    public SignedListing listing(long offer, long where, Instant until) {
        return listing(offer(offer, until), where);
    }

    public SignedListing listing(SignedOffer offer, long where) {
        return SignedListing.sign(offer, List.of(address("/ip4/203.0.113.7/tcp/4001")), where, key);
    }

    /** As it comes by pubsub. */
    public static ReceivedMessage message(PeerId author, byte[] data) {
        return message(author, author, data);
    }

    public static ReceivedMessage message(PeerId author, PeerId bringer, byte[] data) {
        return new ReceivedMessage(
                new Topic(NETWORK.listings()),
                new MessageId(ByteString.copyFrom(new byte[] {1})),
                author,
                bringer,
                1,
                data);
    }

    public static Multiaddr address(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (MalformedMultiaddrException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        key.close();
    }
}
