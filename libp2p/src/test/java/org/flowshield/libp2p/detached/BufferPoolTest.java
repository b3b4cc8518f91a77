package org.flowshield.libp2p.detached;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowshield.libp2p.yamux.FrameHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What connections borrow, and that nobody sees what another one read. */
@Timeout(60)
final class BufferPoolTest {

    private final AtomicInteger made = new AtomicInteger();

    /** A packet of which all but the last byte have come, in a record that is cut too. */
    private static final int PACKET = 60_000;

    private BufferPool<Integer> pool(int lent, int kept) {
        return new BufferPool<>(made::incrementAndGet, 100, lent, kept);
    }

    @Test
    void lends_again_what_came_back_last() {
        BufferPool<Integer> pool = pool(3, 2);
        int one = pool.borrow();
        int two = pool.borrow();
        int three = pool.borrow();
        assertThat(pool.lentBytes()).isEqualTo(300);
        pool.giveBack(one);
        pool.giveBack(three);
        pool.giveBack(two); // one more than are kept

        assertThat(pool.lentBytes()).isZero();
        assertThat(pool.borrow()).isEqualTo(three);
        assertThat(pool.borrow()).isEqualTo(one);
        assertThat(pool.borrow()).isEqualTo(4);
    }

    @Test
    void is_scarce_when_more_than_half_are_lent() {
        BufferPool<Integer> pool = pool(2, 2);
        int _ = pool.borrow();
        assertThat(pool.isScarce()).isFalse();
        int _ = pool.borrow();
        assertThat(pool.isScarce()).isTrue();
    }

    @Test
    void who_finds_all_lent_waits_for_another() throws Exception {
        BufferPool<Integer> pool = pool(1, 1);
        int first = pool.borrow();
        FutureTask<Integer> borrower = new FutureTask<>(pool::borrow);
        Thread waiting = Thread.ofPlatform().daemon().start(borrower);
        awaitWaiting(waiting);

        pool.giveBack(first);

        assertThat(borrower.get()).isEqualTo(first);
        FutureTask<Integer> next = new FutureTask<>(pool::borrow);
        awaitWaiting(Thread.ofPlatform().daemon().start(next));
        pool.forget();
        assertThat(next.get()).isNotEqualTo(first);
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static Inbound inbound(DetachedMemory memory, ScriptedSocket socket) {
        return new Inbound(
                socket,
                new ClearCipher(),
                Sessions.fresh(0, 1 << 20),
                Unpooled.directBuffer(),
                new Unheard(),
                memory.reading());
    }

    private static ByteBuffer receive(Inbound inbound, int wanted) throws IOException {
        return Objects.requireNonNull(inbound.receive(wanted));
    }

    private record Unheard() implements Inbound.Frames {
        @Override
        public void sendWindow(long bytes) {}

        @Override
        public void answer(int type, int flags, int stream, int length) {}
    }

    private static byte[] frame(byte fill, int length, int sent) {
        ByteBuffer frame = ByteBuffer.allocate(FrameHeader.LENGTH + sent);
        frame.putLong(Sessions.STREAM).putInt(length);
        while (frame.hasRemaining()) {
            frame.put(fill);
        }
        return frame.array();
    }

    @Test
    void a_view_of_a_connection_that_was_closed_shows_nobody_elses_bytes() throws Exception {
        DetachedMemory memory = new DetachedMemory();
        ScriptedSocket first = new ScriptedSocket();
        first.arrives(frame((byte) 1, 8, 8));
        Inbound closed = inbound(memory, first);
        ByteBuffer view = receive(closed, 8);
        closed.drain(); // as closing does, while its reader still looks at the view

        ScriptedSocket second = new ScriptedSocket();
        second.arrives(frame((byte) 2, 8, 8));
        ByteBuffer other = receive(inbound(memory, second), 8);

        assertThat(view.getLong(view.position())).isEqualTo(0x0101010101010101L);
        assertThat(other.getLong(other.position())).isEqualTo(0x0202020202020202L);
        assertThat(memory.reading().lentBytes()).isEqualTo(768 * 1024);
    }

    @Test
    void a_peer_that_stops_in_the_midst_of_a_packet_makes_us_hold_that_packet_only()
            throws Exception {
        DetachedMemory memory = new DetachedMemory();
        ScriptedSocket socket = new ScriptedSocket();
        socket.arrives(frame((byte) 3, PACKET, PACKET - 1));
        Inbound inbound = inbound(memory, socket);
        assertThat(inbound.receive(PACKET)).isNull();

        inbound.rest();

        assertThat(inbound.holdsBuffers()).isFalse();
        assertThat(inbound.keptBytes()).isEqualTo(PACKET - 1);
        assertThat(memory.reading().lentBytes()).isZero();
        socket.arrives(new byte[] {3});
        ByteBuffer whole = receive(inbound, PACKET);
        assertThat(whole.remaining()).isEqualTo(PACKET);
        assertThat(whole.get(whole.limit() - 1)).isEqualTo((byte) 3);
        assertThat(inbound.keptBytes()).isZero();
    }
}
