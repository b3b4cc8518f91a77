package org.flowshield.node.tunnel.credit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/**
 * Whatever a packet holds, it is read within its bounds, and what comes counts as solicited only if
 * something was sent before.
 */
final class FlowTableFuzzTest {

    private static final int AT = 3;

    @FuzzTest
    void any_packet_is_read_within_its_bounds(byte[] packet) {
        FlowTable table = new FlowTable(() -> 0);
        FlowTable.View view = table.new View();
        view.tick();
        // Not a byte behind it: reading one throws.
        ByteBuffer batch = ByteBuffer.allocateDirect(AT + packet.length).put(AT, packet);

        require(!view.isSolicited(batch, AT, packet.length), "solicited though nothing was sent");
        view.mark(batch, AT, packet.length);
        boolean first = view.isSolicited(batch, AT, packet.length);
        require(
                first == table.new View().isSolicited(batch, AT, packet.length),
                "what a view remembers is not what the table holds");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
