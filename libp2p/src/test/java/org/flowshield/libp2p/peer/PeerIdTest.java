package org.flowshield.libp2p.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.flowshield.libp2p.Vectors;
import org.flowshield.libp2p.crypto.KeyType;
import org.flowshield.libp2p.crypto.PublicKey;
import org.flowshield.libp2p.multiformats.Multibase;
import org.flowshield.libp2p.peer.MalformedPeerIdException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class PeerIdTest {

    private static final String ALICE = "12D3KooWQCkBm1BYtkHpocxCwMgR8yjitEeHGx8spzcDLGt2gkBm";

    static Stream<JsonNode> identities() {
        return Vectors.list("identities");
    }

    static Stream<JsonNode> specKeys() {
        return Vectors.list("specKeyPeerIds");
    }

    @ParameterizedTest
    @MethodSource("identities")
    void is_what_the_vectors_have_for_each_identity(JsonNode vector) throws Exception {
        assertForms(
                vector.get("publicProto"),
                vector.get("peerIdBytes"),
                vector.get("base58"),
                vector.get("cid"));
    }

    @ParameterizedTest
    @MethodSource("specKeys")
    void is_what_the_specification_has_for_each_key_type(JsonNode vector) throws Exception {
        assertForms(
                vector.get("publicProto"),
                vector.get("bytes"),
                vector.get("peerId"),
                vector.get("cid"));
    }

    private static void assertForms(JsonNode key, JsonNode bytes, JsonNode base58, JsonNode cid)
            throws Exception {
        PublicKey publicKey = PublicKey.parse(Vectors.hex(key));
        PeerId id = PeerId.of(publicKey);
        assertThat(id.bytes()).isEqualTo(Vectors.hex(bytes));
        assertThat(id).hasToString(base58.asString());
        assertThat(id.toCid()).isEqualTo(cid.asString());
        assertThat(PeerId.parse(Vectors.hex(bytes))).isEqualTo(id).hasSameHashCodeAs(id);
        assertThat(PeerId.parse(base58.asString())).isEqualTo(id);
        assertThat(PeerId.parse(cid.asString())).isEqualTo(id);
        if (publicKey.type() == KeyType.ECDSA) {
            assertThat(id.publicKey()).isEmpty();
        } else {
            assertThat(id.publicKey()).contains(publicKey);
        }
    }

    @ParameterizedTest
    @EnumSource
    void reads_a_cid_in_every_base(Multibase base) throws Exception {
        byte[] cid = Vectors.hex(Vectors.identity("alice").get("cidBytes"));
        assertThat(PeerId.parse(base.encode(cid))).hasToString(ALICE);
    }

    @ParameterizedTest
    @CsvSource({
        "'', BAD_TEXT",
        "1, BAD_MULTIHASH",
        "12D3KooWQCkBm1BYtkHpocxCwMgR8yjitEeHGx8spzcDLGt2gkB0, BAD_TEXT",
        "12D3KooWQCkBm1BYtkHpocxCwMgR8yjitEeHGx8spzcDLGt2gkB, BAD_MULTIHASH",
        "QmVMT29id3TUASyfZZ6k9hmNyc2nYabCo4uMSpDw4zrgD, BAD_MULTIHASH",
        "somebody, BAD_TEXT",
        // version 0; a CID of raw bytes; a CID that ends after its version
        "f0072002408011220d5bf4a3fcce717b0388bcc2749ebc148ad9969b23f45ee1b605fd58778576ac4, NOT_A_KEY_CID",
        "bafkreib6ydhzuufhbdnurklubavabhivt4q4pxziv5333r4wxvqevykd4q, NOT_A_KEY_CID",
        "f01, BAD_TEXT"
    })
    void refuses_text_that_is_no_id(String text, Reason reason) {
        assertThatThrownBy(() -> PeerId.parse(text))
                .isInstanceOfSatisfying(
                        MalformedPeerIdException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageStartingWith("no peer id: ");
    }

    @ParameterizedTest
    @CsvSource({
        "'', BAD_MULTIHASH",
        "00, BAD_MULTIHASH",
        // trailing bytes, a short digest, SHA-1
        "002408011220d5bf4a3fcce717b0388bcc2749ebc148ad9969b23f45ee1b605fd58778576ac400, BAD_MULTIHASH",
        "121f68362c312e155f4f7290b67f5cd094a22a0a4fbf20efd8c287934419350d36, BAD_MULTIHASH",
        "11140000000000000000000000000000000000000000, UNKNOWN_HASH",
        // an identity hash of nothing, and of a key that goes in by its hash
        "0000, BAD_KEY",
        "005f0803125b3059301306072a8648ce3d020106082a8648ce3d03010703420004de3d300fa36ae0e8f5d530899d83abab44abf"
                + "3161f162a4bc901d8e6ecda020e8b6d5f8da30525e71d6851510c098e5c47c646a597fb4dcec034e9f77c409e62, BAD_KEY"
    })
    void refuses_bytes_that_are_no_id(String hex, Reason reason) {
        assertThatThrownBy(() -> PeerId.parse(HexFormat.of().parseHex(hex)))
                .isInstanceOfSatisfying(
                        MalformedPeerIdException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void is_not_changed_through_the_array_it_gives() throws Exception {
        PeerId id = PeerId.parse(ALICE);
        id.bytes()[5] = 0;
        assertThat(id).hasToString(ALICE);
    }
}
