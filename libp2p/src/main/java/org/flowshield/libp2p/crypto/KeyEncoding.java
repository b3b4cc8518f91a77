package org.flowshield.libp2p.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.flowshield.libp2p.crypto.MalformedKeyException.Reason;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException;
import org.flowshield.libp2p.multiformats.Uvarint;

/**
 * The deterministic protobuf of a key: type, then data, nothing else. Written out by hand because a
 * protobuf library is lax about order and extra fields, and leaves copies of secrets that cannot be
 * wiped.
 */
final class KeyEncoding {

    /** An RSA key of 8192 bits takes 1095 bytes; no other key takes more. */
    static final int MAX_LENGTH = 1200;

    private static final byte TYPE_TAG = 0x08;
    private static final byte DATA_TAG = 0x12;

    private KeyEncoding() {}

    /** A type and what belongs to it, not checked against one another. */
    record Parts(KeyType type, byte[] data) {}

    static byte[] encode(KeyType type, byte[] data) {
        ByteBuffer target = ByteBuffer.allocate(3 + Uvarint.size(data.length) + data.length);
        target.put(TYPE_TAG).put((byte) type.number()).put(DATA_TAG);
        Uvarint.write(data.length, target);
        return target.put(data).array();
    }

    static Parts parse(byte[] encoded) throws MalformedKeyException {
        if (encoded.length > MAX_LENGTH) {
            throw new MalformedKeyException(
                    Reason.BAD_LENGTH,
                    "key of " + encoded.length + " bytes, at most " + MAX_LENGTH);
        }
        ByteBuffer source = ByteBuffer.wrap(encoded);
        expect(source, TYPE_TAG, "the key's type");
        long type = number(source, "the key's type");
        expect(source, DATA_TAG, "the key's data");
        long length = number(source, "the key's length");
        if (length != source.remaining()) {
            throw new MalformedKeyException(
                    Reason.BAD_ENCODING,
                    "key says it has " + length + " bytes of data but has " + source.remaining());
        }
        byte[] data = Arrays.copyOfRange(encoded, source.position(), encoded.length);
        return new Parts(KeyType.of((int) Math.min(type, Integer.MAX_VALUE)), data);
    }

    private static void expect(ByteBuffer source, byte tag, String what)
            throws MalformedKeyException {
        if (!source.hasRemaining() || source.get() != tag) {
            throw new MalformedKeyException(
                    Reason.BAD_ENCODING, what + " is not where a libp2p key has it");
        }
    }

    private static long number(ByteBuffer source, String what) throws MalformedKeyException {
        try {
            return Uvarint.read(source);
        } catch (MalformedMultiformatException e) {
            throw new MalformedKeyException(Reason.BAD_ENCODING, what + ": " + e.getMessage());
        }
    }
}
