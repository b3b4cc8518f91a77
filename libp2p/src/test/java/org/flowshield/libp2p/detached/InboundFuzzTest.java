package org.flowshield.libp2p.detached;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.libp2p.yamux.DetachedSession;
import org.flowshield.libp2p.yamux.FrameHeader;
import org.jspecify.annotations.Nullable;

/**
 * Whatever a peer sends to a detached connection, its reader goes on or ends with an {@link
 * IOException}; it gives no byte that did not arrive, answers nothing that was not asked, and comes
 * to the same result however the bytes are cut, and however often it gave its buffers back.
 */
final class InboundFuzzTest {

    private static final long WINDOW = 256 * 1024;
    private static final DetachedMemory MEMORY = new DetachedMemory();

    /** What a reader found. */
    private record Found(byte[] bytes, List<String> answers, @Nullable String end) {}

    @FuzzTest
    void reads_any_bytes_the_same_way_however_they_are_cut(FuzzedDataProvider data) {
        int wanted = data.consumeInt(1, 64);
        int consumed = data.consumeInt(0, wanted);
        int unread = data.consumeInt(0, 40);
        int cut = data.consumeInt(1, 64);
        byte[] wire = data.consumeRemainingAsBytes();

        Found whole = read(wire, wire.length, unread, wanted, consumed, false);
        Found cutUp = read(wire, cut, unread, wanted, consumed, cut % 2 == 0);

        assertThat(whole.bytes.length).isLessThanOrEqualTo(unread + wire.length);
        assertThat(whole.answers).hasSizeLessThanOrEqualTo(1 + wire.length / FrameHeader.LENGTH);
        assertThat(cutUp.answers).isEqualTo(whole.answers);
        assertThat(cutUp.end).isEqualTo(whole.end);
        assertThat(prefix(cutUp.bytes, whole.bytes)).isTrue();
    }

    /** How far each got depends on what was left when no more came. */
    private static boolean prefix(byte[] one, byte[] other) {
        int common = Math.min(one.length, other.length);
        return ByteBuffer.wrap(one, 0, common).equals(ByteBuffer.wrap(other, 0, common));
    }

    private static Found read(
            byte[] wire, int cut, int unread, int wanted, int consumed, boolean rests) {
        ScriptedSocket socket = new ScriptedSocket();
        for (int at = 0; at < wire.length; at += cut) {
            byte[] part = new byte[Math.min(cut, wire.length - at)];
            System.arraycopy(wire, at, part, 0, part.length);
            socket.arrives(part);
        }
        List<String> answers = new ArrayList<>();
        Inbound inbound =
                new Inbound(
                        socket,
                        new ClearCipher(),
                        session(unread),
                        Unpooled.directBuffer(),
                        new Answers(answers),
                        MEMORY.reading());
        ByteBuffer found = ByteBuffer.allocate(unread + wire.length);
        String end = null;
        try {
            ByteBuffer view = inbound.receive(wanted);
            while (view != null) {
                assertThat(view.remaining()).isGreaterThanOrEqualTo(wanted);
                int length = consumed == 0 ? view.remaining() : Math.max(consumed, 1);
                found.put(view.slice(view.position(), length));
                view.position(view.position() + length);
                if (rests) {
                    inbound.rest();
                }
                view = inbound.receive(wanted);
            }
        } catch (IOException e) {
            end = e.getMessage();
        } finally {
            inbound.rest();
        }
        assertThat(inbound.holdsBuffers()).isFalse();
        byte[] bytes = new byte[found.flip().remaining()];
        found.get(bytes);
        return new Found(bytes, answers, end);
    }

    private static DetachedSession session(int unread) {
        return new DetachedSession(
                Sessions.STREAM,
                Unpooled.directBuffer().writeBytes(new byte[unread]),
                new byte[0],
                0,
                false,
                false,
                false,
                WINDOW,
                WINDOW,
                new byte[0]);
    }

    private record Answers(List<String> list) implements Inbound.Frames {

        @Override
        public void sendWindow(long bytes) {
            assertThat(bytes).isBetween(0L, 0xffffffffL);
        }

        @Override
        public void answer(int type, int flags, int stream, int length) {
            list.add(type + " " + flags + " " + stream + " " + length);
        }
    }
}
