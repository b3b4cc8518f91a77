package org.flowshield.node.payment.wire;

import static org.flowshield.node.payment.wire.MalformedPaymentException.Reason;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.libp2p.crypto.KeyType;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.crypto.PublicKey;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.record.MalformedRecordException;
import org.flowshield.libp2p.record.RecordType;
import org.flowshield.libp2p.record.SignedEnvelope;
import org.flowshield.node.payment.Offer;

/** An offer that its provider's node key has signed; one that exists was verified. Immutable. */
public final class SignedOffer {

    /** Bytes of the envelope: an offer has less than 300, its signature and key some 110. */
    public static final int MAX_LENGTH = 4096;

    private static final RecordType TYPE =
            new RecordType("flowshield-offer", new byte[] {0x66, 0x6f});

    private final Offer offer;
    private final Bytes32 hash;
    private final byte[] encoded;

    private SignedOffer(Offer offer, SignedEnvelope envelope) {
        this.offer = offer;
        this.hash = Keccak256.hash(envelope.payload());
        this.encoded = envelope.encoded();
    }

    /** Signs an offer; {@code key} is the one that it names. */
    public static SignedOffer sign(Offer offer, PrivateKey key) {
        if (!isKey(key.publicKey(), offer.nodeKey())) {
            throw new IllegalArgumentException("a provider signs offers of its own only");
        }
        return new SignedOffer(offer, SignedEnvelope.seal(key, TYPE, PaymentWire.encode(offer)));
    }

    /** Opens an envelope: the offer is signed by the key that it names. */
    public static SignedOffer open(byte[] encoded) throws MalformedPaymentException {
        if (encoded.length > MAX_LENGTH) {
            throw new MalformedPaymentException(Reason.LENGTH_ABOVE_LIMIT);
        }
        SignedEnvelope envelope;
        try {
            envelope = SignedEnvelope.open(encoded, TYPE);
        } catch (MalformedRecordException e) {
            throw new MalformedPaymentException(Reason.ENVELOPE);
        }
        Offer offer = PaymentWire.parseOffer(envelope.payload());
        if (!isKey(envelope.signer(), offer.nodeKey())) {
            throw new MalformedPaymentException(Reason.ENVELOPE);
        }
        return new SignedOffer(offer, envelope);
    }

    /**
     * Reads the answer of a provider.
     *
     * @return empty if it serves for nothing
     */
    public static Optional<SignedOffer> read(InputStream in, PeerId provider)
            throws IOException, MalformedPaymentException {
        byte[] encoded =
                Frames.read(in, MAX_LENGTH)
                        .orElseThrow(() -> new MalformedPaymentException(Reason.TRUNCATED));
        if (encoded.length == 0) {
            return Optional.empty();
        }
        SignedOffer signed = open(encoded);
        if (!signed.isOf(provider)) {
            throw new MalformedPaymentException(Reason.FOREIGN);
        }
        return Optional.of(signed);
    }

    /** What a provider answers with. */
    public static byte[] answer(Optional<SignedOffer> offer) {
        return Frames.framed(offer.map(SignedOffer::encoded).orElseGet(() -> new byte[0]));
    }

    private static boolean isKey(PublicKey key, Bytes32 nodeKey) {
        return key.type() == KeyType.ED25519 && Arrays.equals(key.data(), nodeKey.bytes());
    }

    /** Whether it is the offer of this node. */
    public boolean isOf(PeerId provider) {
        return PeerId.of(new PublicKey(KeyType.ED25519, offer.nodeKey().bytes())).equals(provider);
    }

    public Offer offer() {
        return offer;
    }

    /** By which sessions name it. */
    public Bytes32 hash() {
        return hash;
    }

    /** The envelope, to be passed on. */
    public byte[] encoded() {
        return encoded.clone();
    }

    @Override
    public String toString() {
        return "SignedOffer[" + offer + "]";
    }
}
