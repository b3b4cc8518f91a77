package org.flowshield.app.secret;

import java.util.Arrays;
import org.flowshield.node.desk.wallet.PasswordCheck;
import org.flowshield.node.wallet.keystore.Password;

/** What is typed, in one array that never moves and is wiped. For one thread. */
public final class SecretBuffer implements AutoCloseable {

    /** As long as a password may be. */
    static final int MOST = 256;

    private final char[] characters = new char[MOST];
    private int length;

    /** Whether there was room. */
    public boolean append(char typed) {
        if (length == MOST) {
            return false;
        }
        characters[length++] = typed;
        return true;
    }

    /** Takes the last back; of two that are one sign, both. */
    public void removeLast() {
        if (length == 0) {
            return;
        }
        characters[--length] = '\0';
        if (length > 0 && Character.isHighSurrogate(characters[length - 1])) {
            characters[--length] = '\0';
        }
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** Whether both are the same. */
    public boolean matches(SecretBuffer other) {
        int different = length ^ other.length;
        for (int i = 0; i < MOST; i++) {
            different |= characters[i] ^ other.characters[i];
        }
        return different == 0;
    }

    /** A copy, which the caller wipes. */
    public char[] copy() {
        return Arrays.copyOf(characters, length);
    }

    /** As a wallet takes it; the caller closes it. */
    public Password password() {
        char[] copy = copy();
        try {
            return Password.of(copy);
        } finally {
            Arrays.fill(copy, '\0');
        }
    }

    /** Whether it may protect a wallet. */
    public PasswordCheck check() {
        char[] copy = copy();
        try {
            return PasswordCheck.of(copy);
        } finally {
            Arrays.fill(copy, '\0');
        }
    }

    /** How long guessing it takes. */
    public Strength strength() {
        char[] copy = copy();
        try {
            return Strength.of(copy);
        } finally {
            Arrays.fill(copy, '\0');
        }
    }

    /** Wipes what is there; it can be typed into again. */
    public void clear() {
        Arrays.fill(characters, '\0');
        length = 0;
    }

    @Override
    public void close() {
        clear();
    }

    @Override
    public String toString() {
        return "SecretBuffer[secret]";
    }
}
