package org.flowshield.node.desk.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Set;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.wallet.history.Coin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of an address and an amount while they are typed. */
final class TypedMoneyTest {

    private static final String BOB = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
    private static final String CONTRACT = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65";

    private static AddressCheck address(String typed) throws Exception {
        return AddressCheck.of(typed, Set.of(EvmAddress.parse(CONTRACT)));
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY",
        "bob.eth, NO_PREFIX",
        "90F79bf6EB2c4f870365E785982E1f101E93b906, NO_PREFIX",
        "0x90F79bf6EB2c4f870365E785982E1f101E93b9, TOO_SHORT",
        "0x90F79bf6EB2c4f870365E785982E1f101E93b90611, TOO_LONG",
        "0x90F79bf6EB2c4f870365E785982E1f101E93b90g, NOT_HEX",
        "0x90f79bf6EB2c4f870365E785982E1f101E93b906, CHECKSUM",
        "0x0000000000000000000000000000000000000000, NOBODYS",
        "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65, NETWORK_CONTRACT",
        "0x15d34aaf54267db7d7c367839aaf71a00a2c6a65, NETWORK_CONTRACT",
    })
    void what_is_wrong_with_an_address_is_named(String typed, AddressCheck.Fault fault)
            throws Exception {
        assertThat(address(typed))
                .isInstanceOfSatisfying(
                        AddressCheck.Bad.class,
                        bad -> {
                            assertThat(bad.fault()).isEqualTo(fault);
                            assertThat(bad.message()).isNotBlank();
                        });
    }

    @Test
    void an_address_without_capitals_is_good_and_has_no_checksum() throws Exception {
        EvmAddress bob = EvmAddress.parse(BOB);
        assertThat(address("  " + BOB + "\n")).isEqualTo(new AddressCheck.Good(bob, true));
        assertThat(address(BOB.toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(new AddressCheck.Good(bob, false));
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY",
        "'1,5', NOT_A_NUMBER",
        "all, NOT_A_NUMBER",
        "-1, NEGATIVE",
        "0.0, ZERO",
        "1.0000000000000000001, TOO_MANY_DECIMALS",
        "1000000000000000000000000000000000000000, TOO_LARGE",
        "2.000000000000000001, ABOVE_BALANCE",
    })
    void what_is_wrong_with_an_amount_is_named(String typed, AmountCheck.Fault fault)
            throws Exception {
        assertThat(AmountCheck.flow(typed, TokenAmount.parse("2"), EvmAddress.parse(BOB)))
                .isInstanceOfSatisfying(
                        AmountCheck.Bad.class,
                        bad -> {
                            assertThat(bad.fault()).isEqualTo(fault);
                            assertThat(bad.message()).isNotBlank();
                        });
    }

    @Test
    void all_that_there_is_can_be_sent_and_an_unknown_balance_forbids_nothing() throws Exception {
        BigInteger two = TokenAmount.parse("2").units();
        assertThat(AmountCheck.flow("2", TokenAmount.parse("2"), EvmAddress.parse(BOB)))
                .isEqualTo(new AmountCheck.Good(two, Coin.FLOW));
        assertThat(AmountCheck.of(" 2 ", Coin.GAS, null, "ETH", BOB))
                .isEqualTo(new AmountCheck.Good(two, Coin.GAS));
    }
}
