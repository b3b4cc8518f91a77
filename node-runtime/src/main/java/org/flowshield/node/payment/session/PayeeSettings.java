package org.flowshield.node.payment.session;

import java.time.Duration;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.payment.CreditWindow;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.Service;

/**
 * What a provider asks for. Immutable.
 *
 * @param payee whose money it will be
 * @param maxWindow bytes served ahead of payment at the most
 * @param minDeposit that a channel must hold at the least
 * @param validFor how long an offer stands; renewed at half of it
 * @param service what it says that it serves
 */
public record PayeeSettings(
        EvmAddress payee,
        Price price,
        long maxWindow,
        TokenAmount minDeposit,
        Duration validFor,
        Service service) {

    /** Who wants a session asks anew: an old price does not follow a provider for longer. */
    public static final Duration VALID_FOR = Duration.ofMinutes(30);

    /** The usual windows; a channel must hold what a GiB costs. */
    public static PayeeSettings of(EvmAddress payee, Price price) {
        return new PayeeSettings(
                payee, price, CreditWindow.MOST, price.perGiB(), VALID_FOR, Service.UNSAID);
    }

    /** The same of a provider that says what it serves. */
    public PayeeSettings with(Service said) {
        return new PayeeSettings(payee, price, maxWindow, minDeposit, validFor, said);
    }
}
