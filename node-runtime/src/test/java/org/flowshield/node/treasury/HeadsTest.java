package org.flowshield.node.treasury;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.flowshield.contracts.chain.Head;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.Wei;
import org.junit.jupiter.api.Test;

final class HeadsTest {

    private static final Instant MINED = Instant.parse("2026-03-04T05:06:07Z");
    private static final Head HEAD = new Head(77, Bytes32.ZERO, MINED, Wei.ZERO);

    private static Heads heads(boolean blocksComeByTime, Instant now) {
        return new Heads(() -> HEAD, blocksComeByTime, () -> now);
    }

    @Test
    void a_block_that_is_young_enough_is_the_newest() throws Exception {
        assertThat(heads(true, MINED.plus(Heads.STALE_AFTER)).fresh()).isEqualTo(HEAD);
        assertThat(heads(true, MINED.minusSeconds(90)).fresh()).isEqualTo(HEAD);
    }

    @Test
    void an_old_block_is_no_news_and_says_how_old_it_is() {
        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> heads(true, MINED.plus(Heads.STALE_AFTER).plusMillis(1)).fresh())
                .withMessageContaining("77")
                .withMessageContaining("5 minutes ago")
                .satisfies(
                        e -> {
                            assertThat(e.kind()).isEqualTo(RpcException.Kind.STALE);
                            assertThat(e.passes()).isTrue();
                        });
    }

    @Test
    void where_blocks_come_with_transactions_alone_their_age_says_nothing() throws Exception {
        assertThat(heads(false, MINED.plusSeconds(86_400)).fresh()).isEqualTo(HEAD);
    }

    @Test
    void a_chain_that_does_not_answer_is_said_as_it_is() {
        RpcException away = new RpcException(RpcException.Kind.TIMEOUT, "no answer");
        Heads heads =
                new Heads(
                        () -> {
                            throw away;
                        },
                        true,
                        () -> MINED);
        assertThatExceptionOfType(RpcException.class).isThrownBy(heads::fresh).isSameAs(away);
    }
}
