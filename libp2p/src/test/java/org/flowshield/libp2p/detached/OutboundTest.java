package org.flowshield.libp2p.detached;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.FutureTask;
import org.flowshield.libp2p.yamux.FrameHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class OutboundTest {

    private static final String DATA_HELLO = "00000000000000010000000568656c6c6f";
    private static final String DATA_HE = "0000000000000001000000026865";
    private static final String DATA_LLO = "0000000000000001000000036c6c6f";
    private static final String PONG = "000200020000000000000007";

    private final DetachedMemory memory = new DetachedMemory();
    private final ScriptedSocket socket = new ScriptedSocket();

    @Test
    void sends_a_frame() throws Exception {
        Outbound outbound = outbound(100);

        assertThat(outbound.send(hello(), false)).isTrue();
        assertThat(socket.written()).isEqualTo(DATA_HELLO);
    }

    /** A peer that reads slowly, and closes its window meanwhile, must not take us for dead. */
    @Test
    void answers_pings_while_the_sender_waits_for_the_peers_window() throws Exception {
        Outbound outbound = outbound(0);
        FutureTask<Boolean> sending = new FutureTask<>(() -> outbound.send(hello(), true));
        Thread sender = Thread.ofPlatform().daemon().start(sending);
        awaitWaiting(sender);

        outbound.answer(FrameHeader.PING, FrameHeader.ACK, 0, 7);
        outbound.answerNow();
        assertThat(socket.awaitWrite()).isTrue();
        assertThat(socket.written()).isEqualTo(PONG);

        outbound.sendWindow(1000);
        assertThat(sending.get()).isTrue();
        assertThat(socket.written()).isEqualTo(PONG + DATA_HELLO);
    }

    @Test
    void waits_for_the_window_and_not_for_a_socket_that_has_room() throws Exception {
        Outbound outbound = outbound(2);
        assertThat(outbound.send(hello(), false)).isFalse();
        assertThat(socket.written()).isEqualTo(DATA_HE);
        assertThat(outbound.flush(false)).isFalse();

        FutureTask<Boolean> flushing =
                new FutureTask<>(
                        () -> {
                            outbound.awaitRoom(60_000);
                            return outbound.flush(false);
                        });
        Thread sender = Thread.ofPlatform().daemon().start(flushing);
        awaitWaiting(sender);
        outbound.sendWindow(3);

        assertThat(flushing.get()).isTrue();
        assertThat(socket.waitsForRoom).isZero();
        assertThat(socket.written()).isEqualTo(DATA_HE + DATA_LLO);
    }

    @Test
    void answers_pings_while_it_waits_for_room() throws Exception {
        Outbound outbound = outbound(0);
        assertThat(outbound.send(hello(), false)).isFalse();
        FutureTask<Boolean> waiting =
                new FutureTask<>(
                        () -> {
                            outbound.awaitRoom(60_000);
                            return true;
                        });
        Thread sender = Thread.ofPlatform().daemon().start(waiting);
        awaitWaiting(sender);
        outbound.answer(FrameHeader.PING, FrameHeader.ACK, 0, 7);
        outbound.answerNow();

        assertThat(socket.awaitWrite()).isTrue();
        assertThat(socket.written()).isEqualTo(PONG);
        outbound.sendWindow(5);
        assertThat(waiting.get()).isTrue();
    }

    @Test
    void gives_up_waiting_for_the_window_when_the_time_is_over() throws Exception {
        Outbound outbound = outbound(0);
        assertThat(outbound.send(hello(), false)).isFalse();
        outbound.awaitRoom(1);

        assertThat(outbound.flush(false)).isFalse();
    }

    private Outbound outbound(long window) throws Exception {
        return new Outbound(socket, new ClearCipher(), Sessions.fresh(window, 0), memory.records());
    }

    private static ByteBuffer hello() {
        ByteBuffer source = ByteBuffer.allocateDirect(DetachedStream.HEADROOM + 5);
        source.position(DetachedStream.HEADROOM);
        source.put(new byte[] {'h', 'e', 'l', 'l', 'o'});
        return source.flip().position(DetachedStream.HEADROOM);
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }
}
