package org.flowshield.node.treasury;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.payment.SpendingCaps;
import org.flowshield.node.treasury.Limits.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LimitsTest {

    /** The day's cap stands in the configuration, the others are defaults. */
    private static final Limits LIMITS =
            new Limits(
                    new Limit(flow("1"), false),
                    new Limit(flow("5"), true),
                    new Limit(flow("50"), false));

    @TempDir private Path folder = Path.of("");

    private static TokenAmount flow(String amount) {
        return MemoryPayments.flow(amount);
    }

    private static SpendingCaps caps(String session, String day, String month) {
        return new SpendingCaps(flow(session), flow(day), flow(month));
    }

    @Test
    void where_nobody_chose_the_configuration_holds() {
        assertThat(LIMITS.with(ChosenCaps.NONE)).isEqualTo(caps("1", "5", "50"));
    }

    @Test
    void defaults_can_be_raised_and_what_is_configured_can_only_be_lowered() throws Exception {
        LIMITS.check(caps("2", "5", "100"));
        assertThat(LIMITS.with(ChosenCaps.of(caps("2", "4", "100"))))
                .isEqualTo(caps("2", "4", "100"));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> LIMITS.check(caps("2", "5.1", "100")))
                .satisfies(
                        e ->
                                assertThat(e.problem().message())
                                        .contains("at most 5 FLOW", "client.cap-per-day"));
    }

    @Test
    void a_configuration_that_was_lowered_later_holds_against_what_was_chosen_before() {
        assertThat(LIMITS.with(ChosenCaps.of(caps("2", "9", "100"))).perDay()).isEqualTo(flow("5"));
    }

    @Test
    void what_was_chosen_outlives_the_process() throws Exception {
        Path file = folder.resolve("caps");
        assertThat(ChosenCaps.read(file)).isEqualTo(ChosenCaps.NONE);
        ChosenCaps chosen = ChosenCaps.of(caps("0.000000000000000001", "0", "7.5"));
        chosen.write(file);
        assertThat(ChosenCaps.read(file)).isEqualTo(chosen);
        ChosenCaps.of(caps("1", "1", "1")).write(file);
        assertThat(ChosenCaps.read(file)).isEqualTo(ChosenCaps.of(caps("1", "1", "1")));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void a_file_that_is_not_what_was_written_is_no_reason_to_spend_more() throws Exception {
        Path file = Files.writeString(folder.resolve("caps"), "per-day=lots\n");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ChosenCaps.read(file))
                .withMessageContaining(file.toString());
    }
}
