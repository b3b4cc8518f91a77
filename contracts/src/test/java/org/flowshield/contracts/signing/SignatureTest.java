package org.flowshield.contracts.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.signing.MalformedSignatureException.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class SignatureTest {

    private static final SigningKey KEY = SigningKey.generate(new SecureRandom());

    private static final byte[] SOUND = KEY.sign(Bytes32.ZERO).bytes();

    @AfterAll
    static void wipe() {
        KEY.close();
    }

    @Test
    void reads_its_own_bytes() throws MalformedSignatureException {
        Signature signature = Signature.parse(SOUND);
        assertThat(signature.bytes()).isEqualTo(SOUND);
        assertThat(signature).isEqualTo(new Signature(SOUND)).hasToString(signature.toString());
    }

    @Test
    void refuses_the_short_form_and_the_zero_form() {
        assertThat(reason(Arrays.copyOf(SOUND, 64))).isEqualTo(Reason.LENGTH);
        assertThat(reason(new byte[65])).isEqualTo(Reason.RECOVERY_BYTE);
        assertThat(reason(with(new byte[32], 0))).isEqualTo(Reason.OUT_OF_RANGE);
        assertThat(reason(with(new byte[32], 32))).isEqualTo(Reason.OUT_OF_RANGE);
        assertThat(reason(with(word(Secp256k1.ORDER), 0))).isEqualTo(Reason.OUT_OF_RANGE);
    }

    @Test
    void refuses_the_mirrored_form_of_a_sound_signature() {
        BigInteger s = new BigInteger(1, SOUND, 32, 32);
        byte[] mirrored = with(word(Secp256k1.ORDER.subtract(s)), 32);
        mirrored[64] = (byte) (55 - mirrored[64]);
        assertThat(reason(mirrored)).isEqualTo(Reason.HIGH_S);
        assertThatThrownBy(() -> new Signature(mirrored))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refuses_recovery_bytes_of_other_ages() {
        for (int v : new int[] {0, 1, 26, 29, 37}) {
            byte[] bytes = SOUND.clone();
            bytes[64] = (byte) v;
            assertThat(reason(bytes)).isEqualTo(Reason.RECOVERY_BYTE);
        }
    }

    @Test
    void says_when_no_key_can_have_made_it() {
        // 5 is the x of no point of the curve.
        byte[] nobodys = with(word(BigInteger.valueOf(5)), 0);
        assertThatThrownBy(() -> Signature.parse(nobodys).recover(Bytes32.ZERO))
                .isInstanceOf(MalformedSignatureException.class);
        assertThat(new Signature(nobodys).isBy(KEY.address(), Bytes32.ZERO)).isFalse();
    }

    private static byte[] with(byte[] word, int at) {
        byte[] bytes = SOUND.clone();
        System.arraycopy(word, 0, bytes, at, word.length);
        return bytes;
    }

    private static byte[] word(BigInteger value) {
        return BigIntegers.asUnsignedByteArray(32, value);
    }

    private static Reason reason(byte[] bytes) {
        return catchThrowableOfType(MalformedSignatureException.class, () -> Signature.parse(bytes))
                .reason();
    }
}
