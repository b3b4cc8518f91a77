package org.flowshield.libp2p.security.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Whatever bytes come, the parsers refuse them by their own exception or take them. */
final class TlsFuzzTest {

    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    @FuzzTest
    void certificate(byte[] data) {
        try {
            assertThat(PeerCertificate.parse(data, NOW).hostKey()).isNotNull();
        } catch (MalformedCertificateException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    /** Where a record ends does not depend on how its bytes were cut. */
    @FuzzTest
    void record_boundary(byte[] data) {
        ByteBuf bytes = Unpooled.wrappedBuffer(data);
        for (int cut = 0; cut <= Math.min(data.length, 64); cut++) {
            var boundary = new RecordBoundary();
            boundary.advance(bytes, 0, cut);
            int missing = boundary.missing(ByteBuffer.wrap(data, cut, data.length - cut));
            assertThat(missing).isEqualTo(expected(data, cut));
        }
    }

    private static int expected(byte[] data, int cut) {
        int at = 0;
        while (at < cut) {
            if (data.length - at < RecordBoundary.HEADER) {
                return -1;
            }
            at += RecordBoundary.recordLength(data[at + 3], data[at + 4]);
        }
        return at > data.length ? -1 : at - cut;
    }
}
