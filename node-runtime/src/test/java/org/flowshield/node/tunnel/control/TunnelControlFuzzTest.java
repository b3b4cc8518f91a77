package org.flowshield.node.tunnel.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** Whatever comes from a peer is a message that can be said again, or is refused. */
final class TunnelControlFuzzTest {

    @FuzzTest
    void a_stream_of_bytes_is_messages_or_refused(byte[] stream) throws IOException {
        ControlChannel channel =
                new ControlChannel(new ByteArrayInputStream(stream), new ByteArrayOutputStream());
        try {
            for (Optional<ControlMessage> message = channel.receive();
                    message.isPresent();
                    message = channel.receive()) {
                ControlMessage again =
                        TunnelControl.parse(TunnelControl.encode(message.orElseThrow()));
                if (!again.equals(message.orElseThrow())) {
                    throw new AssertionError(message + " became " + again);
                }
            }
        } catch (MalformedControlException expected) {
            if (expected.reason().name().isEmpty()) {
                throw new AssertionError("a refusal without a reason");
            }
        }
    }
}
