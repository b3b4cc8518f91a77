package org.flowshield.libp2p.security.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.flowshield.libp2p.security.RecordLayer;

/**
 * Whatever bytes come, Noise answers with {@link MalformedNoiseException} or takes them; it never
 * gives plaintext that was not sealed.
 */
final class NoiseFuzzTest {

    private static final byte[] NOTHING = {};

    @FuzzTest
    void handshake_payload(byte[] data) {
        try {
            HandshakePayload parsed = HandshakePayload.parse(data, new byte[DhKey.LENGTH]);
            assertThat(parsed.muxers()).hasSizeLessThanOrEqualTo(100);
        } catch (MalformedNoiseException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    @FuzzTest
    void first_message(byte[] data) throws IOException {
        XxHandshake responder = handshake(false);
        try {
            responder.read(data);
            responder.write(NOTHING);
        } catch (MalformedNoiseException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    @FuzzTest
    void second_message(byte[] data) throws IOException {
        XxHandshake initiator = handshake(true);
        initiator.write(NOTHING);
        refuses(initiator, data);
    }

    @FuzzTest
    void third_message(byte[] data) throws IOException {
        XxHandshake responder = handshake(false);
        responder.read(handshake(true).write(NOTHING));
        responder.write(NOTHING);
        refuses(responder, data);
    }

    @FuzzTest
    void frames(byte[] data) throws IOException {
        try (NoiseRecordCipher cipher = cipher()) {
            ByteBuffer records = ByteBuffer.wrap(data);
            ByteBuffer plaintext = ByteBuffer.allocate(NoiseRecordCipher.MAX_PLAINTEXT);
            cipher.open(records, plaintext);
            assertThat(plaintext.position()).isZero();
            assertThat(records.position()).isZero();
        } catch (MalformedNoiseException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    /** The same bytes in two reads: the record layer must not depend on where a read ends. */
    @FuzzTest
    void frames_on_the_event_loop(byte[] data) {
        for (int cut = 0; cut <= Math.min(data.length, 4); cut++) {
            RecordLayer layer = new NoiseRecordLayer(cipher());
            var channel = new EmbeddedChannel(layer);
            ByteBuf bytes = Unpooled.wrappedBuffer(data);
            try {
                channel.writeInbound(bytes.readRetainedSlice(cut), bytes.retain());
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                assertThat(e).isInstanceOf(MalformedNoiseException.class);
                assertThat(channel.isOpen()).isFalse();
            }
            assertThat(channel.inboundMessages()).isEmpty();
            channel.finishAndReleaseAll();
        }
    }

    private static void refuses(XxHandshake handshake, byte[] data) throws IOException {
        try {
            handshake.read(data);
            throw new AssertionError("took " + Arrays.toString(data));
        } catch (MalformedNoiseException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    private static XxHandshake handshake(boolean initiator) {
        return new XxHandshake(initiator, key(1), key(2));
    }

    private static DhKey key(int value) {
        byte[] secret = new byte[DhKey.LENGTH];
        Arrays.fill(secret, (byte) value);
        return new DhKey(secret);
    }

    private static NoiseRecordCipher cipher() {
        return new NoiseRecordCipher(new CipherState(new byte[32]), new CipherState(new byte[32]));
    }
}
