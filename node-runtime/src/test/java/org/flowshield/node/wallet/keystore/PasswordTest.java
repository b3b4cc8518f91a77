package org.flowshield.node.wallet.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.flowshield.node.wallet.keystore.WeakPasswordException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordTest {

    @ParameterizedTest
    @CsvSource({
        "short,TOO_SHORT",
        "aaaaaaaaaaaa,TOO_UNIFORM",
        "abababababab,TOO_UNIFORM",
        "password123,WELL_KNOWN",
        "PasswordPassword,WELL_KNOWN",
        "Flowshield2026,WELL_KNOWN",
        "1234567890!,WELL_KNOWN",
        "'line\nof a file',CONTROL_CHARACTER",
    })
    void refuses_what_is_guessed(String text, Reason reason) {
        try (Password password = Password.of(text.toCharArray())) {
            assertThatExceptionOfType(WeakPasswordException.class)
                    .isThrownBy(password::requireStrong)
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                    .withMessageNotContaining(text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"four little ponies", "x8#kQ2!mZ0", "passwords are for the weak"})
    void takes_what_is_not(String text) {
        try (Password password = Password.of(text.toCharArray())) {
            assertThatNoException().isThrownBy(password::requireStrong);
        }
    }

    @Test
    void refuses_what_nobody_types() {
        try (Password password = Password.of("abcdefghijkl".repeat(100).toCharArray())) {
            assertThatExceptionOfType(WeakPasswordException.class)
                    .isThrownBy(password::requireStrong)
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LONG));
        }
    }

    @Test
    void knows_the_same_password_again() {
        try (Password one = Password.of("the password".toCharArray());
                Password same = Password.of("the password".toCharArray());
                Password other = Password.of("the Password".toCharArray())) {
            assertThat(one.matches(same)).isTrue();
            assertThat(one.matches(other)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "p\u00e4ssw\u00f6rd", "\u4e2d\ud83d\ude00", "torn \ud83d"})
    void is_the_same_in_another_process(String text) {
        try (Password typed = Password.of(text.toCharArray());
                Password other = Password.ofUtf8(typed.utf8())) {
            assertThat(other.utf8()).isEqualTo(typed.utf8());
        }
    }

    @Test
    void is_wiped_and_says_nothing() {
        Password password = Password.of("the password".toCharArray());
        assertThat(password).hasToString("Password[secret]");
        password.close();
        assertThatIllegalStateException().isThrownBy(password::requireStrong);
        assertThatIllegalStateException().isThrownBy(password::utf8);
    }
}
