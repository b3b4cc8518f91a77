package org.flowshield.node.tunnel.control;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The secret by which a lane proves that it belongs to a session. Compared in constant time, never
 * printed, wiped when closed.
 */
public final class SessionToken implements AutoCloseable {

    /** Bytes: nobody guesses 256 random bits. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private SessionToken(byte[] bytes) {
        this.bytes = bytes;
    }

    public static SessionToken random(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new SessionToken(bytes);
    }

    /** Takes a token as it came over the wire. */
    public static SessionToken parse(byte[] bytes) throws MalformedControlException {
        if (bytes.length != LENGTH) {
            throw new MalformedControlException(MalformedControlException.Reason.TOKEN_LENGTH);
        }
        return new SessionToken(bytes.clone());
    }

    /** The 32 bytes, for a message. */
    public byte[] encode() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionToken token && MessageDigest.isEqual(bytes, token.bytes);
    }

    @Override
    public int hashCode() {
        return SessionToken.class.hashCode(); // says nothing about the secret
    }

    @Override
    public String toString() {
        return "SessionToken[secret]";
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }
}
