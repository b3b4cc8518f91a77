package org.flowshield.node.desk.wallet;

import org.flowshield.node.wallet.keystore.Password;
import org.flowshield.node.wallet.keystore.WeakPasswordException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a password may protect a wallet. Immutable.
 *
 * @param weakness null if it may
 * @param message in English; empty if it may
 */
public record PasswordCheck(WeakPasswordException.@Nullable Reason weakness, String message) {

    public boolean isStrong() {
        return weakness == null;
    }

    /** Looks at one; the caller wipes it. */
    public static PasswordCheck of(char[] typed) {
        try (Password password = Password.of(typed)) {
            password.requireStrong();
            return new PasswordCheck(null, "");
        } catch (WeakPasswordException e) {
            return new PasswordCheck(e.reason(), e.getMessage());
        }
    }
}
