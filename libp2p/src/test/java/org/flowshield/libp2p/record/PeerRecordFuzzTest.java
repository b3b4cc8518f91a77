package org.flowshield.libp2p.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

final class PeerRecordFuzzTest {

    @FuzzTest
    void an_envelope_that_opens_keeps_its_bytes(byte[] input) {
        try {
            assertThat(SignedEnvelope.open(input, RecordType.PEER).encoded()).isEqualTo(input);
        } catch (MalformedRecordException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    @FuzzTest
    void a_record_reads_back_what_it_writes(byte[] input) throws MalformedRecordException {
        PeerRecord read;
        try {
            read = PeerRecord.parse(input);
        } catch (MalformedRecordException e) {
            assertThat(e.reason()).isNotNull();
            return;
        }
        assertThat(PeerRecord.parse(read.encode())).isEqualTo(read);
    }
}
