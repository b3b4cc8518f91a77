package org.flowshield.tun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FrameTest {

    @Test
    void lays_a_header_out_big_endian() throws MalformedFrameException {
        ByteBuffer batch = ByteBuffer.allocate(Frame.HEADER + 1);
        Frame.put(batch, 0, Frame.UDP, Frame.CHECKSUM_INCOMPLETE, 0x1234, 1);
        assertThat(HexFormat.of().formatHex(batch.array())).isEqualTo("020112340000000100");
        assertThat(Frame.kind(batch, 0)).isEqualTo(Frame.UDP);
        assertThat(Frame.flags(batch, 0)).isEqualTo(Frame.CHECKSUM_INCOMPLETE);
        assertThat(Frame.segmentSize(batch, 0)).isEqualTo(0x1234);
        assertThat(Frame.length(batch, 0)).isEqualTo(1);
        assertThat(Frame.wholePacketLength(batch)).isEqualTo(1);
    }

    @Test
    void knows_an_incomplete_frame_by_every_missing_byte() throws MalformedFrameException {
        ByteBuffer batch = Packets.frame(Frame.PLAIN, 0, 0, new byte[30]);
        for (int length = 0; length < batch.capacity(); length++) {
            assertThat(Frame.wholePacketLength(batch.limit(length))).isEqualTo(-1);
        }
        assertThat(Frame.wholePacketLength(batch.limit(batch.capacity()))).isEqualTo(30);
    }

    @Test
    void refuses_lengths_that_cannot_be() {
        ByteBuffer batch = ByteBuffer.allocate(Frame.HEADER);
        assertReason(batch.putInt(4, 0), MalformedFrameException.Reason.LENGTH_ZERO);
        for (int length : new int[] {Frame.MAX_PACKET + 1, Integer.MAX_VALUE, -1}) {
            assertReason(
                    batch.putInt(4, length), MalformedFrameException.Reason.LENGTH_ABOVE_LIMIT);
        }
    }

    private static void assertReason(ByteBuffer batch, MalformedFrameException.Reason reason) {
        assertThatThrownBy(() -> Frame.wholePacketLength(batch))
                .isInstanceOfSatisfying(
                        MalformedFrameException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
