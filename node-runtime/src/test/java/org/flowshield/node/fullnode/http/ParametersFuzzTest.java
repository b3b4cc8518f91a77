package org.flowshield.node.fullnode.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever stands behind a question mark is a query, or is refused with a reason. */
final class ParametersFuzzTest {

    @FuzzTest
    void any_text_is_a_query_or_refused(byte[] text) {
        try {
            if (Parameters.query(new String(text, StandardCharsets.ISO_8859_1)).limit() < 1) {
                throw new AssertionError("a query for nothing");
            }
        } catch (Parameters.WrongException expected) {
            if (String.valueOf(expected.getMessage()).isEmpty()) {
                throw new AssertionError("a refusal without a reason");
            }
        }
    }
}
