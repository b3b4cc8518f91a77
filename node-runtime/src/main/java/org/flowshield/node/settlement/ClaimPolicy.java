package org.flowshield.node.settlement;

import java.math.BigInteger;
import java.util.List;
import org.flowshield.contracts.channels.ChannelStatus;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;

/**
 * Decides which vouchers are redeemed now. Pure. Immutable.
 *
 * @param costFactor a voucher is redeemed when it brings so many times what that costs
 * @param gasCoinWorth what one gas coin is worth in FLOW: no chain says it, the operator does
 */
public record ClaimPolicy(int costFactor, TokenAmount gasCoinWorth) {

    /** Then gas takes at most 2 percent of what is earned. */
    public static final int COST_FACTOR = 50;

    private static final BigInteger COIN = BigInteger.TEN.pow(18);

    /** Why vouchers are redeemed. */
    public enum Occasion {
        /** As a matter of course: what is worth it, and what would be lost. */
        ROUTINE,
        /** The node stops and may not come back in time: all that brings more than it costs. */
        LEAVING,
        /** A person asked for it: all that brings anything. */
        ASKED
    }

    public ClaimPolicy {
        if (costFactor < 1) {
            throw new IllegalArgumentException("nothing is redeemed at a loss");
        }
    }

    public static ClaimPolicy of(TokenAmount gasCoinWorth) {
        return new ClaimPolicy(COST_FACTOR, gasCoinWorth);
    }

    /**
     * Those that are due.
     *
     * @param cost of redeeming one of them
     */
    List<Claimable> due(List<Claimable> all, Wei cost, Occasion occasion) {
        TokenAmount once = inFlow(cost, 1);
        TokenAmount enough = inFlow(cost, costFactor);
        return all.stream().filter(one -> isDue(one, once, enough, occasion)).toList();
    }

    private static boolean isDue(
            Claimable one, TokenAmount once, TokenAmount enough, Occasion occasion) {
        TokenAmount payable = one.payable();
        if (payable.isZero()) {
            return false;
        }
        boolean ending = one.state().status() == ChannelStatus.CLOSING;
        return switch (occasion) {
            case ASKED -> true;
            case LEAVING -> payable.isMoreThan(once);
            case ROUTINE -> payable.compareTo(enough) >= 0 || (ending && payable.isMoreThan(once));
        };
    }

    private TokenAmount inFlow(Wei cost, int times) {
        return new TokenAmount(
                cost.units()
                        .multiply(gasCoinWorth.units())
                        .multiply(BigInteger.valueOf(times))
                        .divide(COIN));
    }
}
