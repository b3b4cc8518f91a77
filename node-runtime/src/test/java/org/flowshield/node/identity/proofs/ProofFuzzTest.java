package org.flowshield.node.identity.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

final class ProofFuzzTest {

    @FuzzTest
    void a_query_that_is_read_is_written_and_read_as_itself(byte[] data) throws Exception {
        ProofQuery query;
        try {
            query = ProofWire.parseQuery(data);
        } catch (MalformedProofMessageException e) {
            assertThat(e.reason()).isNotNull();
            return;
        }
        assertThat(ProofWire.parseQuery(ProofWire.encode(query))).isEqualTo(query);
    }

    @FuzzTest
    void an_answer_that_is_read_is_written_and_read_as_itself(byte[] data) throws Exception {
        ProofAnswer answer;
        try {
            answer = ProofWire.parseAnswer(data);
        } catch (MalformedProofMessageException e) {
            assertThat(e.reason()).isNotNull();
            return;
        }
        byte[] written = ProofWire.encode(answer);
        assertThat(ProofWire.encode(ProofWire.parseAnswer(written))).isEqualTo(written);
    }
}
