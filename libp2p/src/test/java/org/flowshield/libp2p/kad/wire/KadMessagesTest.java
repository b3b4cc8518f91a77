package org.flowshield.libp2p.kad.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.Vectors;
import org.flowshield.libp2p.kad.wire.MalformedKadException.Reason;
import org.flowshield.libp2p.kad.wire.Request.AddProvider;
import org.flowshield.libp2p.kad.wire.Request.FindNode;
import org.flowshield.libp2p.kad.wire.Request.GetProviders;
import org.flowshield.libp2p.kad.wire.Request.GetValue;
import org.flowshield.libp2p.kad.wire.Request.PutValue;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.junit.jupiter.api.Test;

/** Against messages that js-libp2p made, and against what nobody should send. */
final class KadMessagesTest {

    private static final RecordKey HELLO = RecordKey.ofName("/v/hello");

    private static byte[] vector(String name) {
        return Vectors.hex(Vectors.section("kad").get(name));
    }

    private static PeerId peer(String name) throws Exception {
        return PeerId.parse(Vectors.identity(name).get("base58").asString());
    }

    private static PeerInfo alice() throws Exception {
        return new PeerInfo(peer("alice"), List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/4001")));
    }

    private static RecordKey providerKey() {
        return new RecordKey(
                Vectors.hex(Vectors.section("kad").get("providerKey").get("multihash")));
    }

    @Test
    void find_node_is_as_js_writes_it() throws Exception {
        FindNode request = new FindNode(RecordKey.of(peer("bob")));
        assertThat(request.encode()).isEqualTo(vector("findNodeRequest"));
        assertThat(Request.parse(vector("findNodeRequest"))).isEqualTo(request);
    }

    @Test
    void an_answer_of_js_names_peers_with_their_addresses() throws Exception {
        FindNode request = new FindNode(RecordKey.of(peer("bob")));
        assertThat(Response.parse(vector("findNodeResponse"), request).closer())
                .containsExactly(
                        new PeerInfo(
                                peer("bob"), List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/4001"))));
    }

    @Test
    void put_and_get_are_as_js_writes_them() throws Exception {
        ValueRecord world =
                new ValueRecord(
                        HELLO,
                        "world".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        Optional.of(Instant.parse("2023-11-14T22:13:20Z")));
        PutValue put = (PutValue) Request.parse(vector("putValue"));
        assertThat(put.record()).isEqualTo(world);
        assertThat(put.record().received()).isEqualTo(world.received());
        assertThat(new GetValue(HELLO).encode()).isEqualTo(vector("getValue"));
        assertThat(Request.parse(vector("getValue"))).isEqualTo(new GetValue(HELLO));
    }

    @Test
    void provider_messages_are_as_js_writes_them() throws Exception {
        AddProvider add = new AddProvider(providerKey(), List.of(alice()));
        assertThat(add.encode()).isEqualTo(vector("addProvider"));
        assertThat(Request.parse(vector("addProvider"))).isEqualTo(add);
        assertThat(new GetProviders(providerKey()).encode()).isEqualTo(vector("getProviders"));
        assertThat(Request.parse(vector("getProviders")))
                .isEqualTo(new GetProviders(providerKey()));
    }

    @Test
    void a_message_without_a_type_is_a_put() {
        assertThatThrownBy(() -> Request.parse(new byte[0]))
                .isInstanceOfSatisfying(
                        MalformedKadException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.BAD_RECORD));
    }

    @Test
    void refuses_a_put_whose_record_has_another_key() {
        KadProtos.Message put =
                KadProtos.Message.newBuilder()
                        .setKey(ByteString.copyFromUtf8("/v/a"))
                        .setRecord(
                                KadProtos.Record.newBuilder()
                                        .setKey(ByteString.copyFromUtf8("/v/b")))
                        .build();
        assertRefused(put, Reason.BAD_RECORD);
    }

    @Test
    void refuses_what_is_too_long_unknown_or_without_a_key() {
        var message = KadProtos.Message.newBuilder();
        assertRefused(message.setType(KadProtos.Message.Type.FIND_NODE).build(), Reason.BAD_KEY);
        assertRefused(message.setTypeValue(17).build(), Reason.UNKNOWN_TYPE);
        message.setKey(ByteString.copyFrom(new byte[RecordKey.MAX_PROVIDER_KEY + 1]));
        assertRefused(
                message.setType(KadProtos.Message.Type.ADD_PROVIDER).build(), Reason.TOO_LONG);
        assertRefused(
                message.setType(KadProtos.Message.Type.GET_PROVIDERS).build(), Reason.TOO_LONG);
        message.setKey(ByteString.copyFrom(new byte[RecordKey.MAX + 1]));
        assertRefused(message.setType(KadProtos.Message.Type.GET_VALUE).build(), Reason.TOO_LONG);
        message.setKey(ByteString.copyFromUtf8("/v/a"))
                .setRecord(
                        KadProtos.Record.newBuilder()
                                .setKey(ByteString.copyFromUtf8("/v/a"))
                                .setValue(
                                        ByteString.copyFrom(new byte[ValueRecord.MAX_VALUE + 1])));
        assertRefused(message.setType(KadProtos.Message.Type.PUT_VALUE).build(), Reason.TOO_LONG);
    }

    private static void assertRefused(KadProtos.Message message, Reason reason) {
        assertThatThrownBy(() -> Request.parse(message.toByteArray()))
                .isInstanceOfSatisfying(
                        MalformedKadException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void an_answer_to_another_question_is_refused() {
        assertThatThrownBy(() -> Response.parse(vector("getValue"), new FindNode(HELLO)))
                .isInstanceOf(MalformedKadException.class);
        KadProtos.Message other =
                KadProtos.Message.newBuilder()
                        .setType(KadProtos.Message.Type.GET_VALUE)
                        .setRecord(
                                KadProtos.Record.newBuilder()
                                        .setKey(ByteString.copyFromUtf8("/v/other")))
                        .build();
        assertThatThrownBy(() -> Response.parse(other.toByteArray(), new GetValue(HELLO)))
                .isInstanceOfSatisfying(
                        MalformedKadException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_ANSWER));
    }

    @Test
    void reads_a_bounded_number_of_peers_and_addresses() throws Exception {
        KadProtos.Message.Peer many =
                alice().toProto().toBuilder()
                        .addAllAddrs(
                                Collections.nCopies(
                                        100, ByteString.copyFrom(HexFormat.of().parseHex("04"))))
                        .build();
        KadProtos.Message message =
                KadProtos.Message.newBuilder()
                        .setType(KadProtos.Message.Type.FIND_NODE)
                        .setKey(ByteString.copyFrom(HELLO.bytes()))
                        .addAllCloserPeers(Collections.nCopies(1000, many))
                        .build();
        Response read = Response.parse(message.toByteArray(), new FindNode(HELLO));
        assertThat(read.closer()).hasSize(Response.MAX_CLOSER).containsOnly(alice());
    }

    @Test
    void leaves_out_peers_that_cannot_be_read_and_addresses_of_others() throws Exception {
        Multiaddr address = Multiaddr.parse("/ip4/127.0.0.1/tcp/4001");
        PeerInfo odd =
                new PeerInfo(
                        peer("alice"),
                        List.of(address.withPeer(peer("bob")), address.withPeer(peer("alice"))));
        KadProtos.Message message =
                KadProtos.Message.newBuilder()
                        .setType(KadProtos.Message.Type.FIND_NODE)
                        .addCloserPeers(KadProtos.Message.Peer.newBuilder())
                        .addCloserPeers(odd.toProto())
                        .build();
        assertThat(Response.parse(message.toByteArray(), new FindNode(HELLO)).closer())
                .containsExactly(alice());
    }
}
