package org.flowshield.contracts.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import org.flowshield.contracts.evm.MalformedAmountException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenAmountTest {

    private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(128);

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1000000000000000000",
        "12.5, 12500000000000000000",
        "0.000000000000000001, 1",
        "007.50, 7500000000000000000"
    })
    void reads_coins_and_decimals(String text, BigInteger units) throws MalformedAmountException {
        assertThat(TokenAmount.parse(text).units()).isEqualTo(units);
    }

    @ParameterizedTest
    @CsvSource({
        "12500000000000000000, 12.5",
        "1, 0.000000000000000001",
        "0, 0",
        "100000000000000000000, 100"
    })
    void writes_the_shortest_text_that_reads_back(BigInteger units, String text)
            throws MalformedAmountException {
        TokenAmount amount = new TokenAmount(units);
        assertThat(amount.decimal()).isEqualTo(text);
        assertThat(amount).hasToString(text + " FLOW");
        assertThat(TokenAmount.parse(amount.decimal())).isEqualTo(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1,5", ".5", "5.", "1e3", "+1", "0x10", "1 FLOW", "١"})
    void refuses_what_is_no_number(String text) {
        assertThat(reason(text)).isEqualTo(Reason.NOT_A_NUMBER);
    }

    @Test
    void says_what_else_is_wrong() {
        assertThat(reason("-1")).isEqualTo(Reason.NEGATIVE);
        assertThat(reason("1.0000000000000000001")).isEqualTo(Reason.TOO_MANY_DECIMALS);
        assertThat(reason("340282366920938463464")).isEqualTo(Reason.TOO_LARGE);
        assertThat(reason("9".repeat(1000))).isEqualTo(Reason.NOT_A_NUMBER);
    }

    @Test
    void stays_between_nothing_and_its_limit() {
        assertThatThrownBy(() -> new TokenAmount(BigInteger.valueOf(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenAmount(LIMIT))
                .isInstanceOf(IllegalArgumentException.class);
        TokenAmount most = new TokenAmount(LIMIT.subtract(BigInteger.ONE));
        assertThatThrownBy(() -> most.plus(TokenAmount.of(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TokenAmount.of(1).minus(TokenAmount.of(2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void is_counted_and_compared() {
        TokenAmount one = TokenAmount.of(1);
        TokenAmount three = TokenAmount.of(3);
        assertThat(one.plus(three)).isEqualTo(TokenAmount.of(4));
        assertThat(three.minus(one)).isEqualTo(TokenAmount.of(2));
        assertThat(one.min(three)).isEqualTo(one);
        assertThat(one.max(three)).isEqualTo(three);
        assertThat(three).isGreaterThan(one);
        assertThat(three.isMoreThan(three)).isFalse();
    }

    private static Reason reason(String text) {
        return catchThrowableOfType(MalformedAmountException.class, () -> TokenAmount.parse(text))
                .reason();
    }
}
