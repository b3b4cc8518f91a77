package org.flowshield.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;

/** Whatever a peer sends, a session lives on or ends in order, and keeps no memory. */
final class YamuxFuzzTest {

    @FuzzTest
    void survives_any_bytes(FuzzedDataProvider data) {
        YamuxSession session =
                new YamuxSession(
                        false,
                        stream -> stream.pipeline().addLast(new Recorder()),
                        System::nanoTime,
                        Scopes.open());
        EmbeddedChannel channel = new EmbeddedChannel(session);
        while (data.remainingBytes() > 0 && channel.isOpen()) {
            byte[] part = data.consumeBytes(1 + data.consumeInt(0, 64));
            ByteBuf bytes = Unpooled.wrappedBuffer(part);
            channel.writeInbound(bytes);
            assertThat(bytes.refCnt()).isZero();
        }
        assertThat(session.streamCount()).isLessThanOrEqualTo(YamuxSession.MAX_INBOUND_STREAMS);
        channel.checkException();
        channel.finishAndReleaseAll();
        assertThat(session.streamCount()).isZero();
    }
}
