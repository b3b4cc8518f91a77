package org.flowshield.node.payment;

import java.time.Instant;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelDomain;

/**
 * What a provider serves for. Immutable; payment.proto says what each part means.
 *
 * @param nodeKey the provider's Ed25519 key
 * @param payee whose money it will be
 * @param channels the contract that vouchers are for
 * @param firstWindow bytes served before the first payment
 * @param maxWindow bytes served ahead of payment at the most
 * @param minDeposit that a channel must hold at the least
 * @param validUntil to the second
 * @param sequence greater in each later offer of the provider
 * @param service what it says that it serves
 */
public record Offer(
        Bytes32 nodeKey,
        EvmAddress payee,
        ChannelDomain channels,
        Price price,
        long firstWindow,
        long maxWindow,
        TokenAmount minDeposit,
        Instant validUntil,
        long sequence,
        Service service) {

    /** Seconds since 1970: in the year 36,812 the clock of this protocol ends. */
    public static final long LAST_SECOND = (1L << 40) - 1;

    public Offer {
        if (payee.isZero() || channels.contract().isZero()) {
            throw new IllegalArgumentException("an offer names a payee and a contract");
        }
        if (firstWindow < CreditWindow.FIRST
                || firstWindow > CreditWindow.UNCONFIRMED
                || maxWindow < firstWindow
                || maxWindow > CreditWindow.MOST) {
            throw new IllegalArgumentException(
                    "no windows: %d to %d bytes".formatted(firstWindow, maxWindow));
        }
        if (minDeposit.isMoreThan(Price.MOST)) {
            throw new IllegalArgumentException("nobody has a deposit of " + minDeposit);
        }
        long second = validUntil.getEpochSecond();
        if (second < 0 || second > LAST_SECOND || validUntil.getNano() != 0 || sequence < 0) {
            throw new IllegalArgumentException("no offer until " + validUntil);
        }
    }

    public boolean isValidAt(Instant now) {
        return now.isBefore(validUntil);
    }

    /**
     * The window that a session begins with.
     *
     * @param paid through its channel before, and covered by the deposit
     */
    public CreditWindow window(TokenAmount paid, boolean confirmed) {
        return CreditWindow.earned(firstWindow, maxWindow, price.bytesFor(paid), confirmed);
    }
}
