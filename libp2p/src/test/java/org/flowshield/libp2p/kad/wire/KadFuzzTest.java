package org.flowshield.libp2p.kad.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.flowshield.libp2p.kad.wire.Request.AddProvider;

final class KadFuzzTest {

    @FuzzTest
    void a_request_reads_back_what_it_writes(byte[] input) throws MalformedKadException {
        Request read;
        try {
            read = Request.parse(input);
        } catch (MalformedKadException e) {
            assertThat(e.reason()).isNotNull();
            return;
        }
        assertThat(Request.parse(read.encode())).isEqualTo(read);
        if (read instanceof AddProvider add) {
            assertThat(add.providers()).hasSizeLessThanOrEqualTo(Request.MAX_PROVIDERS);
            add.providers().forEach(KadFuzzTest::assertBounded);
        }
    }

    @FuzzTest
    void an_answer_is_refused_or_bounded(byte[] input) throws MalformedKadException {
        Request asked = new Request.GetValue(RecordKey.ofName("/v/hello"));
        Response read;
        try {
            read = Response.parse(input, asked);
        } catch (MalformedKadException e) {
            assertThat(e.reason()).isNotNull();
            return;
        }
        assertThat(read.closer()).hasSizeLessThanOrEqualTo(Response.MAX_CLOSER);
        assertThat(read.providers()).hasSizeLessThanOrEqualTo(Response.MAX_PROVIDERS);
        read.closer().forEach(KadFuzzTest::assertBounded);
        read.record().ifPresent(one -> assertThat(one.key()).isEqualTo(asked.key()));
        assertThat(Response.parse(read.encode(asked), asked)).isEqualTo(read);
    }

    private static void assertBounded(PeerInfo peer) {
        assertThat(peer.addresses()).hasSizeLessThanOrEqualTo(PeerInfo.MAX_ADDRESSES);
        assertThat(peer.addresses()).allMatch(address -> address.peerId().isEmpty());
    }
}
