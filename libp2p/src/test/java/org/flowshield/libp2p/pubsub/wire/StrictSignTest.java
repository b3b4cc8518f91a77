package org.flowshield.libp2p.pubsub.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import org.flowshield.libp2p.Vectors;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.wire.MalformedMessageException.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StrictSignTest {

    private static final Topic NEWS = new Topic("news");

    private final PrivateKey key = PrivateKey.generate(new SecureRandom());
    private final Message signed = StrictSign.sign(key, 7, NEWS, "hello".getBytes(UTF_8));

    private static Message vector() throws Exception {
        return Rpcs.decode(Vectors.hex(Vectors.section("pubsub").get("rpcPublish")))
                .messages()
                .getFirst();
    }

    @Test
    void verifies_what_js_libp2p_has_signed_with_and_without_the_key() throws Exception {
        Message js = vector();
        StrictSign.Claimed claimed = StrictSign.claimed(js);
        assertThat(claimed.author().toString())
                .isEqualTo(Vectors.identity("alice").get("base58").asString());
        assertThat(claimed.isSigned()).isTrue();
        Message inlined = new Message(js.from(), js.data(), js.seqno(), NEWS, js.signature(), null);
        assertThat(StrictSign.claimed(inlined).isSigned()).isTrue();
    }

    @Test
    void signs_as_js_libp2p_does() throws Exception {
        try (PrivateKey alice =
                PrivateKey.parse(Vectors.hex(Vectors.identity("alice").get("privateProto")))) {
            Message ours = StrictSign.sign(alice, 1, NEWS, "hello gossip".getBytes(UTF_8));
            assertThat(ours.signature()).isEqualTo(vector().signature());
        }
    }

    @Test
    void knows_its_own_signature() throws Exception {
        StrictSign.Claimed claimed = StrictSign.claimed(signed);
        assertThat(claimed.author()).isEqualTo(PeerId.of(key.publicKey()));
        assertThat(claimed.isSigned()).isTrue();
    }

    @Test
    void a_signature_covers_author_data_number_and_topic() throws Exception {
        ByteString other = ByteString.copyFromUtf8("changed!");
        assertThat(isSigned(signed.from(), other, signed.seqno(), NEWS)).isFalse();
        assertThat(isSigned(signed.from(), null, signed.seqno(), NEWS)).isFalse();
        assertThat(isSigned(signed.from(), signed.data(), other, NEWS)).isFalse();
        assertThat(isSigned(signed.from(), signed.data(), signed.seqno(), new Topic("old")))
                .isFalse();
        try (PrivateKey stranger = PrivateKey.generate(new SecureRandom())) {
            ByteString foreign = ByteString.copyFrom(PeerId.of(stranger.publicKey()).bytes());
            assertThat(isSigned(foreign, signed.data(), signed.seqno(), NEWS)).isFalse();
        }
    }

    private boolean isSigned(
            @Nullable ByteString from,
            @Nullable ByteString data,
            @Nullable ByteString seqno,
            Topic topic)
            throws MalformedMessageException {
        return StrictSign.claimed(new Message(from, data, seqno, topic, signed.signature(), null))
                .isSigned();
    }

    @Test
    void an_empty_payload_is_not_the_same_as_none() throws Exception {
        Message empty = StrictSign.sign(key, 1, NEWS, new byte[0]);
        assertThat(StrictSign.claimed(empty).isSigned()).isTrue();
        Message none =
                new Message(empty.from(), null, empty.seqno(), NEWS, empty.signature(), null);
        assertThat(StrictSign.claimed(none).isSigned()).isFalse();
    }

    @Test
    void refuses_what_lacks_author_number_signature_or_key() {
        ByteString from = signed.from();
        ByteString seqno = signed.seqno();
        ByteString signature = signed.signature();
        assertRefused(null, seqno, signature, null, Reason.NO_AUTHOR);
        assertRefused(ByteString.copyFromUtf8("me"), seqno, signature, null, Reason.BAD_AUTHOR);
        assertRefused(from, null, signature, null, Reason.BAD_SEQNO);
        assertRefused(from, ByteString.copyFromUtf8("1"), signature, null, Reason.BAD_SEQNO);
        assertRefused(from, seqno, null, null, Reason.NO_SIGNATURE);
        assertRefused(from, seqno, ByteString.EMPTY, null, Reason.NO_SIGNATURE);
        assertRefused(from, seqno, from, null, Reason.BAD_SIGNATURE);
        assertRefused(from, seqno, signature, ByteString.copyFromUtf8("key"), Reason.BAD_KEY);
        ByteString rsa = ByteString.fromHex("1220" + "11".repeat(32)); // its key is not in the id
        assertRefused(rsa, seqno, signature, null, Reason.NO_KEY);
        ByteString own = ByteString.copyFrom(key.publicKey().encoded());
        assertRefused(rsa, seqno, signature, own, Reason.FOREIGN_KEY);
    }

    private static void assertRefused(
            @Nullable ByteString from,
            @Nullable ByteString seqno,
            @Nullable ByteString signature,
            @Nullable ByteString key,
            Reason reason) {
        assertThatThrownBy(
                        () ->
                                StrictSign.claimed(
                                        new Message(
                                                from,
                                                ByteString.EMPTY,
                                                seqno,
                                                NEWS,
                                                signature,
                                                key)))
                .isInstanceOfSatisfying(
                        MalformedMessageException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
