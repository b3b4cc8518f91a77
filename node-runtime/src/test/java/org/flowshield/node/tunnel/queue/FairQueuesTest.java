package org.flowshield.node.tunnel.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.node.tunnel.path.TestFrames;
import org.flowshield.tun.Frame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions that want more than there is, on a clock that the test moves. */
final class FairQueuesTest {

    private static final int MTU = 1420;
    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();
    private static final Rate TOTAL = new Rate(12_500_000);

    private final BacklogMemory memory = new BacklogMemory(128L << 20);
    private final ByteBuffer batch =
            ByteBuffer.allocateDirect(DetachedStream.HEADROOM + DetachedStream.MAX_SEND);
    private final List<Session> sessions = new ArrayList<>();
    private long now;

    /** What was sent for it, and how long its packets are. */
    private static final class Session {
        private final int packet;
        private final int offered;
        private long sent;
        private FairQueues<Session>.@Nullable Queue queue;

        /**
         * @param offered packets in each millisecond
         */
        Session(int packet, int offered) {
            this.packet = packet;
            this.offered = offered;
        }

        FairQueues<Session>.Queue queue() {
            return Objects.requireNonNull(queue);
        }
    }

    private Backlog backlog() {
        return new Backlog(2 << 20, 4096, Backlog.Overflow.DROP_NEWEST, memory);
    }

    private Session join(FairQueues<Session> queues, Rate rate, int packet, int offered) {
        Session session = new Session(packet, offered);
        session.queue = queues.new Queue(session, rate, now);
        sessions.add(session);
        return session;
    }

    /** Offers and sends for so long. */
    private void run(FairQueues<Session> queues, int milliseconds) {
        for (int i = 0; i < milliseconds; i++) {
            for (Session session : sessions) {
                for (int packet = 0; packet < session.offered; packet++) {
                    offer(queues, session);
                }
            }
            for (FairQueues<Session>.Queue next = next(queues); next != null; next = next(queues)) {
                next.owner().sent += batch.position() - DetachedStream.HEADROOM;
            }
            now += MILLISECOND;
        }
    }

    private void offer(FairQueues<Session> queues, Session session) {
        ByteBuffer frames = TestFrames.batch(new byte[session.packet]);
        if (queues.passes(session.queue(), frames.remaining(), now)) {
            session.sent += frames.remaining();
        } else {
            queues.add(session.queue(), frames, now);
            assertThat(frames.hasRemaining()).isFalse();
        }
    }

    private FairQueues<Session>.@Nullable Queue next(FairQueues<Session> queues) {
        return queues.next(batch.clear().position(DetachedStream.HEADROOM), MTU, now);
    }

    @Test
    void twenty_sessions_share_by_bytes_whatever_they_offer() {
        FairQueues<Session> queues = new FairQueues<>(TOTAL, this::backlog, now);
        for (int i = 0; i < 20; i++) {
            // From small packets to super-packets, from a little above its share to far above.
            int packet = i % 4 == 0 ? 60_000 : 300 + i * 50;
            join(queues, Rate.UNLIMITED, packet, i % 4 == 0 ? 1 : 5 + i * 2);
        }

        run(queues, 4000);

        long all = sessions.stream().mapToLong(session -> session.sent).sum();
        assertThat(all).isBetween(49_000_000L, 51_000_000L);
        assertThat(sessions)
                .allSatisfy(
                        session ->
                                assertThat(session.sent).isBetween(all * 9 / 200, all * 11 / 200));
    }

    @Test
    void who_wants_less_than_its_share_gets_it_and_the_others_share_the_rest() {
        FairQueues<Session> queues = new FairQueues<>(TOTAL, this::backlog, now);
        Session modest = join(queues, Rate.UNLIMITED, 1000, 1);
        for (int i = 0; i < 4; i++) {
            join(queues, Rate.UNLIMITED, 1400, 20);
        }

        run(queues, 2000);

        assertThat(modest.sent).isGreaterThan(1_990_000);
        assertThat(modest.queue().dropped()).isZero();
        assertThat(sessions.subList(1, 5))
                .allSatisfy(session -> assertThat(session.sent).isBetween(5_600_000L, 6_050_000L));
    }

    @Test
    void a_session_keeps_its_own_rate_while_the_others_have_the_rest() {
        FairQueues<Session> queues = new FairQueues<>(TOTAL, this::backlog, now);
        Session slow = join(queues, new Rate(1_000_000), 1400, 20);
        Session fast = join(queues, Rate.UNLIMITED, 1400, 20);

        run(queues, 2000);

        assertThat(slow.sent).isBetween(1_900_000L, 2_200_000L);
        assertThat(fast.sent).isBetween(22_500_000L, 23_800_000L);
    }

    @Test
    void below_all_rates_nothing_waits() {
        FairQueues<Session> queues = new FairQueues<>(TOTAL, this::backlog, now);
        Session session = join(queues, new Rate(2_000_000), 1000, 1);

        run(queues, 1000);

        assertThat(session.sent).isEqualTo(1000L * (1000 + Frame.HEADER));
        assertThat(memory.used()).isZero();
    }

    @Test
    void a_session_that_goes_leaves_its_place_and_its_memory() {
        FairQueues<Session> queues = new FairQueues<>(new Rate(100_000), this::backlog, now);
        Session going = join(queues, Rate.UNLIMITED, 1400, 100);
        run(queues, 10);
        assertThat(memory.used()).isPositive();

        queues.close(going.queue());
        run(queues, 10);

        assertThat(queues.isEmpty()).isTrue();
        assertThat(memory.used()).isZero();
    }
}
