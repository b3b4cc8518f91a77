package org.flowshield.node.wallet.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.flowshield.node.api.json.ApiJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

final class SigningFuzzTest {

    @FuzzTest
    void a_call_that_is_read_is_written_as_it_was(byte[] data) {
        try {
            assertThat(KnownCall.parse(data).encode()).isEqualTo(data);
        } catch (MalformedRequestException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @FuzzTest
    void a_request_that_is_read_is_written_and_read_as_itself(byte[] text) throws Exception {
        JsonNode json;
        try {
            json = ApiJson.strict().readTree(text);
        } catch (JacksonException e) {
            return; // no JSON, no request
        }
        SigningRequest request;
        try {
            request = SigningJson.read(json);
        } catch (MalformedRequestException e) {
            assertThat(e.getMessage()).isNotEmpty();
            return;
        }
        assertThat(SigningJson.read(SigningJson.write(request))).isEqualTo(request);
    }
}
