package org.flowshield.node.treasury;

import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.payment.SpendingCaps;

/**
 * What the configuration says of spending. What it names is the most that anybody gets out of a
 * running node; what it leaves to its defaults, a user may change either way. Immutable.
 */
public record Limits(Limit perSession, Limit perDay, Limit perMonth) {

    /**
     * One of them.
     *
     * @param said whether the configuration names it, so that it can only be lowered
     */
    public record Limit(TokenAmount amount, boolean said) {

        /** What holds if somebody chose so much, or nobody chose. */
        TokenAmount with(Optional<TokenAmount> chosen) {
            return said ? chosen.map(amount::min).orElse(amount) : chosen.orElse(amount);
        }

        void check(String key, TokenAmount asked) throws RefusedException {
            if (said && asked.isMoreThan(amount)) {
                throw new RefusedException(
                        Kind.REFUSED,
                        new Problem(
                                "above_configured_cap",
                                "the configuration of this daemon allows at most %s here (%s), not %s;"
                                                .formatted(amount, key, asked)
                                        + " nothing was changed",
                                "ask for less, or change " + key + " and restart the daemon"));
            }
        }
    }

    /** The caps that hold with what somebody chose. */
    SpendingCaps with(ChosenCaps chosen) {
        return new SpendingCaps(
                perSession.with(chosen.perSession()),
                perDay.with(chosen.perDay()),
                perMonth.with(chosen.perMonth()));
    }

    void check(SpendingCaps asked) throws RefusedException {
        perSession.check("client.cap-per-session", asked.perSession());
        perDay.check("client.cap-per-day", asked.perDay());
        perMonth.check("client.cap-per-month", asked.perMonth());
    }
}
