package org.flowshield.libp2p.pubsub.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.flowshield.libp2p.Vectors;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.wire.Control.PeerInfo;
import org.flowshield.libp2p.pubsub.wire.Control.Prune;
import org.flowshield.libp2p.pubsub.wire.MalformedRpcException.Reason;
import org.junit.jupiter.api.Test;

final class RpcsTest {

    private static final Topic NEWS = new Topic("news");

    private static byte[] vector(String name) {
        return Vectors.hex(Vectors.section("pubsub").get(name));
    }

    private static MessageId id(String hex) {
        return new MessageId(ByteString.fromHex(hex));
    }

    @Test
    void reads_and_writes_js_libp2ps_subscription() throws Exception {
        Rpc rpc = Rpcs.decode(vector("rpcSubscribe"));
        assertThat(rpc).isEqualTo(new Rpc.Builder().subscription(true, NEWS).build());
        assertThat(Rpcs.encode(rpc)).isEqualTo(vector("rpcSubscribe"));
    }

    @Test
    void reads_and_writes_js_libp2ps_control_message() throws Exception {
        Rpc rpc = Rpcs.decode(vector("rpcControl"));
        assertThat(rpc)
                .isEqualTo(
                        new Rpc.Builder()
                                .ihave(NEWS, List.of(id("aabb")))
                                .iwant(List.of(id("aabb")))
                                .graft(NEWS)
                                .prune(new Prune(NEWS, List.of(), 60))
                                .idontwant(List.of(id("ccdd")))
                                .build());
        assertThat(Rpcs.encode(rpc)).isEqualTo(vector("rpcControl"));
    }

    @Test
    void reads_and_writes_js_libp2ps_published_message() throws Exception {
        Rpc rpc = Rpcs.decode(vector("rpcPublish"));
        assertThat(rpc.messages()).hasSize(1);
        assertThat(rpc.messages().getFirst().payload()).isEqualTo("hello gossip".getBytes(UTF_8));
        assertThat(Rpcs.encode(rpc)).isEqualTo(vector("rpcPublish"));
        assertThat(MessageIds.AUTHOR_AND_SEQNO.of(rpc.messages().getFirst()).bytes().toByteArray())
                .isEqualTo(vector("msgIdSpec"));
    }

    @Test
    void keeps_peers_that_a_prune_names_and_leaves_out_those_it_cannot_read() throws Exception {
        PeerId alice = PeerId.parse(Vectors.identity("alice").get("base58").asString());
        Rpc rpc =
                new Rpc.Builder()
                        .prune(
                                new Prune(
                                        NEWS,
                                        List.of(
                                                new PeerInfo(alice, ByteString.fromHex("01")),
                                                new PeerInfo(alice, null)),
                                        10))
                        .build();
        assertThat(Rpcs.decode(Rpcs.encode(rpc))).isEqualTo(rpc);

        byte[] peer = written(out -> out.writeByteArray(1, new byte[7]));
        byte[] prune =
                written(
                        out -> {
                            out.writeString(1, "news");
                            out.writeByteArray(2, peer);
                        });
        byte[] control = written(out -> out.writeByteArray(4, prune));
        byte[] unreadable = written(out -> out.writeByteArray(3, control));
        assertThat(Rpcs.decode(unreadable).prune()).containsExactly(new Prune(NEWS, List.of(), 0));
    }

    @Test
    void cuts_lists_that_are_longer_than_anyone_needs() throws Exception {
        Rpc.Builder rpc = new Rpc.Builder();
        rpc.iwant(Collections.nCopies(Rpc.MAX_IDS + 1, id("aa")));
        rpc.idontwant(Collections.nCopies(Rpc.MAX_UNWANTED + 1, id("bb")));
        rpc.ihave(NEWS, Collections.nCopies(Rpc.MAX_IDS, id("cc")));
        rpc.ihave(NEWS, List.of(id("dd")));
        for (int i = 0; i <= Rpc.MAX_CONTROLS; i++) {
            rpc.graft(NEWS).prune(new Prune(NEWS, List.of(), 1));
        }
        Rpc read = Rpcs.decode(Rpcs.encode(rpc.build()));
        assertThat(read.iwant()).hasSize(Rpc.MAX_IDS);
        assertThat(read.idontwant()).hasSize(Rpc.MAX_UNWANTED);
        assertThat(read.ihave().get(0).ids()).hasSize(Rpc.MAX_IDS);
        assertThat(read.ihave().get(1).ids()).isEmpty();
        assertThat(read.graft()).hasSize(Rpc.MAX_CONTROLS);
        assertThat(read.prune()).hasSize(Rpc.MAX_CONTROLS);
    }

    @Test
    void refuses_what_is_too_long_or_has_no_topic() {
        assertRefused(new byte[Rpc.MAX_BYTES + 1], Reason.TOO_LONG);
        assertRefused(new byte[] {0x0a, 0x02, 0x08, 0x01}, Reason.BAD_TOPIC);
        assertRefused(new byte[] {0x0a, 0x7f}, Reason.BAD_ENCODING);
    }

    private static void assertRefused(byte[] bytes, Reason reason) {
        assertThatThrownBy(() -> Rpcs.decode(bytes))
                .isInstanceOfSatisfying(
                        MalformedRpcException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    @Test
    void sends_a_long_rpc_in_parts_that_say_the_same() throws Exception {
        Rpc.Builder all = new Rpc.Builder().subscription(true, NEWS).graft(NEWS);
        all.ihave(NEWS, Collections.nCopies(Rpc.MAX_IDS, id("aa".repeat(40))));
        for (int i = 0; i < 5; i++) {
            all.message(
                    new Message(
                            null,
                            ByteString.copyFrom(new byte[30_000 + i]),
                            null,
                            NEWS,
                            null,
                            null));
        }
        Rpc rpc = all.build();
        Rpc.Builder joined = new Rpc.Builder();
        List<byte[]> parts = Rpcs.encodeInParts(rpc);
        assertThat(parts).hasSizeGreaterThan(4);
        for (byte[] part : parts) {
            assertThat(part.length).isLessThanOrEqualTo(Rpc.PREFERRED_BYTES);
            joined.add(Rpcs.decode(part));
        }
        assertThat(joined.build().messages()).isEqualTo(rpc.messages());
        assertThat(joined.build().ihave().stream().mapToInt(offer -> offer.ids().size()).sum())
                .isEqualTo(Rpc.MAX_IDS);
        assertThat(joined.build().graft()).isEqualTo(rpc.graft());
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] written(Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        fields.write(out);
        out.flush();
        return bytes.toByteArray();
    }
}
