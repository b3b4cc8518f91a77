package org.flowshield.node.wallet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.flowshield.node.api.RefusedException;

final class AgentFuzzTest {

    @FuzzTest
    void a_request_that_is_read_is_written_and_read_as_itself(byte[] frame) throws Exception {
        AgentRequest request;
        try {
            request = AgentJson.read(frame);
        } catch (RefusedException e) {
            assertThat(e.kind()).isEqualTo(RefusedException.Kind.INVALID);
            return;
        }
        assertThat(AgentJson.read(AgentJson.write(request))).isEqualTo(request);
    }
}
