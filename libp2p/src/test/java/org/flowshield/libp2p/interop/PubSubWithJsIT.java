package org.flowshield.libp2p.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.LoopbackHosts;
import org.flowshield.libp2p.Served;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multiformats.Delimited;
import org.flowshield.libp2p.pubsub.ReceivedMessage;
import org.flowshield.libp2p.pubsub.Subscription;
import org.flowshield.libp2p.pubsub.TestNode;
import org.flowshield.libp2p.pubsub.Validator;
import org.flowshield.libp2p.pubsub.mesh.Version;
import org.flowshield.libp2p.pubsub.wire.Message;
import org.flowshield.libp2p.pubsub.wire.Rpc;
import org.flowshield.libp2p.pubsub.wire.Rpcs;
import org.flowshield.libp2p.pubsub.wire.StrictSign;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gossipsub of ours and of js-libp2p in one network. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class PubSubWithJsIT {

    private static final Topic NEWS = new Topic("news");

    @BeforeEach
    void needs_node() {
        assumeTrue(JsPeer.missingPubSub().isEmpty(), JsPeer.missingPubSub());
    }

    private static String next(Subscription messages) throws InterruptedException {
        return messages.next(TestNode.PATIENCE)
                .map(message -> new String(message.data(), UTF_8))
                .orElse("nothing");
    }

    private static String next(JsPeer js) {
        return js.await("message").path("data").asString();
    }

    /**
     * A ring in which ours and theirs take turns, so that whatever goes further than to a neighbour
     * is passed on by both.
     */
    @Test
    void messages_reach_all_in_a_ring_of_three_and_three_from_each_side() throws Exception {
        try (TestNode a = new TestNode();
                TestNode b = new TestNode();
                TestNode c = new TestNode();
                Subscription atA = a.pubsub.join(NEWS, Validator.ANY);
                Subscription atB = b.pubsub.join(NEWS, Validator.ANY);
                Subscription atC = c.pubsub.join(NEWS, Validator.ANY);
                JsPeer ab = between(a, b);
                JsPeer bc = between(b, c);
                JsPeer ca = between(c, a)) {
            List<Subscription> ours = List.of(atA, atB, atC);
            List<JsPeer> theirs = List.of(ab, bc, ca);
            for (TestNode node : List.of(a, b, c)) {
                node.awaitMesh(NEWS, 2);
            }
            for (JsPeer js : theirs) {
                js.probe("mesh count=2");
            }
            for (int i = 0; i < ours.size(); i++) {
                String text = "ours-" + i;
                ours.get(i).publish(text.getBytes(UTF_8));
                for (Subscription other : ours) {
                    assertThat(other.equals(ours.get(i)) ? text : next(other)).isEqualTo(text);
                }
                for (JsPeer js : theirs) {
                    assertThat(next(js)).isEqualTo(text);
                }
            }
            for (int i = 0; i < theirs.size(); i++) {
                String text = "theirs-" + i;
                theirs.get(i).probe("publish data=" + text);
                for (Subscription messages : ours) {
                    assertThat(next(messages)).isEqualTo(text);
                }
                for (JsPeer js : theirs) {
                    assertThat(js.equals(theirs.get(i)) ? text : next(js)).isEqualTo(text);
                }
            }
            String large = "x".repeat(20_000);
            ab.probe("publish data=" + large);
            for (Subscription messages : ours) {
                assertThat(next(messages)).isEqualTo(large);
            }
            for (TestNode node : List.of(a, b, c)) {
                assertThat(node.pubsub.scores().values()).hasSize(2).allMatch(score -> score > 0);
            }
        }
    }

    private static JsPeer between(TestNode one, TestNode other) throws IOException {
        return JsPeer.pubsub(
                NEWS.name(), List.of(one.address().toString(), other.address().toString()));
    }

    @Test
    void what_js_forges_is_refused_and_what_it_signs_is_not() throws Exception {
        List<String> kinds =
                List.of(
                        "changed",
                        "unsigned",
                        "no-seqno",
                        "no-author",
                        "not-its-author",
                        "not-its-key");
        for (String kind : kinds) {
            try (TestNode ours = new TestNode();
                    Subscription messages = ours.pubsub.join(NEWS, Validator.ANY);
                    JsPeer js = JsPeer.pubsub(NEWS.name(), List.of(ours.address().toString()))) {
                ours.awaitMesh(NEWS, 1);
                js.probe("forge kind=" + kind);
                ours.awaitBadScore(ours.pubsub.peers(NEWS).getFirst());
                js.probe("forge kind=genuine");
                ReceivedMessage message = messages.next(TestNode.PATIENCE).orElseThrow();
                assertThat(new String(message.data(), UTF_8)).as(kind).isEqualTo("genuine");
            }
        }
    }

    @Test
    void what_we_forge_is_refused_by_js_and_what_we_sign_is_not() throws Exception {
        try (LoopbackHosts hosts = new LoopbackHosts();
                JsPeer js = JsPeer.pubsub(NEWS.name(), List.of())) {
            // js-libp2p wants a stream of its own before it heeds one.
            hosts.dialler.handle(
                    new Served(
                            Version.V1_1.id(),
                            stream -> {
                                long _ = stream.input().transferTo(OutputStream.nullOutputStream());
                            }));
            Connection connection = hosts.dialler.connect(OurHost.multiaddr(js.address()));
            Stream out = connection.newStream(List.of(Version.V1_1.id()));
            say(out, new Rpc.Builder().subscription(true, NEWS));
            Map<String, Message> forged = new LinkedHashMap<>();
            Message good = StrictSign.sign(hosts.diallerKey, 1, NEWS, "genuine".getBytes(UTF_8));
            ByteString from = good.from();
            ByteString data = ByteString.copyFromUtf8("forged");
            ByteString stranger = ByteString.copyFrom(hosts.listener.peerId().bytes());
            ByteString own = ByteString.copyFrom(hosts.diallerKey.publicKey().encoded());
            forged.put("changed", with(from, data, 2, good.signature(), null));
            forged.put("unsigned", with(from, data, 3, null, null));
            forged.put("no author", with(null, data, 4, good.signature(), null));
            forged.put("not its author", with(stranger, data, 5, good.signature(), null));
            forged.put("not its key", with(stranger, data, 6, good.signature(), own));
            for (Message message : forged.values()) {
                say(out, new Rpc.Builder().message(message));
            }
            say(out, new Rpc.Builder().message(good));
            List<String> seen = new ArrayList<>();
            seen.add(next(js));
            say(
                    out,
                    new Rpc.Builder()
                            .message(
                                    StrictSign.sign(
                                            hosts.diallerKey,
                                            9,
                                            NEWS,
                                            "the last".getBytes(UTF_8))));
            seen.add(next(js));
            assertThat(seen).containsExactly("genuine", "the last");
        }
    }

    private static void say(Stream out, Rpc.Builder rpc) throws IOException {
        Delimited.write(out.output(), Rpcs.encode(rpc.build()));
    }

    private static Message with(
            @Nullable ByteString from,
            ByteString data,
            long seqno,
            @Nullable ByteString signature,
            @Nullable ByteString key) {
        return new Message(
                from,
                data,
                ByteString.copyFrom(ByteBuffer.allocate(8).putLong(seqno).flip()),
                NEWS,
                signature,
                key);
    }
}
