package org.flowshield.node.payment.session;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.node.payment.CreditWindow;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.Service;
import org.flowshield.node.payment.wire.SignedOffer;
import org.jspecify.annotations.Nullable;

/**
 * A provider's offers: the one that holds now, made anew when half of its time is over or something
 * else is served, and the one before, which a client may still have in mind. Guarded by itself.
 */
public final class OfferBook {

    private PayeeSettings settings;
    private final ChannelDomain channels;
    private final PrivateKey key;
    private final InstantSource clock;
    private @Nullable SignedOffer current;
    private @Nullable SignedOffer before;
    private long sequence;
    private boolean stale;

    /**
     * @param key of the node; stays the caller's to close
     */
    public OfferBook(
            PayeeSettings settings, ChannelDomain channels, PrivateKey key, InstantSource clock) {
        this.settings = settings;
        this.channels = channels;
        this.key = key;
        this.clock = clock;
    }

    /** Says from now on that this is served. */
    public synchronized void serves(Service service) {
        if (!service.equals(settings.service())) {
            settings = settings.with(service);
            stale = true;
        }
    }

    /** Asks for that from now on; sessions that are open go on at the price that they agreed to. */
    public synchronized void asks(PayeeSettings now) {
        if (!now.equals(settings)) {
            settings = now;
            stale = true;
        }
    }

    /** What is offered now. */
    public synchronized SignedOffer current() {
        Instant now = clock.instant();
        SignedOffer known = current;
        if (known != null
                && !stale
                && now.plus(settings.validFor().dividedBy(2))
                        .isBefore(known.offer().validUntil())) {
            return known;
        }
        before = known;
        stale = false;
        sequence = Math.max(sequence + 1, now.toEpochMilli());
        SignedOffer made =
                SignedOffer.sign(
                        new Offer(
                                new Bytes32(key.publicKey().data()),
                                settings.payee(),
                                channels,
                                settings.price(),
                                CreditWindow.FIRST,
                                settings.maxWindow(),
                                settings.minDeposit(),
                                now.plus(settings.validFor()).truncatedTo(ChronoUnit.SECONDS),
                                sequence,
                                settings.service()),
                        key);
        current = made;
        return made;
    }

    /** The offer of this hash, if it still holds. */
    public synchronized Optional<SignedOffer> find(Bytes32 hash) {
        SignedOffer now = current();
        if (now.hash().equals(hash)) {
            return Optional.of(now);
        }
        return Optional.ofNullable(before)
                .filter(offer -> offer.hash().equals(hash))
                .filter(offer -> offer.offer().isValidAt(clock.instant()));
    }
}
