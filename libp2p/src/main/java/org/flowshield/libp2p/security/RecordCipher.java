package org.flowshield.libp2p.security;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Seals and opens the records of one connection outside of any event loop, on direct buffers.
 *
 * <p>One thread may seal while another opens.
 */
public interface RecordCipher extends AutoCloseable {

    /** The most plaintext that one record holds. */
    int maxPlaintext();

    /**
     * An upper bound of the record bytes that {@link #seal} makes of so many bytes of plaintext. A
     * buffer for {@code sealedLength(maxPlaintext())} bytes also holds any record that {@link
     * #open} takes.
     */
    int sealedLength(int plaintextLength);

    /**
     * Seals all of {@code plaintext} into as many records as it takes; {@code records} must have
     * {@link #sealedLength} bytes of room.
     */
    void seal(ByteBuffer plaintext, ByteBuffer records) throws IOException;

    /**
     * Opens complete records from the front of {@code records} while {@code plaintext} has room for
     * {@link #maxPlaintext} bytes. An incomplete record is left.
     *
     * @return false once the peer has said that it will send no more
     * @throws IOException if a record is forged or malformed; the connection must be closed
     */
    boolean open(ByteBuffer records, ByteBuffer plaintext) throws IOException;

    /** Wipes the keys; every call from then on fails. Idempotent, any thread. */
    @Override
    void close();
}
