package org.flowshield.tun;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** Whatever comes in, what comes out are plain packets of at most one MTU that hold together. */
class SegmenterFuzzTest {

    private static final int MTU = 1420;

    @FuzzTest
    void cuts_any_batch_into_sound_plain_packets(byte[] bytes) {
        ByteBuffer batch = ByteBuffer.wrap(bytes);
        Segmenter segmenter = new Segmenter(MTU, Offloads.ALL, Offloads.NONE, new Drops());
        PacketLayout layout = new PacketLayout();
        ByteBuffer out = ByteBuffer.allocate(Frame.HEADER + MTU);
        try {
            boolean done;
            do {
                done = segmenter.adapt(batch, out.clear());
                out.flip();
                assertThat(done || out.hasRemaining()).as("it goes on").isTrue();
                int length;
                while ((length = Frame.wholePacketLength(out)) != -1) {
                    int at = out.position();
                    assertThat(layout.parseFrame(out, at, MTU, Offloads.NONE)).isNull();
                    out.position(at + Frame.HEADER + length);
                }
                assertThat(out.hasRemaining()).isFalse();
            } while (!done);
        } catch (MalformedFrameException e) {
            assertThat(batch.remaining()).isGreaterThanOrEqualTo(Frame.HEADER);
        }
    }
}
