package org.flowshield.libp2p.security.noise;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.flowshield.libp2p.security.noise.MalformedNoiseException.Reason;

/**
 * One side of the XX handshake, without I/O. One thread at a time; a message that is refused ends
 * it for good.
 *
 * <pre>
 *   initiator                          responder
 *     | -- 1: e -------------------------> |
 *     | <- 2: e, ee, s, es, payload ------ |
 *     | -- 3: s, se, payload ------------> |
 *   split                                split
 * </pre>
 */
final class XxHandshake implements AutoCloseable {

    /** What the two sides seal and open with once the handshake is done. */
    record Keys(CipherState sending, CipherState receiving) {}

    private static final byte[] NOTHING = {};
    private static final int SEALED_KEY = DhKey.LENGTH + CipherState.TAG;
    private static final int MESSAGES = 3;

    private final boolean initiator;
    private final DhKey identity;
    private final DhKey ephemeral;
    private final SymmetricState symmetric = new SymmetricState();
    private byte[] remoteEphemeral = NOTHING;
    private byte[] remoteStatic = NOTHING;
    private int messages;
    private boolean broken;

    /**
     * @param identity the static key; stays the caller's
     * @param ephemeral a key that was never used before; wiped by {@link #close}
     */
    XxHandshake(boolean initiator, DhKey identity, DhKey ephemeral) {
        this.initiator = initiator;
        this.identity = identity;
        this.ephemeral = ephemeral;
        symmetric.mixHash(NOTHING);
    }

    /** True if the next message is ours. */
    boolean writesNext() {
        return !finished() && (messages % 2 == 0) == initiator;
    }

    boolean finished() {
        return messages == MESSAGES;
    }

    /** True if the next message can protect a payload. */
    boolean protectsNext() {
        return messages > 0;
    }

    /** The peer's static key, once the message that carries it has been read. */
    byte[] remoteStatic() {
        return remoteStatic.clone();
    }

    /** Makes our next message. */
    byte[] write(byte[] payload) throws IOException {
        begin(true);
        if (!protectsNext() && payload.length > 0) {
            throw new IllegalArgumentException("nothing would protect this payload");
        }
        byte[] message =
                switch (messages) {
                    case 0 -> writeEphemeral(payload);
                    case 1 -> writeEphemeralAndStatic(payload);
                    default -> writeStatic(payload);
                };
        commit();
        return message;
    }

    private byte[] writeEphemeral(byte[] payload) throws IOException {
        byte[] e = ephemeral.publicBytes();
        symmetric.mixHash(e);
        return join(e, symmetric.encryptAndHash(payload));
    }

    private byte[] writeEphemeralAndStatic(byte[] payload) throws IOException {
        byte[] e = ephemeral.publicBytes();
        symmetric.mixHash(e);
        symmetric.mixKey(ephemeral.agree(remoteEphemeral));
        byte[] s = symmetric.encryptAndHash(identity.publicBytes());
        symmetric.mixKey(identity.agree(remoteEphemeral));
        return join(e, s, symmetric.encryptAndHash(payload));
    }

    private byte[] writeStatic(byte[] payload) throws IOException {
        byte[] s = symmetric.encryptAndHash(identity.publicBytes());
        symmetric.mixKey(identity.agree(remoteEphemeral));
        return join(s, symmetric.encryptAndHash(payload));
    }

    /** Reads the peer's next message; gives its payload. */
    byte[] read(byte[] message) throws IOException {
        begin(false);
        ByteBuffer source = ByteBuffer.wrap(message);
        byte[] payload =
                switch (messages) {
                    case 0 -> readEphemeral(source);
                    case 1 -> readEphemeralAndStatic(source);
                    default -> readStatic(source);
                };
        commit();
        return payload;
    }

    private byte[] readEphemeral(ByteBuffer source) throws IOException {
        remoteEphemeral = take(source, DhKey.LENGTH);
        symmetric.mixHash(remoteEphemeral);
        if (source.hasRemaining()) {
            throw new MalformedNoiseException(
                    Reason.UNEXPECTED_PAYLOAD,
                    "the first message carries " + source.remaining() + " unprotected bytes");
        }
        return symmetric.decryptAndHash(NOTHING);
    }

    private byte[] readEphemeralAndStatic(ByteBuffer source) throws IOException {
        remoteEphemeral = take(source, DhKey.LENGTH);
        symmetric.mixHash(remoteEphemeral);
        symmetric.mixKey(ephemeral.agree(remoteEphemeral));
        remoteStatic = symmetric.decryptAndHash(take(source, SEALED_KEY));
        symmetric.mixKey(ephemeral.agree(remoteStatic));
        return symmetric.decryptAndHash(take(source, source.remaining()));
    }

    private byte[] readStatic(ByteBuffer source) throws IOException {
        remoteStatic = symmetric.decryptAndHash(take(source, SEALED_KEY));
        symmetric.mixKey(ephemeral.agree(remoteStatic));
        return symmetric.decryptAndHash(take(source, source.remaining()));
    }

    /** The transport keys. Once only; the handshake can be closed then. */
    Keys split() {
        if (!finished() || broken) {
            throw new IllegalStateException("the handshake is not finished");
        }
        broken = true;
        CipherState[] directions = symmetric.split();
        return initiator
                ? new Keys(directions[0], directions[1])
                : new Keys(directions[1], directions[0]);
    }

    private void begin(boolean writing) {
        if (broken || finished() || writesNext() != writing) {
            throw new IllegalStateException("not the turn of this message");
        }
        broken = true;
    }

    private void commit() {
        messages++;
        broken = false;
    }

    private static byte[] take(ByteBuffer source, int length) throws MalformedNoiseException {
        if (source.remaining() < length) {
            throw new MalformedNoiseException(
                    Reason.TOO_SHORT, "a handshake message that ends within its keys");
        }
        byte[] taken = new byte[length];
        source.get(taken);
        return taken;
    }

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer joined = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            joined.put(part);
        }
        return joined.array();
    }

    /** Wipes the ephemeral key and the chain of keys. */
    @Override
    public void close() {
        broken = true;
        ephemeral.close();
        symmetric.close();
    }
}
