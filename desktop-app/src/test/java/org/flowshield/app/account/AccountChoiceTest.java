package org.flowshield.app.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.flowshield.app.testkit.Wallets;
import org.flowshield.node.desk.wallet.WalletState;
import org.junit.jupiter.api.Test;

final class AccountChoiceTest {

    private final AccountChoice choice = new AccountChoice();

    @Test
    void the_first_acts_where_nobody_says_otherwise() {
        choice.know(Wallets.twoAccounts());
        assertThat(choice.address()).isEqualTo(Wallets.OWN);
        assertThat(choice.known().get()).hasSize(2);
    }

    @Test
    void the_one_that_is_in_use_acts_before_the_first() {
        choice.know(Wallets.twoAccounts());
        choice.suggest(Wallets.OTHER);
        assertThat(choice.address()).isEqualTo(Wallets.OTHER);
        choice.suggest(null);
        choice.suggest(Wallets.TOKEN);
        assertThat(choice.address()).as("nobody of this wallet").isEqualTo(Wallets.OTHER);
    }

    @Test
    void what_a_person_chose_stays_when_the_page_is_looked_at_again() {
        choice.know(Wallets.twoAccounts());
        choice.choose(Wallets.SECOND);
        choice.know(Wallets.twoAccounts());
        choice.suggest(Wallets.OWN);
        assertThat(choice.address()).isEqualTo(Wallets.OTHER);
    }

    @Test
    void an_account_that_is_gone_does_not_act() {
        choice.know(Wallets.twoAccounts());
        choice.choose(Wallets.SECOND);
        choice.know(Wallets.locked());
        assertThat(choice.address()).isEqualTo(Wallets.OWN);
        choice.know(new WalletState.None(Wallets.FOLDER));
        assertThat(choice.address()).isNull();
    }
}
