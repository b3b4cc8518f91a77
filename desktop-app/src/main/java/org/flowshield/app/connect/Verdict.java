package org.flowshield.app.connect;

import java.time.Instant;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.api.payment.Quote;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a price: whether it is paid as it was agreed before, or a person has to look at
 * it first. Immutable.
 */
sealed interface Verdict {

    /**
     * Connect and ask nobody.
     *
     * @param price that the request agrees to; null: there is none
     */
    record Connect(ConnectRequest request, @Nullable TokenAmount price) implements Verdict {}

    /** It can't be paid yet. */
    record Blocked(Obstacle obstacle) implements Verdict {}

    /** Somebody has to agree to it. */
    record Agree(TokenAmount price) implements Verdict {}

    /** Of a price, while the node can pay so much. */
    static Verdict of(Prices.Answer answer, PaymentStatus payment, Instant now) {
        Quote quote = answer.quote();
        TokenAmount price = quote.pricePerGib();
        if (quote.free() || price == null) {
            return new Connect(answer.target().request(null), null);
        }
        Optional<Obstacle> obstacle = Obstacle.of(payment, quote, now);
        if (obstacle.isPresent()) {
            return new Blocked(obstacle.get());
        }
        return quote.withinMaxPrice() && quote.warning() == null
                ? new Connect(answer.target().request(price), price)
                : new Agree(price);
    }
}
