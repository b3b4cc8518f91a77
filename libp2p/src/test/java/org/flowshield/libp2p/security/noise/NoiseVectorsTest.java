package org.flowshield.libp2p.security.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.flowshield.libp2p.crypto.MalformedKeyException;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.security.Peer;
import org.junit.jupiter.api.Test;

/** A handshake with fixed keys, byte for byte as js-libp2p makes it. */
final class NoiseVectorsTest {

    private static final HexFormat HEX = HexFormat.of();

    private static final String ALICE =
            "080112402bd806c97f0e00af1a1fc3328fa763a9269723c8db8fac4f93af71db186d6e90"
                    + "d5bf4a3fcce717b0388bcc2749ebc148ad9969b23f45ee1b605fd58778576ac4";
    private static final String BOB =
            "0801124081b637d8fcd2c6da6359e6963113a1170de795e4b725b84d1e0b4cfd9ec58ce9"
                    + "ecc1b58727f3f12b3194881a9ecb9de0b28ce7b207230d8e930fe1bce75e256c";

    private static final String INITIATOR_STATIC =
            "00d476f881e3163cc7a0482ffaaaf3fb86e3bd0ee862e68dfb60f6a022b598f6";
    private static final String INITIATOR_STATIC_PUBLIC =
            "30531b43d0d804d97e6145e620fad6d0ebeb5a7fc4ac571c320109cb559c3045";
    private static final String INITIATOR_EPHEMERAL =
            "f15bb95e5b319afe06a573dea3e64a46688d7b9915acb43b44c59ef1795ed508";
    private static final String RESPONDER_STATIC =
            "4bb051b85872202fa5acc5ce08a036a99fc400b26621cd992195410618da4657";
    private static final String RESPONDER_STATIC_PUBLIC =
            "c25279ab9c2ea79414fe5a7a1ad34b445db0e2dbfee6baccbfae8fe40a84444c";
    private static final String RESPONDER_EPHEMERAL =
            "4de461313f3a1042323a2fd50ec91ad7063456df730ea122282cffae6388b5d8";

    private static final String INITIATOR_SIGNATURE =
            "011e0f5ab233223678caa18d22799dbaaf7b3b8d3e916e6dce99f3885f9509ce"
                    + "00f75eb3e297e793e564b2ff81c456f2d18319d1f5afa1f5fcb52e0548a5410e";
    private static final String RESPONDER_SIGNATURE =
            "a25310beab322e171daf2a550f69c9f491e9d2174f2d9eaf0f9272cff410b688"
                    + "16d082261e647d2aad8d748e7803ce65d741852b83c4d1ab787f209f952f5b06";

    private static final List<String> MESSAGES =
            List.of(
                    "aa9a076ec6a79d42890979595e22c55f4f9dd24cb6a95126f32901a4b88d5f4f",
                    "245d15c28bbc88169dfcc2201861c8060a790606d6dfc01a1fdef8b996c84823"
                            + "cfbe52446559a2bafb38cb7f7bb25e3a8d0291bd6cb62f4267b11250243e119f"
                            + "0906e5a8046bdeda930ff492094388ee933c916c154ea854beff23deae64709f"
                            + "d4f256b29d19f8c2e928b83cb3263c31da1359bb6e384257a0b327a82cad77b8"
                            + "db0b4c15148d8b53bd5401c13e478acc723734bb54a0a1e545c84565547545a5"
                            + "d5bba0f38e053aa2461e3d91af23a048f5465d397e4cda12dee764bdc511ffd1"
                            + "6fd4fe5d59d24f0ddd5c9bd7c67d7c85bc33a7eb81e67afe",
                    "28dcfc5be7e36ebebd3ffc028f647238a0198a0778915381d973bb8b707a6a9b"
                            + "1ccf8cc57cf2d788c7e1860fdee7997462162788bc3e4c9bf3340036914bd666"
                            + "1a1800cc0d3fc5274b7bde3341606eb2160904fe2a389dab90731d931830b878"
                            + "90b313429d28e90d9a7b91f0376c8cd5d591b66dd9ee91e1737e6944dbc80385"
                            + "18093c12a22889542941816fb25186525ee16bd2a03a4bc576e91d6a8a29e1cd"
                            + "27ed5592f1d0c0a934b88403d4c86343f0ae9875b73094c8");

    private final XxHandshake initiator =
            new XxHandshake(true, key(INITIATOR_STATIC), key(INITIATOR_EPHEMERAL));
    private final XxHandshake responder =
            new XxHandshake(false, key(RESPONDER_STATIC), key(RESPONDER_EPHEMERAL));

    @Test
    void the_public_keys_follow_from_the_secret_ones() {
        assertThat(key(INITIATOR_STATIC).publicBytes()).isEqualTo(hex(INITIATOR_STATIC_PUBLIC));
        assertThat(key(RESPONDER_STATIC).publicBytes()).isEqualTo(hex(RESPONDER_STATIC_PUBLIC));
        assertThat(key(INITIATOR_EPHEMERAL).publicBytes()).isEqualTo(hex(MESSAGES.getFirst()));
        assertThat(key(RESPONDER_EPHEMERAL).publicBytes())
                .isEqualTo(Arrays.copyOf(hex(MESSAGES.get(1)), DhKey.LENGTH));
    }

    @Test
    void the_host_keys_sign_the_static_keys() throws Exception {
        assertThat(HandshakePayload.sign(host(ALICE), hex(INITIATOR_STATIC_PUBLIC)))
                .isEqualTo(hex(INITIATOR_SIGNATURE));
        assertThat(HandshakePayload.sign(host(BOB), hex(RESPONDER_STATIC_PUBLIC)))
                .isEqualTo(hex(RESPONDER_SIGNATURE));
    }

    @Test
    void the_three_messages_are_those_of_the_vectors() throws Exception {
        byte[] first = initiator.write(new byte[0]);
        responder.read(first);
        byte[] second = responder.write(payload(BOB, RESPONDER_STATIC_PUBLIC));
        byte[] toInitiator = initiator.read(second);
        byte[] third = initiator.write(payload(ALICE, INITIATOR_STATIC_PUBLIC));
        byte[] toResponder = responder.read(third);

        assertThat(List.of(first, second, third)).map(HEX::formatHex).isEqualTo(MESSAGES);
        assertThat(HandshakePayload.parse(toInitiator, initiator.remoteStatic()))
                .isEqualTo(new HandshakePayload(host(BOB).publicKey(), List.of("/yamux/1.0.0")));
        assertThat(HandshakePayload.parse(toResponder, responder.remoteStatic()))
                .isEqualTo(new HandshakePayload(host(ALICE).publicKey(), List.of("/yamux/1.0.0")));
    }

    @Test
    void the_transport_ciphertexts_are_those_of_the_vectors() throws Exception {
        responder.read(initiator.write(new byte[0]));
        initiator.read(responder.write(payload(BOB, RESPONDER_STATIC_PUBLIC)));
        responder.read(initiator.write(payload(ALICE, INITIATOR_STATIC_PUBLIC)));
        XxHandshake.Keys ours = initiator.split();
        XxHandshake.Keys theirs = responder.split();

        passes("68656c6c6f", "9e93efdc01bc1b943a3c4c3d1d00515b576ac6f6ba", ours, theirs);
        passes("776f726c64", "dd90ad6796ddacd1787c903bfc716c8bbf0523134f", ours, theirs);
        passes("7265706c79", "3e82c8767caf435c0a8d6e728b196d142ef9a380ea", theirs, ours);
    }

    private static void passes(
            String plaintext, String sealed, XxHandshake.Keys from, XxHandshake.Keys to)
            throws Exception {
        byte[] plain = hex(plaintext);
        byte[] bytes = Arrays.copyOf(plain, plain.length + CipherState.TAG);
        assertThat(from.sending().seal(bytes, 0, plain.length)).isEqualTo(bytes.length);
        assertThat(bytes).isEqualTo(hex(sealed));
        assertThat(to.receiving().open(bytes, 0, bytes.length, bytes, 0)).isEqualTo(plain.length);
        assertThat(bytes).startsWith(plain);
    }

    private static byte[] payload(String host, String staticKey) throws MalformedKeyException {
        PrivateKey key = host(host);
        return HandshakePayload.encode(
                key.publicKey(), HandshakePayload.sign(key, hex(staticKey)), List.of(Peer.YAMUX));
    }

    private static PrivateKey host(String encoded) throws MalformedKeyException {
        return PrivateKey.parse(hex(encoded));
    }

    private static DhKey key(String secret) {
        return new DhKey(hex(secret));
    }

    private static byte[] hex(String text) {
        return HEX.parseHex(text);
    }
}
