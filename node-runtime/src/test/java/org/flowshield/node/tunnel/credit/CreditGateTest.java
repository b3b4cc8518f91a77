package org.flowshield.node.tunnel.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.AsynchronousCloseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowshield.node.tunnel.credit.PaidMeter.Metered;
import org.flowshield.tun.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CreditGateTest {

    private final AtomicInteger told = new AtomicInteger();

    private static void carry(CreditGate gate, long bytes) {
        assertThat(gate.takeAll(bytes)).isTrue();
        gate.sent(bytes);
    }

    @Test
    void a_new_gate_without_allowance_lets_nothing_pass() {
        try (CreditGate gate = new CreditGate(0)) {
            assertThat(gate.takeAll(1)).isFalse();
            assertThat(gate.takeOne(1)).isFalse();
            assertThat(gate.takeAll(0)).isTrue();
            assertThat(gate.metered()).isEqualTo(new Metered(0, 0, 0));
        }
    }

    @Test
    void a_batch_passes_below_the_limit_and_one_packet_may_cross_it() {
        try (CreditGate gate = new CreditGate(1000)) {
            assertThat(gate.takeAll(999)).isTrue();
            assertThat(gate.takeAll(2)).isFalse();
            assertThat(gate.blocked()).isFalse();
            assertThat(gate.takeOne(Frame.MAX_PACKET)).isTrue();
            assertThat(gate.takeOne(1)).isFalse();
            assertThat(gate.blocked()).isTrue();
            assertThat(999 + Frame.MAX_PACKET).isEqualTo(1000 + PaidMeter.MAX_OVERSHOOT);
        }
    }

    @Test
    void what_a_socket_did_not_take_is_not_billed_and_stays_reserved() {
        try (CreditGate gate = new CreditGate(100)) {
            assertThat(gate.takeAll(60)).isTrue();
            gate.sent(60);
            gate.notSent(60);

            assertThat(gate.metered().billable()).isZero();
            assertThat(gate.takeAll(60)).isFalse();
        }
    }

    @Test
    void counts_each_direction_and_bills_their_sum() {
        try (CreditGate gate = new CreditGate(Long.MAX_VALUE)) {
            gate.sent(10);
            gate.received(20);
            gate.unsolicited(40);

            assertThat(gate.metered()).isEqualTo(new Metered(10, 20, 40));
            assertThat(gate.metered().billable()).isEqualTo(30);
        }
    }

    @Test
    void tells_once_of_each_block() {
        try (CreditGate gate = new CreditGate(10)) {
            gate.onBlocked(told::incrementAndGet);
            carry(gate, 10);
            assertThat(told).hasValue(0);

            assertThat(gate.takeOne(1)).isFalse();
            assertThat(gate.takeOne(1)).isFalse();
            assertThat(told).hasValue(1);

            gate.allow(20);
            assertThat(gate.blocked()).isFalse();
            assertThat(gate.takeOne(15)).isTrue();
            assertThat(told).hasValue(1);
            assertThat(gate.takeOne(1)).isFalse();
            assertThat(told).hasValue(2);
        }
    }

    @Test
    void who_asks_late_hears_of_a_block_that_lasts() {
        try (CreditGate gate = new CreditGate(0)) {
            assertThat(gate.takeOne(1)).isFalse();

            gate.onBlocked(told::incrementAndGet);

            assertThat(told).hasValue(1);
        }
    }

    @Test
    void a_raise_that_is_not_enough_opens_nothing() {
        try (CreditGate gate = new CreditGate(10)) {
            gate.onBlocked(told::incrementAndGet);
            assertThat(gate.takeOne(500)).isTrue();
            assertThat(gate.takeOne(1)).isFalse();

            gate.allow(500);

            assertThat(gate.blocked()).isTrue();
            assertThat(gate.takeOne(1)).isFalse();
            assertThat(told).hasValue(1);
        }
    }

    @Test
    void a_limit_may_be_lowered() {
        try (CreditGate gate = new CreditGate(1000)) {
            carry(gate, 100);
            gate.allow(100);
            assertThat(gate.takeOne(1)).isFalse();
        }
    }

    @Test
    void a_watch_is_told_once_when_its_total_is_reached() {
        try (CreditGate gate = new CreditGate(Long.MAX_VALUE)) {
            gate.watch(100, told::incrementAndGet);
            gate.sent(60);
            gate.unsolicited(1000);
            assertThat(told).hasValue(0);

            gate.received(40);
            gate.received(40);

            assertThat(told).hasValue(1);
        }
    }

    @Test
    void a_watch_below_what_was_carried_is_told_at_once_and_the_one_before_never() {
        try (CreditGate gate = new CreditGate(Long.MAX_VALUE)) {
            AtomicInteger before = new AtomicInteger();
            gate.sent(60);
            gate.watch(100, before::incrementAndGet);

            gate.watch(60, told::incrementAndGet);
            gate.sent(1000);

            assertThat(told).hasValue(1);
            assertThat(before).hasValue(0);
        }
    }

    @Test
    void raising_the_limit_wakes_who_waits() throws Exception {
        try (CreditGate gate = new CreditGate(0)) {
            FutureTask<Boolean> lane = awaiting(gate);
            gate.allow(1);
            assertThat(lane.get()).isTrue();
        }
    }

    @Test
    void closing_wakes_who_waits_and_lets_nothing_pass() {
        CreditGate gate = new CreditGate(0);
        FutureTask<Boolean> lane = awaiting(gate);

        gate.close();

        assertThatThrownBy(lane::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(AsynchronousCloseException.class);
        gate.allow(1000);
        assertThat(gate.takeAll(1)).isFalse();
        assertThat(gate.takeOne(1)).isFalse();
        assertThat(gate.metered()).isEqualTo(new Metered(0, 0, 0));
    }

    private static FutureTask<Boolean> awaiting(CreditGate gate) {
        FutureTask<Boolean> lane =
                new FutureTask<>(
                        () -> {
                            gate.awaitOpen();
                            return true;
                        });
        Thread.ofPlatform().start(lane);
        return lane;
    }

    /** Lanes of both directions against a limit that is raised whenever they hit it. */
    @Test
    void many_lanes_together_never_go_further_than_one_packet_beyond() throws Exception {
        long until = 50_000_000;
        int step = 10_000;
        try (CreditGate gate = new CreditGate(step)) {
            List<FutureTask<Long>> lanes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int packet = 100 + i * 400;
                lanes.add(new FutureTask<>(() -> carryUntil(gate, packet, until)));
                Thread.ofPlatform().start(lanes.getLast());
            }
            long limit = step;
            while (limit < until) {
                Metered before = gate.metered();
                assertThat(before.billable()).isLessThanOrEqualTo(limit + 1300);
                if (gate.blocked()) {
                    assertThat(before.billable()).isGreaterThan(limit - 5 * 4 * 1300);
                    limit += step;
                    gate.allow(limit);
                }
            }
            long carried = 0;
            gate.allow(Long.MAX_VALUE);
            for (FutureTask<Long> lane : lanes) {
                carried += lane.get();
            }
            assertThat(gate.metered().billable()).isEqualTo(carried);
        }
    }

    private static long carryUntil(CreditGate gate, int packet, long until) throws Exception {
        long carried = 0;
        while (gate.metered().billable() < until) {
            int batch = 5 * packet;
            if (gate.takeAll(batch)) {
                gate.received(batch);
                carried += batch;
            } else if (gate.takeOne(packet)) {
                gate.sent(packet);
                carried += packet;
            } else {
                gate.awaitOpen();
            }
        }
        return carried;
    }

    @Test
    void closed_it_lets_nothing_pass_however_much_has() {
        CreditGate gate = new CreditGate(1000);
        assertThat(gate.takeAll(600)).isTrue();

        gate.close();

        assertThat(gate.takeAll(1)).isFalse();
        assertThat(gate.takeOne(1)).isFalse();
    }
}
