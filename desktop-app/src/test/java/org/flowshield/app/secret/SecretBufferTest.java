package org.flowshield.app.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.flowshield.node.wallet.keystore.WeakPasswordException.Reason;
import org.junit.jupiter.api.Test;

final class SecretBufferTest {

    private final SecretBuffer buffer = new SecretBuffer();

    @Test
    void what_is_typed_is_there_and_then_wiped() {
        type("four little ponies");
        assertThat(buffer.copy()).containsExactly("four little ponies".toCharArray());
        assertThat(buffer.toString()).doesNotContain("ponies");
        buffer.clear();
        assertThat(buffer.isEmpty()).isTrue();
        assertThat(buffer.copy()).isEmpty();
    }

    @Test
    void a_sign_of_two_halves_is_taken_back_whole() {
        type("ab\uD83D\uDD11");
        buffer.removeLast();
        assertThat(buffer.copy()).containsExactly('a', 'b');
        buffer.removeLast();
        buffer.removeLast();
        buffer.removeLast();
        assertThat(buffer.isEmpty()).isTrue();
    }

    @Test
    void no_more_is_taken_than_a_password_may_have() {
        type("x".repeat(SecretBuffer.MOST));
        assertThat(buffer.append('y')).isFalse();
        assertThat(buffer.length()).isEqualTo(SecretBuffer.MOST);
    }

    @Test
    void two_are_the_same_or_not() {
        SecretBuffer other = new SecretBuffer();
        assertThat(buffer.matches(other)).isTrue();
        type("one");
        assertThat(buffer.matches(other)).isFalse();
        for (char c : "one".toCharArray()) {
            assertThat(other.append(c)).isTrue();
        }
        assertThat(buffer.matches(other)).isTrue();
    }

    @Test
    void says_how_long_guessing_takes() {
        assertThat(buffer.strength()).isEqualTo(Strength.TOO_WEAK);
        type("password1");
        assertThat(buffer.check().weakness()).isEqualTo(Reason.TOO_SHORT);
        assertThat(strength("qwertyuiop")).isEqualTo(Strength.TOO_WEAK);
        assertThat(strength("kiwi-apple")).isEqualTo(Strength.FAIR);
        assertThat(strength("four little ponies")).isEqualTo(Strength.GOOD);
        assertThat(strength("four little ponies run")).isEqualTo(Strength.STRONG);
    }

    private Strength strength(String text) {
        buffer.clear();
        type(text);
        return buffer.strength();
    }

    private void type(String text) {
        text.chars().forEach(c -> assertThat(buffer.append((char) c)).isTrue());
    }
}
