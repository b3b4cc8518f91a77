package org.flowshield.node.wallet.keystore;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.flowshield.node.wallet.keystore.WeakPasswordException.Reason;

/**
 * What a person types to open a wallet. Safe for use by any thread; wiped by {@link #close}.
 * Equality is that of the object.
 */
public final class Password implements AutoCloseable {

    /** With one guess per core and second, ten characters that are no word outlast the thief. */
    static final int MIN_LENGTH = 10;

    /** Longer than any sentence that somebody remembers. */
    static final int MAX_LENGTH = 256;

    static final int MIN_DISTINCT = 5;

    /** A character of Java's takes at most three bytes; two that belong together take four. */
    private static final int MAX_UTF8 = 3;

    /** Those of the usual lists that the other rules let through. */
    private static final List<String> WELL_KNOWN =
            List.of(
                    "password",
                    "passwort",
                    "1234567890",
                    "0123456789",
                    "0987654321",
                    "9876543210",
                    "qwertyuiop",
                    "qwertzuiop",
                    "abcdefghij",
                    "letmein",
                    "iloveyou",
                    "flowshield",
                    "changeme",
                    "correct horse battery staple",
                    "correcthorsebatterystaple");

    private final char[] characters;
    private boolean closed;

    private Password(char[] characters) {
        this.characters = characters;
    }

    /** Takes a copy; the caller wipes what it gave. */
    public static Password of(char[] characters) {
        return new Password(characters.clone());
    }

    /** What {@link #utf8} gave, in another process; the caller wipes what it gave. */
    public static Password ofUtf8(byte[] bytes) {
        CharBuffer decoded = CharBuffer.allocate(bytes.length);
        CoderResult _ =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .decode(ByteBuffer.wrap(bytes), decoded, true);
        Password password = new Password(Arrays.copyOf(decoded.array(), decoded.position()));
        Arrays.fill(decoded.array(), '\0');
        return password;
    }

    /**
     * Whether it may protect a new file.
     *
     * @throws WeakPasswordException if not
     */
    public synchronized void requireStrong() throws WeakPasswordException {
        requireOpen();
        if (characters.length < MIN_LENGTH) {
            throw new WeakPasswordException(Reason.TOO_SHORT);
        }
        if (characters.length > MAX_LENGTH) {
            throw new WeakPasswordException(Reason.TOO_LONG);
        }
        for (char c : characters) {
            if (Character.isISOControl(c)) {
                throw new WeakPasswordException(Reason.CONTROL_CHARACTER);
            }
        }
        if (distinct() < MIN_DISTINCT) {
            throw new WeakPasswordException(Reason.TOO_UNIFORM);
        }
        if (WELL_KNOWN.stream().anyMatch(this::isVariantOf)) {
            throw new WeakPasswordException(Reason.WELL_KNOWN);
        }
    }

    /** Whether both are the same; takes as long for any two of the same length. */
    public boolean matches(Password other) {
        byte[] mine = utf8();
        byte[] theirs = other.utf8();
        try {
            return java.security.MessageDigest.isEqual(mine, theirs);
        } finally {
            Arrays.fill(mine, (byte) 0);
            Arrays.fill(theirs, (byte) 0);
        }
    }

    /** As keystores take it; the caller wipes it. */
    public synchronized byte[] utf8() {
        requireOpen();
        ByteBuffer encoded = ByteBuffer.allocate(MAX_UTF8 * characters.length);
        CoderResult _ =
                StandardCharsets.UTF_8
                        .newEncoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .encode(CharBuffer.wrap(characters), encoded, true);
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }

    /** Wipes it. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        Arrays.fill(characters, '\0');
    }

    @Override
    public String toString() {
        return "Password[secret]";
    }

    private long distinct() {
        char[] sorted = characters.clone();
        Arrays.sort(sorted);
        int distinct = 0;
        for (int at = 0; at < sorted.length; at++) {
            if (at == 0 || sorted[at] != sorted[at - 1]) {
                distinct++;
            }
        }
        Arrays.fill(sorted, '\0');
        return distinct;
    }

    /** That word in any case, with a few digits or marks behind it, or twice. */
    private boolean isVariantOf(String known) {
        int at = 0;
        while (startsWith(known, at)) {
            at += known.length();
        }
        if (at == 0) {
            return false;
        }
        for (int rest = at; rest < characters.length; rest++) {
            if (Character.isLetter(characters[rest])) {
                return false;
            }
        }
        return characters.length - at <= 4;
    }

    private boolean startsWith(String known, int at) {
        if (characters.length - at < known.length()) {
            return false;
        }
        for (int i = 0; i < known.length(); i++) {
            if (Character.toLowerCase(characters[at + i]) != known.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the password has been closed");
        }
    }
}
