package org.flowshield.libp2p.multistream;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;

/** Whatever a peer says, a negotiation ends in agreement or with the exception that is declared. */
final class NegotiationFuzzTest {

    private static final List<ProtocolId> SERVED =
            List.of(new ProtocolId("/noise"), new ProtocolId("/yamux/1.0.0"));

    @FuzzTest
    void ends_in_order(FuzzedDataProvider data) {
        Outcome outcome = new Outcome("");
        EmbeddedChannel channel =
                new EmbeddedChannel(
                        data.consumeBoolean()
                                ? new Responder(() -> SERVED, outcome)
                                : Initiator.waiting(SERVED, outcome));
        while (data.remainingBytes() > 0 && channel.isOpen()) {
            ByteBuf bytes = Unpooled.wrappedBuffer(data.consumeBytes(1 + data.consumeInt(0, 64)));
            channel.writeInbound(bytes);
        }
        channel.finishAndReleaseAll();
        if (outcome.protocol == null) {
            assertThat(outcome.failure)
                    .isInstanceOfAny(
                            MalformedNegotiationException.class,
                            ProtocolNotSupportedException.class);
        }
    }
}
