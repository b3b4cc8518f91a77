package org.flowshield.libp2p.detached;

import java.nio.ByteBuffer;
import org.flowshield.libp2p.security.RecordCipher;

/** Records that are nothing but their plaintext. */
final class ClearCipher implements RecordCipher {

    static final int MAX = 16 * 1024;

    @Override
    public int maxPlaintext() {
        return MAX;
    }

    @Override
    public int sealedLength(int plaintextLength) {
        return plaintextLength;
    }

    @Override
    public void seal(ByteBuffer plaintext, ByteBuffer records) {
        records.put(plaintext);
    }

    @Override
    public boolean open(ByteBuffer records, ByteBuffer plaintext) {
        while (records.hasRemaining() && plaintext.remaining() >= MAX) {
            int part = Math.min(records.remaining(), MAX);
            plaintext.put(records.slice(records.position(), part));
            records.position(records.position() + part);
        }
        return true;
    }

    @Override
    public void close() {
        // There are no keys.
    }
}
