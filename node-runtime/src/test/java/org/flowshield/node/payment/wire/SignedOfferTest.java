package org.flowshield.node.payment.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.flowshield.node.payment.wire.MalformedPaymentException.Reason;

import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.record.RecordType;
import org.flowshield.libp2p.record.SignedEnvelope;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.Parties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SignedOfferTest {

    private final PrivateKey key = PrivateKey.generate(new SecureRandom());
    private final PrivateKey other = PrivateKey.generate(new SecureRandom());

    @AfterEach
    void wipe() {
        key.close();
        other.close();
    }

    private static Offer offer(PrivateKey of) {
        Offer offer = Parties.OFFER;
        return new Offer(
                new Bytes32(of.publicKey().data()),
                offer.payee(),
                offer.channels(),
                offer.price(),
                offer.firstWindow(),
                offer.maxWindow(),
                offer.minDeposit(),
                Instant.ofEpochSecond(1_800_000_000),
                7,
                offer.service());
    }

    private static void refuses(
            Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable what) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        MalformedPaymentException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void is_read_as_it_was_signed() throws Exception {
        SignedOffer signed = SignedOffer.sign(offer(key), key);
        SignedOffer read =
                SignedOffer.read(
                                new ByteArrayInputStream(SignedOffer.answer(Optional.of(signed))),
                                PeerId.of(key.publicKey()))
                        .orElseThrow();

        assertThat(read.offer()).isEqualTo(offer(key));
        assertThat(read.hash())
                .isEqualTo(signed.hash())
                .isEqualTo(Keccak256.hash(PaymentWire.encode(offer(key))));
    }

    @Test
    void a_provider_that_serves_for_nothing_says_nothing() throws Exception {
        assertThat(
                        SignedOffer.read(
                                new ByteArrayInputStream(SignedOffer.answer(Optional.empty())),
                                PeerId.of(key.publicKey())))
                .isEmpty();
    }

    @Test
    void is_signed_by_the_key_that_it_names() {
        byte[] foreign =
                SignedEnvelope.seal(
                                other,
                                new RecordType("flowshield-offer", new byte[] {0x66, 0x6f}),
                                PaymentWire.encode(offer(key)))
                        .encoded();

        refuses(Reason.ENVELOPE, () -> SignedOffer.open(foreign));
        assertThatIllegalArgumentException().isThrownBy(() -> SignedOffer.sign(offer(key), other));
    }

    @Test
    void another_nodes_offer_is_not_taken_for_that_of_who_was_asked() {
        byte[] answer = SignedOffer.answer(Optional.of(SignedOffer.sign(offer(other), other)));

        refuses(
                Reason.FOREIGN,
                () ->
                        SignedOffer.read(
                                new ByteArrayInputStream(answer), PeerId.of(key.publicKey())));
    }

    @Test
    void what_was_signed_for_another_purpose_is_no_offer() {
        byte[] other =
                SignedEnvelope.seal(
                                key,
                                new RecordType("something-else", new byte[] {0x66, 0x6f}),
                                PaymentWire.encode(offer(key)))
                        .encoded();

        refuses(Reason.ENVELOPE, () -> SignedOffer.open(other));
    }

    @Test
    void a_changed_byte_breaks_it() {
        byte[] encoded = SignedOffer.sign(offer(key), key).encoded();
        for (int i = 0; i < encoded.length; i++) {
            byte[] changed = encoded.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> SignedOffer.open(changed))
                    .isInstanceOf(MalformedPaymentException.class);
        }
    }
}
