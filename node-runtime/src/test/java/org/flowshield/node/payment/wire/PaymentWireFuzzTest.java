package org.flowshield.node.payment.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.flowshield.node.payment.Offer;

/** Whatever comes from a peer is something that can be said again, or is refused. */
final class PaymentWireFuzzTest {

    @FuzzTest
    void a_stream_of_bytes_is_payments_or_refused(byte[] stream) throws IOException {
        PaymentChannel channel =
                new PaymentChannel(new ByteArrayInputStream(stream), new ByteArrayOutputStream());
        try {
            for (Optional<PaymentMessage> message = channel.receive();
                    message.isPresent();
                    message = channel.receive()) {
                PaymentMessage again = PaymentWire.parse(PaymentWire.encode(message.orElseThrow()));
                if (!again.equals(message.orElseThrow())) {
                    throw new AssertionError(message + " became " + again);
                }
            }
        } catch (MalformedPaymentException expected) {
            if (expected.reason().name().isEmpty()) {
                throw new AssertionError("a refusal without a reason");
            }
        }
    }

    @FuzzTest
    void bytes_are_an_offer_or_refused(byte[] payload) {
        try {
            Offer offer = PaymentWire.parseOffer(payload);
            if (!PaymentWire.parseOffer(PaymentWire.encode(offer)).equals(offer)) {
                throw new AssertionError(offer + " became another");
            }
        } catch (MalformedPaymentException expected) {
            if (expected.reason().name().isEmpty()) {
                throw new AssertionError("a refusal without a reason");
            }
        }
    }

    @FuzzTest
    void bytes_are_a_signed_offer_or_refused(byte[] envelope) {
        try {
            SignedOffer offer = SignedOffer.open(envelope);
            if (!SignedOffer.open(offer.encoded()).hash().equals(offer.hash())) {
                throw new AssertionError("an offer became another");
            }
        } catch (MalformedPaymentException expected) {
            if (expected.reason().name().isEmpty()) {
                throw new AssertionError("a refusal without a reason");
            }
        }
    }
}
