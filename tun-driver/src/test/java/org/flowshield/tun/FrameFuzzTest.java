package org.flowshield.tun;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** A batch of frames from a hostile peer is walked to its end, or refused, and nothing else. */
class FrameFuzzTest {

    @FuzzTest
    void walks_any_batch(byte[] bytes) {
        ByteBuffer batch = ByteBuffer.wrap(bytes);
        PacketLayout layout = new PacketLayout();
        try {
            int length;
            while ((length = Frame.wholePacketLength(batch)) != -1) {
                assertThat(length).isBetween(1, Frame.MAX_PACKET);
                int at = batch.position();
                if (layout.parseFrame(batch, at, 1420, Offloads.ALL) == null) {
                    assertThat(layout.version()).isIn(4, 6);
                    assertThat(layout.segments()).isBetween(1, PacketLayout.MAX_TCP_SEGMENTS);
                }
                batch.position(at + Frame.HEADER + length);
            }
        } catch (MalformedFrameException e) {
            assertThat(batch.remaining()).isGreaterThanOrEqualTo(Frame.HEADER);
        }
    }
}
