package org.flowshield.node.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.flowshield.contracts.evm.TokenAmount;
import org.junit.jupiter.api.Test;

final class PriceTest {

    @Test
    void a_gibibyte_costs_the_price() {
        Price price = new Price(Parties.flow("0.25"));

        assertThat(price.cost(1L << 30)).isEqualTo(Parties.flow("0.25"));
        assertThat(price.cost(0)).isEqualTo(TokenAmount.ZERO);
        assertThat(price).hasToString("0.25 FLOW per GiB");
    }

    @Test
    void a_part_of_the_smallest_part_is_rounded_up() {
        Price price = new Price(Parties.units(1));

        assertThat(price.cost(1)).isEqualTo(Parties.units(1));
        assertThat(price.cost((1L << 30) + 1)).isEqualTo(Parties.units(2));
    }

    @Test
    void what_an_amount_pays_for_costs_no_more_and_what_was_paid_pays_for_all() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            Price price =
                    new Price(Parties.units(1 + (random.nextLong() >>> (1 + random.nextInt(60)))));
            long bytes = random.nextLong() >>> (1 + random.nextInt(40));
            TokenAmount amount = Parties.units(random.nextLong() >>> (1 + random.nextInt(60)));

            assertThat(price.cost(price.bytesFor(amount)))
                    .as("%s for %s", price, amount)
                    .isLessThanOrEqualTo(amount);
            assertThat(price.bytesFor(price.cost(bytes)))
                    .as("%s for %d bytes", price, bytes)
                    .isGreaterThanOrEqualTo(bytes);
        }
    }

    @Test
    void the_most_expensive_gibibytes_still_have_a_cost() {
        Price price = new Price(Price.MOST);

        assertThat(price.cost(Long.MAX_VALUE)).isGreaterThan(Price.MOST);
        assertThat(
                        price.bytesFor(
                                new TokenAmount(
                                        java.math.BigInteger.TWO
                                                .pow(128)
                                                .subtract(java.math.BigInteger.ONE))))
                .isPositive();
        assertThat(new Price(Parties.units(1)).bytesFor(Price.MOST)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void nothing_is_no_price() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Price(TokenAmount.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Price(Price.MOST.plus(Parties.units(1))));
        assertThatIllegalArgumentException().isThrownBy(() -> Parties.PRICE.cost(-1));
    }
}
