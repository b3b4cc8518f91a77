package org.flowshield.node.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderOffer;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.payment.Country;
import org.flowshield.node.payment.Parties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was chosen while a node ran holds, outlives it, and goes before the configuration. */
final class OwnOfferTest {

    private static final EvmAddress PAYEE = Parties.address(3);
    private static final TokenAmount CHEAP = Parties.flow("0.02");
    private static final TokenAmount DEAR = Parties.flow("0.5");

    @TempDir private Path folder = Path.of("");

    private final List<String> asked = new ArrayList<>();

    /** Remembers what it was told to ask for. */
    private record Told(EvmAddress payee, List<String> asked) implements Till {

        @Override
        public Cashier cashier() {
            return Cashier.NONE;
        }

        @Override
        public void asks(TokenAmount pricePerGib, Optional<Country> country) {
            asked.add(pricePerGib.decimal() + " " + country.map(Country::code).orElse("nowhere"));
        }
    }

    private OwnOffer own(boolean free, ChosenOffer configured, Optional<Problem> broken)
            throws IOException {
        return new OwnOffer(
                new OwnOffer.Terms(free, configured, true, broken),
                folder.resolve("offer"),
                paid -> Optional.of(new Told(paid.payee(), asked)));
    }

    private OwnOffer own() throws IOException {
        return own(false, ChosenOffer.NONE, Optional.empty());
    }

    private static ProviderOffer offer(
            TokenAmount price, EvmAddress payee, String limit, String country) {
        return new ProviderOffer(price, payee, limit, country, true);
    }

    @Test
    void nobody_is_served_before_somebody_has_chosen_and_then_it_outlives_a_restart()
            throws Exception {
        OwnOffer own = own();
        assertThat(own.charge()).isInstanceOf(Charge.Undecided.class);
        assertThat(own.status().problem()).isNotNull();
        own.offer(offer(CHEAP, PAYEE, "50Mbit", "NL"));
        assertThat(own.charge()).isEqualTo(new Charge.Paid(CHEAP, PAYEE));

        OwnOffer again = own();
        assertThat(again.status().offer())
                .isEqualTo(new ProviderOffer(CHEAP, PAYEE, "50 Mbit/s", "NL", true));
        assertThat(again.atStart()).contains(true);
        assertThat(again.status().problem()).isNull();
    }

    @Test
    void a_price_holds_at_once_a_limit_when_the_role_is_switched_on_again() throws Exception {
        OwnOffer own = own();
        own.offer(offer(CHEAP, PAYEE, "50Mbit", "NL"));
        assertThat(own.cashier()).isEqualTo(Cashier.NONE);
        assertThat(own.offer(offer(DEAR, PAYEE, "50Mbit", "DE")).restartNeeded()).isFalse();
        assertThat(asked).containsExactly("0.02 NL", "0.5 DE");
        assertThat(own.offer(offer(DEAR, PAYEE, "60Mbit", "DE")).restartNeeded()).isTrue();
        Cashier _ = own.cashier();
        assertThat(own.status().restartNeeded()).isFalse();
    }

    @Test
    void a_price_that_is_said_to_a_running_node_ends_what_was_given_away() throws Exception {
        OwnOffer own = own(true, ChosenOffer.NONE, Optional.empty());
        assertThat(own.charge()).isEqualTo(new Charge.Free());
        own.offer(offer(CHEAP, PAYEE, "50Mbit", "NL"));
        assertThat(own.charge()).isEqualTo(new Charge.Paid(CHEAP, PAYEE));
    }

    @Test
    void who_would_be_paid_by_what_does_not_work_serves_nobody() throws Exception {
        Problem broken = new Problem("ledger_damaged", "the ledger is damaged", "restore it");
        OwnOffer own = own(false, ChosenOffer.NONE, Optional.of(broken));
        own.offer(offer(CHEAP, PAYEE, "50Mbit", "NL"));
        assertThat(own.charge()).isEqualTo(new Charge.Undecided(broken));
    }

    @Test
    void a_change_that_makes_no_sense_changes_nothing() throws Exception {
        OwnOffer own = own();
        for (ProviderOffer bad :
                List.of(
                        offer(TokenAmount.ZERO, PAYEE, "50Mbit", "NL"),
                        offer(CHEAP, new EvmAddress(new byte[20]), "50Mbit", "NL"),
                        offer(CHEAP, PAYEE, "fast", "NL"),
                        offer(CHEAP, PAYEE, "1bit", "NL"),
                        offer(CHEAP, PAYEE, "50Mbit", "XX"),
                        offer(CHEAP, PAYEE, "50Mbit", "nl"))) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> own.offer(bad))
                    .satisfies(e -> assertThat(e.problem().code()).isEqualTo("bad_offer"));
        }
        assertThat(folder.resolve("offer")).doesNotExist();
    }

    @Test
    void a_file_that_was_not_written_by_it_is_an_error_and_not_a_price() throws Exception {
        Files.writeString(folder.resolve("offer"), "price = a lot\n");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(this::own)
                .withMessageContaining("can't be read");
    }
}
