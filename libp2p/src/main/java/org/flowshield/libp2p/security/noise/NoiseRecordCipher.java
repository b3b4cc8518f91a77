package org.flowshield.libp2p.security.noise;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.flowshield.libp2p.security.RecordCipher;

/**
 * Seals and opens Noise's transport frames: a length of two bytes, at most 65535, then the sealed
 * bytes. One thread may seal while another opens.
 */
final class NoiseRecordCipher implements RecordCipher {

    static final int LENGTH = Short.BYTES;

    /** A frame has at most 65535 bytes after its length (libp2p's Noise specification). */
    static final int MAX_SEALED = 65535;

    static final int MAX_PLAINTEXT = MAX_SEALED - CipherState.TAG;

    private static final int OVERHEAD = LENGTH + CipherState.TAG;

    /** Grows to what the connection's frames need: an idle connection should stay small. */
    private static final int FIRST_SCRATCH = 2048;

    private final CipherState sending;
    private final CipherState receiving;
    private byte[] sealScratch = {};
    private byte[] openScratch = {};

    NoiseRecordCipher(CipherState sending, CipherState receiving) {
        this.sending = sending;
        this.receiving = receiving;
    }

    @Override
    public int maxPlaintext() {
        return MAX_PLAINTEXT;
    }

    @Override
    public int sealedLength(int plaintextLength) {
        int frames = Math.ceilDiv(plaintextLength, MAX_PLAINTEXT);
        return Math.addExact(plaintextLength, Math.multiplyExact(frames, OVERHEAD));
    }

    @Override
    public void seal(ByteBuffer plaintext, ByteBuffer records) throws IOException {
        while (plaintext.hasRemaining()) {
            int length = Math.min(plaintext.remaining(), MAX_PLAINTEXT);
            sealScratch = roomFor(sealScratch, length + OVERHEAD);
            plaintext.get(sealScratch, LENGTH, length);
            records.put(sealScratch, 0, sealFrame(sealScratch, length));
        }
    }

    /** A scratch array for {@link #sealFrame}; its plaintext begins at {@link #LENGTH}. */
    byte[] sealScratch(int plaintextLength) {
        sealScratch = roomFor(sealScratch, plaintextLength + OVERHEAD);
        return sealScratch;
    }

    /** Makes a frame in place; gives its length. */
    int sealFrame(byte[] frame, int plaintextLength) throws IOException {
        int sealed = sending.seal(frame, LENGTH, plaintextLength);
        frame[0] = (byte) (sealed >>> Byte.SIZE);
        frame[1] = (byte) sealed;
        return LENGTH + sealed;
    }

    @Override
    public boolean open(ByteBuffer records, ByteBuffer plaintext) throws IOException {
        while (records.remaining() >= LENGTH && plaintext.remaining() >= MAX_PLAINTEXT) {
            int at = records.position();
            int sealed =
                    Byte.toUnsignedInt(records.get(at)) << Byte.SIZE
                            | Byte.toUnsignedInt(records.get(at + 1));
            if (records.remaining() - LENGTH < sealed) {
                break;
            }
            openScratch = roomFor(openScratch, sealed);
            records.position(at + LENGTH).get(openScratch, 0, sealed);
            plaintext.put(openScratch, 0, openFrame(openScratch, 0, sealed, openScratch, 0));
        }
        return true;
    }

    /** Opens a frame's sealed part into {@code target}; gives the plaintext's length. */
    int openFrame(byte[] frame, int offset, int sealed, byte[] target, int at) throws IOException {
        return receiving.open(frame, offset, sealed, target, at);
    }

    private static byte[] roomFor(byte[] scratch, int length) {
        if (scratch.length >= length) {
            return scratch;
        }
        Arrays.fill(scratch, (byte) 0);
        return new byte[scratchFor(length)];
    }

    /** The next power of two, that a growing connection copies seldom, or a whole frame. */
    static int scratchFor(int length) {
        return Math.min(
                Math.max(FIRST_SCRATCH, Integer.highestOneBit(length - 1) << 1),
                LENGTH + MAX_SEALED);
    }

    /** What the other threads do from then on fails. Any thread. */
    @Override
    public void close() {
        sending.close();
        receiving.close();
    }
}
