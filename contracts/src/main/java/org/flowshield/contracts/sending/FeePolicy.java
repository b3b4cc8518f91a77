package org.flowshield.contracts.sending;

import java.math.BigInteger;
import java.util.List;
import org.flowshield.contracts.chain.FeeHistory;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.Rejection;
import org.flowshield.contracts.evm.Wei;

/** What is offered for gas. Pure. */
final class FeePolicy {

    /** Room for the base fee to rise by an eighth for each of the next six blocks (EIP-1559). */
    private static final int BASE_FEE_ROOM = 2;

    /** Nodes take a replacement that pays a tenth more; a quarter more also moves it forward. */
    private static final int BUMP_NUMERATOR = 5;

    private static final int BUMP_DENOMINATOR = 4;

    /** Where nobody tipped lately, a tenth of the base fee is plenty. */
    private static final int EMPTY_CHAIN_TIP_PART = 10;

    private final SenderSettings settings;

    FeePolicy(SenderSettings settings) {
        this.settings = settings;
    }

    Fees quote(FeeHistory history) throws RejectedException {
        Wei priority = tip(history).min(settings.maxPriority());
        Wei base = history.nextBaseFee();
        Wei wanted = times(base, BASE_FEE_ROOM).plus(priority);
        if (base.plus(priority).isMoreThan(settings.maxFee())) {
            throw tooDear(base.plus(priority));
        }
        return new Fees(wanted.min(settings.maxFee()), priority);
    }

    /** What a stuck transaction is offered next: enough to replace it, and what is asked now. */
    Fees raise(Fees before, FeeHistory history) throws RejectedException {
        Fees now = quote(history);
        Wei priority = now.priority().max(bumped(before.priority()));
        Wei max = now.max().max(bumped(before.max()));
        if (max.isMoreThan(settings.maxFee())) {
            throw tooDear(max);
        }
        return new Fees(max, priority);
    }

    private RejectedException tooDear(Wei price) {
        return new RejectedException(
                Rejection.Kind.TOO_DEAR,
                "gas costs "
                        + price.in(settings.gasSymbol())
                        + " a unit now, more than the "
                        + settings.maxFee().in(settings.gasSymbol())
                        + " that are allowed. Nothing was sent; try again when the chain is"
                        + " less busy");
    }

    private static Wei tip(FeeHistory history) {
        List<Wei> tips = history.tips().stream().sorted().toList();
        return tips.isEmpty()
                ? new Wei(
                        history.nextBaseFee()
                                .units()
                                .divide(BigInteger.valueOf(EMPTY_CHAIN_TIP_PART)))
                : tips.get(tips.size() / 2);
    }

    private static Wei bumped(Wei fee) {
        BigInteger more =
                fee.units()
                        .multiply(BigInteger.valueOf(BUMP_NUMERATOR))
                        .divide(BigInteger.valueOf(BUMP_DENOMINATOR))
                        .add(BigInteger.ONE);
        return new Wei(more);
    }

    private static Wei times(Wei amount, int factor) {
        return new Wei(amount.units().multiply(BigInteger.valueOf(factor)));
    }
}
