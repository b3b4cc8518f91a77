package org.flowshield.node.payment.relay;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.flowshield.node.payment.Parties;

/** Whatever comes from a peer is something that can be said again, or is refused. */
final class RelayWireFuzzTest {

    private static final RelayContracts CONTRACTS =
            new RelayContracts(Parties.DOMAIN, Parties.address(10), Parties.address(11));

    @FuzzTest
    void bytes_are_a_request_or_refused(byte[] message) {
        try {
            RelayRequest request = RelayWire.parseRequest(message, CONTRACTS);
            if (!RelayWire.parseRequest(RelayWire.encode(request), CONTRACTS).equals(request)) {
                throw new AssertionError(request + " became another");
            }
        } catch (MalformedRelayException expected) {
            if (expected.reason().name().isEmpty()) {
                throw new AssertionError("a refusal without a reason");
            }
        }
    }

    @FuzzTest
    void bytes_are_an_answer_or_refused(byte[] message) {
        try {
            RelayAnswer answer = RelayWire.parseAnswer(message);
            if (!RelayWire.parseAnswer(RelayWire.encode(answer)).equals(answer)) {
                throw new AssertionError(answer + " became another");
            }
        } catch (MalformedRelayException expected) {
            if (expected.reason().name().isEmpty()) {
                throw new AssertionError("a refusal without a reason");
            }
        }
    }
}
