package org.flowshield.app.wallet.receive;

import static org.assertj.core.api.Assertions.assertThat;

import org.flowshield.app.testkit.Wallets;
import org.junit.jupiter.api.Test;

final class CopiedTest {

    @Test
    void another_address_in_its_place_is_no_accident() {
        assertThat(Copied.of(Wallets.OWN, " " + Wallets.OWN + "\n")).isEqualTo(Copied.SAME);
        assertThat(Copied.of(Wallets.OWN, Wallets.OTHER.toString()))
                .isEqualTo(Copied.OTHER_ADDRESS);
        assertThat(Copied.of(Wallets.OWN, "")).isEqualTo(Copied.OTHER);
        assertThat(Copied.of(Wallets.OWN, Wallets.OWN.toString().substring(0, 41)))
                .isEqualTo(Copied.OTHER);
    }
}
