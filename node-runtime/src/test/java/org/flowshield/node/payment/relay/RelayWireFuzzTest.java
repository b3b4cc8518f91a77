package org.flowshield.node.payment.relay;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.flowshield.node.payment.Parties;

/** Whatever comes from a peer is something that can be said again, or is refused. */
final class RelayWireFuzzTest {

    @FuzzTest
    void bytes_are_an_order_or_refused(byte[] message) {
        try {
            CarriedOrder order = RelayWire.parseOrder(message, Parties.DOMAIN);
            if (!RelayWire.parseOrder(RelayWire.encode(order), Parties.DOMAIN).equals(order)) {
                throw new AssertionError(order + " became another");
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
