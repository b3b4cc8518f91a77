package org.flowshield.libp2p.pubsub.wire;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.flowshield.libp2p.crypto.KeyType;
import org.flowshield.libp2p.crypto.MalformedKeyException;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.crypto.PublicKey;
import org.flowshield.libp2p.peer.MalformedPeerIdException;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.wire.MalformedMessageException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The signature policy of pubsub's specification: every message has its author, a number and a
 * valid signature. What costs little is checked by {@link #claimed}, the signature by {@link
 * Claimed#isSigned}.
 */
public final class StrictSign {

    /** How many bytes a sequence number has (specification: 64 bits, big-endian). */
    private static final int SEQNO_BYTES = 8;

    private static final int ED25519_SIGNATURE_BYTES = 64;

    /** That of RSA with 8192 bits, the longest key that is read. */
    private static final int MAX_SIGNATURE_BYTES = 1024;

    /** A multihash of 32 bytes or an inlined key of 42. */
    private static final int MAX_AUTHOR_BYTES = 64;

    private static final ByteString PREFIX =
            ByteString.copyFrom("libp2p-pubsub:", StandardCharsets.US_ASCII);

    private StrictSign() {}

    /**
     * A message that says whose it is, in good form; whether that is true the signature tells.
     *
     * @param key the author's
     */
    public record Claimed(Message message, PeerId author, PublicKey key) {

        /** True if the author signed this. Costs about a fifth of a millisecond. */
        public boolean isSigned() {
            ByteString signature = message.signature();
            return signature != null && key.verify(signedBytes(message), signature.toByteArray());
        }
    }

    /** Signs what the owner of {@code key} publishes. */
    public static Message sign(PrivateKey key, long seqno, Topic topic, byte[] payload) {
        PeerId author = PeerId.of(key.publicKey());
        Message unsigned =
                new Message(
                        ByteString.copyFrom(author.bytes()),
                        ByteString.copyFrom(payload),
                        ByteString.copyFrom(ByteBuffer.allocate(SEQNO_BYTES).putLong(seqno).flip()),
                        topic,
                        null,
                        null);
        ByteString signature = ByteString.copyFrom(key.sign(signedBytes(unsigned)));
        boolean inlined = author.publicKey().isPresent();
        return new Message(
                unsigned.from(),
                unsigned.data(),
                unsigned.seqno(),
                topic,
                signature,
                inlined ? null : ByteString.copyFrom(key.publicKey().encoded()));
    }

    private static byte[] signedBytes(Message message) {
        return PREFIX.concat(ByteString.copyFrom(RpcEncoder.encodeSigned(message))).toByteArray();
    }

    /** Checks all but the signature itself. */
    public static Claimed claimed(Message message) throws MalformedMessageException {
        PeerId author = author(message.from());
        ByteString seqno = message.seqno();
        if (seqno == null || seqno.size() != SEQNO_BYTES) {
            throw new MalformedMessageException(
                    Reason.BAD_SEQNO, "a message's sequence number has " + SEQNO_BYTES + " bytes");
        }
        ByteString signature = message.signature();
        if (signature == null || signature.isEmpty()) {
            throw new MalformedMessageException(
                    Reason.NO_SIGNATURE, "a message that is not signed");
        }
        PublicKey key = key(author, message.key());
        boolean fits =
                key.type() == KeyType.ED25519
                        ? signature.size() == ED25519_SIGNATURE_BYTES
                        : signature.size() <= MAX_SIGNATURE_BYTES;
        if (!fits) {
            throw new MalformedMessageException(
                    Reason.BAD_SIGNATURE, "a signature of " + signature.size() + " bytes");
        }
        return new Claimed(message, author, key);
    }

    private static PeerId author(@Nullable ByteString from) throws MalformedMessageException {
        if (from == null || from.isEmpty()) {
            throw new MalformedMessageException(Reason.NO_AUTHOR, "a message of nobody's");
        }
        if (from.size() > MAX_AUTHOR_BYTES) {
            throw new MalformedMessageException(
                    Reason.BAD_AUTHOR, "an author's id of " + from.size() + " bytes");
        }
        try {
            return PeerId.parse(from.toByteArray());
        } catch (MalformedPeerIdException e) {
            throw new MalformedMessageException(
                    Reason.BAD_AUTHOR, "a message's author: " + e.getMessage());
        }
    }

    private static PublicKey key(PeerId author, @Nullable ByteString told)
            throws MalformedMessageException {
        if (told == null || told.isEmpty()) {
            Optional<PublicKey> inlined = author.publicKey();
            return inlined.orElseThrow(
                    () ->
                            new MalformedMessageException(
                                    Reason.NO_KEY, "a message without its author's key"));
        }
        PublicKey key;
        try {
            key = PublicKey.parse(told.toByteArray());
        } catch (MalformedKeyException e) {
            throw new MalformedMessageException(
                    Reason.BAD_KEY, "the key in a message: " + e.getMessage());
        }
        if (!PeerId.of(key).equals(author)) {
            throw new MalformedMessageException(
                    Reason.FOREIGN_KEY, "a message with another key than its author's");
        }
        return key;
    }
}
