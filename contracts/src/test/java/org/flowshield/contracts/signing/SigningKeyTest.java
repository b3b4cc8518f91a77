package org.flowshield.contracts.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.signing.MalformedKeyException.Reason;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

final class SigningKeyTest {

    private static final long SEED = 20261127;
    private static final int ROUNDS = 200;

    /** The first account of the mnemonic that all development chains use. */
    private static final byte[] FIRST =
            HexFormat.of()
                    .parseHex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

    @Test
    void has_the_address_that_every_wallet_gives_it() throws MalformedKeyException {
        try (SigningKey key = SigningKey.of(FIRST)) {
            assertThat(key.address()).hasToString("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
        }
    }

    /** Another implementation must make the same signature, to the bit: both follow RFC 6979. */
    @Test
    void signs_as_another_library_does() throws MalformedKeyException {
        Random random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] secret = new byte[SigningKey.LENGTH];
            random.nextBytes(secret);
            Bytes32 digest = Keccak256.hash("round " + i);
            ECKeyPair pair = ECKeyPair.create(secret);
            Sign.SignatureData expected = Sign.signMessage(digest.bytes(), pair, false);
            try (SigningKey key = SigningKey.of(secret)) {
                Signature signature = key.sign(digest);
                assertThat(signature.r().bytes()).as("seed %d", SEED).isEqualTo(expected.getR());
                assertThat(signature.s().bytes()).isEqualTo(expected.getS());
                assertThat(signature.v()).isEqualTo(expected.getV()[0]);
                assertThat(key.address())
                        .hasToString(Keys.toChecksumAddress(Keys.getAddress(pair)));
            }
        }
    }

    @Test
    void is_found_again_from_its_signature() throws MalformedSignatureException {
        try (SigningKey key = SigningKey.generate(new SecureRandom())) {
            for (int i = 0; i < ROUNDS; i++) {
                Bytes32 digest = Keccak256.hash("round " + i);
                Signature signature = key.sign(digest);
                assertThat(signature.recover(digest)).isEqualTo(key.address());
                assertThat(signature.isBy(key.address(), digest)).isTrue();
                assertThat(signature.isBy(key.address(), Bytes32.ZERO)).isFalse();
            }
        }
    }

    @Test
    void refuses_bytes_that_are_no_key_without_showing_them() {
        BigInteger order = Secp256k1.ORDER;
        assertThat(reason(new byte[31])).isEqualTo(Reason.LENGTH);
        assertThat(reason(new byte[32])).isEqualTo(Reason.OUT_OF_RANGE);
        byte[] tooLarge = order.toByteArray();
        assertThat(reason(Arrays.copyOfRange(tooLarge, 1, 33))).isEqualTo(Reason.OUT_OF_RANGE);
        assertThatThrownBy(() -> SigningKey.of(new byte[33])).hasMessageNotContaining("000000");
    }

    @Test
    void neither_signs_nor_encodes_once_closed() throws MalformedKeyException {
        SigningKey key = SigningKey.of(FIRST);
        assertThat(key.encode()).isEqualTo(FIRST);
        key.close();
        key.close();
        assertThatThrownBy(() -> key.sign(Bytes32.ZERO)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(key::encode).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void does_not_tell_its_secret() throws MalformedKeyException {
        try (SigningKey key = SigningKey.of(FIRST)) {
            assertThat(key.toString())
                    .doesNotContainIgnoringCase("ac0974")
                    .contains(key.address().toString());
        }
    }

    private static Reason reason(byte[] bytes) {
        return catchThrowableOfType(MalformedKeyException.class, () -> SigningKey.of(bytes))
                .reason();
    }
}
