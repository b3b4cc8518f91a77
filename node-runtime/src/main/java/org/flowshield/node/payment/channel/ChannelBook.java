package org.flowshield.node.payment.channel;

import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.payment.ChannelView;
import org.flowshield.node.payment.CreditWindow;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.wire.SignedOffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's channels, one to each provider, used again in each session. A channel is written down
 * before it is opened, so that none is lost. Waits for ledger and chain; one thread at a time
 * opens.
 */
public final class ChannelBook {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelBook.class);

    private final PayerSettings settings;
    private final SessionSigner signer;
    private final ChannelChain chain;
    private final Ledger ledger;
    private final SecureRandom random;

    /** The signer and the chain stay the caller's to close. */
    public ChannelBook(
            PayerSettings settings,
            SessionSigner signer,
            ChannelChain chain,
            Ledger ledger,
            SecureRandom random) {
        this.settings = settings;
        this.signer = signer;
        this.chain = chain;
        this.ledger = ledger;
        this.random = random;
    }

    /** The channel to a provider, if there is one that can be used: the one with the most left. */
    public Optional<ChannelRecord> find(Offer offer) throws LedgerException {
        Optional<ChannelRecord> best = Optional.empty();
        TokenAmount most = TokenAmount.ZERO;
        for (ChannelRecord channel : ledger.channels(Side.PAYER)) {
            if (!isFor(channel, offer)) {
                continue;
            }
            TokenAmount left = left(channel);
            if (best.isEmpty() || left.isMoreThan(most)) {
                best = Optional.of(channel);
                most = left;
            }
        }
        return best;
    }

    /** What the vouchers that were signed leave of a channel's deposit. */
    public TokenAmount left(ChannelRecord channel) throws LedgerException {
        TokenAmount signed =
                ledger.latest(channel.id(), Side.PAYER)
                        .map(latest -> latest.voucher().cumulative())
                        .orElse(TokenAmount.ZERO)
                        .max(channel.claimed());
        return signed.isMoreThan(channel.deposit())
                ? TokenAmount.ZERO
                : channel.deposit().minus(signed);
    }

    /**
     * What would be taken from the purse before a session begins: for a new channel, or for one in
     * which less is left than the provider asks for at the least. By what the ledger knows.
     */
    public TokenAmount toLock(Offer offer) throws LedgerException {
        Optional<ChannelRecord> known = find(offer);
        TokenAmount left = known.isPresent() ? left(known.orElseThrow()) : TokenAmount.ZERO;
        return left.compareTo(offer.minDeposit()) < 0 ? whole(offer).minus(left) : TokenAmount.ZERO;
    }

    /** What is in a channel when a session begins with a new or a refilled one. */
    private TokenAmount whole(Offer offer) {
        return settings.deposit().max(offer.minDeposit());
    }

    private boolean isFor(ChannelRecord channel, Offer offer) {
        return channel.domain().equals(offer.channels())
                && channel.key().payee().equals(offer.payee())
                && channel.key().payer().equals(settings.purse())
                && channel.key().signer().equals(signer.address())
                && (channel.status() == ChannelRecord.Status.OPEN
                        || channel.status() == ChannelRecord.Status.OPENING);
    }

    /**
     * The channel to a provider, opened or topped up if need be.
     *
     * @param provider remembered with a new channel
     */
    public synchronized ChannelRecord channelTo(SignedOffer signed, PeerId provider)
            throws LedgerException, ChainException, InterruptedException {
        Offer offer = signed.offer();
        Optional<ChannelRecord> known = find(offer);
        if (known.isPresent()) {
            ChannelRecord channel = known.orElseThrow();
            Optional<ChannelRecord> usable = usable(channel, signed);
            if (usable.isPresent()) {
                return usable.orElseThrow();
            }
        }
        return open(signed, provider);
    }

    /** As the chain shows it; empty if it is closed, or closing. */
    private Optional<ChannelRecord> usable(ChannelRecord channel, SignedOffer signed)
            throws LedgerException, ChainException, InterruptedException {
        ChannelView view;
        try {
            view = chain.view(channel.key());
        } catch (ChainException e) {
            if (channel.status() == ChannelRecord.Status.OPEN) {
                return Optional.of(channel); // the provider will look for itself
            }
            throw e;
        }
        return switch (view.status()) {
            case OPEN -> Optional.of(enough(channel, view, signed));
            case NONE -> {
                if (channel.status() == ChannelRecord.Status.OPENING) {
                    // Its opening failed, or was never handed in: the same channel, anew.
                    yield Optional.of(opened(channel, channel.deposit()));
                }
                put(channel, view, ChannelRecord.Status.CLOSED);
                yield Optional.empty();
            }
            case CLOSING -> Optional.empty(); // it has to be finished yet, when its day is over
            case CLOSED -> {
                put(channel, view, ChannelRecord.Status.CLOSED);
                yield Optional.empty();
            }
        };
    }

    private ChannelRecord enough(ChannelRecord channel, ChannelView view, SignedOffer signed)
            throws LedgerException, ChainException, InterruptedException {
        ChannelRecord now = put(channel, view, ChannelRecord.Status.OPEN);
        TokenAmount asked = signed.offer().minDeposit();
        TokenAmount left = left(now);
        if (left.compareTo(asked) >= 0) {
            return now;
        }
        TokenAmount whole = whole(signed.offer());
        try {
            requireAffordable(whole);
            chain.topUp(channel.key(), whole.minus(left));
        } catch (ChainException e) {
            if (left.isZero() || view.deposit().compareTo(asked) < 0) {
                throw e;
            }
            LOG.warn(
                    "a channel in which {} are left could not be topped up, the session begins with"
                            + " that: {}",
                    left,
                    e.getMessage());
            return now;
        }
        return put(now, chain.view(channel.key()), ChannelRecord.Status.OPEN);
    }

    private ChannelRecord open(SignedOffer signed, PeerId provider)
            throws LedgerException, ChainException, InterruptedException {
        Offer offer = signed.offer();
        TokenAmount deposit = whole(offer);
        requireAffordable(deposit);
        byte[] salt = new byte[Bytes32.LENGTH];
        random.nextBytes(salt);
        ChannelRecord channel =
                new ChannelRecord(
                        new ChannelKey(
                                settings.purse(),
                                offer.payee(),
                                signer.address(),
                                new Bytes32(salt)),
                        offer.channels(),
                        Side.PAYER,
                        Optional.of(provider),
                        signed.hash(),
                        deposit,
                        TokenAmount.ZERO,
                        0,
                        ChannelRecord.Status.OPENING,
                        Optional.empty());
        ledger.put(channel);
        return opened(channel, deposit);
    }

    private ChannelRecord opened(ChannelRecord channel, TokenAmount deposit)
            throws LedgerException, ChainException, InterruptedException {
        chain.open(channel.key(), deposit, channel.offerHash());
        return put(channel, chain.view(channel.key()), ChannelRecord.Status.OPEN);
    }

    private void requireAffordable(TokenAmount deposit) throws ChainException {
        if (deposit.isMoreThan(settings.mostDeposit())) {
            throw new ChainException(
                    ChainException.Reason.REJECTED,
                    "the provider asks for a deposit of %s, the limit is %s"
                            .formatted(deposit, settings.mostDeposit()));
        }
    }

    /** Writes down what the chain shows. */
    public ChannelRecord put(ChannelRecord channel, ChannelView view, ChannelRecord.Status status)
            throws LedgerException {
        ChannelRecord now =
                new ChannelRecord(
                        channel.key(),
                        channel.domain(),
                        channel.side(),
                        channel.peer(),
                        channel.offerHash(),
                        view.deposit().max(channel.deposit()),
                        view.claimed().max(channel.claimed()),
                        channel.openedBlock(),
                        status,
                        Optional.empty());
        ledger.put(now);
        return now;
    }

    /** All that can be used, the fullest first. */
    public List<ChannelRecord> open() throws LedgerException {
        return ledger.channels(Side.PAYER).stream()
                .filter(channel -> channel.status() == ChannelRecord.Status.OPEN)
                .filter(channel -> channel.key().signer().equals(signer.address()))
                .sorted(Comparator.comparing(ChannelRecord::deposit).reversed())
                .toList();
    }

    /**
     * The channel to a provider that pays for a session without anybody asking the chain: open as
     * far as is known, with the deposit that is asked for, and something left in it. Whether the
     * chain has it so is for the provider to look at.
     */
    public Optional<ChannelRecord> ready(Offer offer) throws LedgerException {
        TokenAmount least = offer.price().cost(CreditWindow.FIRST);
        for (ChannelRecord channel : ledger.channels(Side.PAYER)) {
            if (channel.status() == ChannelRecord.Status.OPEN
                    && isFor(channel, offer)
                    && channel.deposit().compareTo(offer.minDeposit()) >= 0
                    && channel.deposit().isMoreThan(spent(channel).plus(least))) {
                return Optional.of(channel);
            }
        }
        return Optional.empty();
    }

    private TokenAmount spent(ChannelRecord channel) throws LedgerException {
        return ledger.latest(channel.id(), Side.PAYER)
                .map(last -> last.voucher().cumulative())
                .orElse(TokenAmount.ZERO)
                .max(channel.claimed());
    }
}
