package org.flowshield.libp2p.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.flowshield.libp2p.Vectors;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.record.MalformedRecordException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class PeerRecordTest {

    private static final JsonNode VECTOR = Vectors.section("peerRecord");
    private static final byte[] ENVELOPE = Vectors.hex(VECTOR.get("envelope"));

    private final PrivateKey alice = key("alice");
    private final PrivateKey mallory = PrivateKey.generate(new SecureRandom());

    @AfterEach
    void wipe() {
        alice.close();
        mallory.close();
    }

    @Test
    void reads_the_vector() throws Exception {
        assertThat(PeerRecord.open(ENVELOPE)).isEqualTo(vector());
    }

    @Test
    void writes_the_vector() throws Exception {
        assertThat(vector().encode()).isEqualTo(Vectors.hex(VECTOR.get("payload")));
        assertThat(vector().seal(alice).encoded()).isEqualTo(ENVELOPE);
    }

    @Test
    void reads_the_vectors_relay_voucher_as_an_envelope_of_its_own_type() throws Exception {
        JsonNode voucher = Vectors.section("relayVoucher");
        RecordType type = new RecordType("libp2p-relay-rsvp", new byte[] {3, 2});
        SignedEnvelope envelope = SignedEnvelope.open(Vectors.hex(voucher.get("envelope")), type);
        assertThat(envelope.payload()).isEqualTo(Vectors.hex(voucher.get("payload")));
        assertThat(PeerId.of(envelope.signer()))
                .hasToString(Vectors.identity("relay").get("base58").asString());
        assertMalformed(Vectors.hex(voucher.get("envelope")), Reason.WRONG_TYPE);
    }

    @Test
    void takes_no_signature_made_for_another_domain() {
        RecordType lookalike = new RecordType("libp2p-routing-state", RecordType.PEER.code());
        byte[] envelope = SignedEnvelope.seal(alice, lookalike, vectorPayload()).encoded();
        assertMalformed(envelope, Reason.BAD_SIGNATURE);
    }

    @Test
    void takes_no_envelope_with_any_byte_changed() {
        for (int at = 0; at < ENVELOPE.length; at++) {
            byte[] changed = ENVELOPE.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> PeerRecord.open(changed))
                    .as("byte %d", at)
                    .isInstanceOf(MalformedRecordException.class);
        }
    }

    @Test
    void takes_no_record_that_another_peer_signed() {
        byte[] envelope = SignedEnvelope.seal(mallory, RecordType.PEER, vectorPayload()).encoded();
        assertMalformed(envelope, Reason.FOREIGN);
    }

    @Test
    void does_not_sign_for_another_peer() {
        assertThatThrownBy(() -> vector().seal(mallory))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takes_no_key_with_fields_of_its_own() throws Exception {
        RecordProtos.Envelope envelope = RecordProtos.Envelope.parseFrom(ENVELOPE);
        com.google.protobuf.UnknownFieldSet extra =
                com.google.protobuf.UnknownFieldSet.newBuilder()
                        .addField(
                                9,
                                com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                                        .addVarint(1)
                                        .build())
                        .build();
        RecordProtos.Envelope changed =
                envelope.toBuilder()
                        .setPublicKey(envelope.getPublicKey().toBuilder().setUnknownFields(extra))
                        .build();
        assertMalformed(changed.toByteArray(), Reason.BAD_KEY);
    }

    @Test
    void refuses_what_is_no_envelope_or_no_record() {
        assertMalformed(new byte[] {1, 2, 3}, Reason.BAD_ENCODING);
        assertMalformed(new byte[0], Reason.WRONG_TYPE);
        assertMalformed(new byte[SignedEnvelope.MAX_LENGTH + 1], Reason.TOO_LONG);
        assertMalformed(sealed(new byte[] {1, 2, 3}), Reason.BAD_ENCODING);
        assertMalformed(sealed(new byte[0]), Reason.BAD_PEER_ID);
    }

    @Test
    void leaves_out_addresses_it_cannot_read() throws Exception {
        RecordProtos.PeerRecord.Builder message =
                RecordProtos.PeerRecord.parseFrom(vectorPayload()).toBuilder();
        message.addAddressesBuilder().setMultiaddr(ByteString.copyFrom(new byte[] {3, 3, 3}));
        message.addAddressesBuilder();
        byte[] envelope = sealed(message.build().toByteArray());
        assertThat(PeerRecord.open(envelope)).isEqualTo(vector());
    }

    @Test
    void refuses_more_addresses_than_anyone_has() throws Exception {
        RecordProtos.PeerRecord.Builder message =
                RecordProtos.PeerRecord.parseFrom(vectorPayload()).toBuilder();
        for (int i = 0; i < PeerRecord.MAX_ADDRESSES; i++) {
            message.addAddressesBuilder();
        }
        assertMalformed(sealed(message.build().toByteArray()), Reason.TOO_LONG);
        List<Multiaddr> many =
                new ArrayList<>(
                        Collections.nCopies(
                                PeerRecord.MAX_ADDRESSES + 1, vector().addresses().getFirst()));
        assertThatThrownBy(() -> new PeerRecord(vector().peer(), 1, many))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1700000000001L, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void is_superseded_by_a_greater_unsigned_number_only(long seq) throws Exception {
        PeerRecord old = vector();
        PeerRecord next = new PeerRecord(old.peer(), seq, List.of());
        assertThat(next.supersedes(old)).isTrue();
        assertThat(old.supersedes(next)).isFalse();
        assertThat(old.supersedes(old)).isFalse();
        assertThat(new PeerRecord(PeerId.of(mallory.publicKey()), seq, List.of()).supersedes(old))
                .isFalse();
    }

    private byte[] sealed(byte[] payload) {
        return SignedEnvelope.seal(alice, RecordType.PEER, payload).encoded();
    }

    private static byte[] vectorPayload() {
        return Vectors.hex(VECTOR.get("payload"));
    }

    private PeerRecord vector() throws Exception {
        List<Multiaddr> addresses = new ArrayList<>();
        for (JsonNode text : VECTOR.get("addrs")) {
            addresses.add(Multiaddr.parse(text.asString()));
        }
        return new PeerRecord(
                PeerId.of(alice.publicKey()),
                Long.parseLong(VECTOR.get("seq").asString()),
                addresses);
    }

    private static PrivateKey key(String name) {
        try {
            return PrivateKey.parse(Vectors.hex(Vectors.identity(name).get("privateProto")));
        } catch (org.flowshield.libp2p.crypto.MalformedKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertMalformed(byte[] envelope, Reason reason) {
        assertThatThrownBy(() -> PeerRecord.open(envelope))
                .isInstanceOfSatisfying(
                        MalformedRecordException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
