package org.flowshield.libp2p.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.flowshield.libp2p.pubsub.TestNode.PATIENCE;

import com.google.protobuf.ByteString;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.LoopbackHosts;
import org.flowshield.libp2p.Served;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.identify.AdvertisedAddresses;
import org.flowshield.libp2p.identify.Identify;
import org.flowshield.libp2p.multiformats.Delimited;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException;
import org.flowshield.libp2p.pubsub.mesh.RouterConfig;
import org.flowshield.libp2p.pubsub.mesh.Verdict;
import org.flowshield.libp2p.pubsub.mesh.Version;
import org.flowshield.libp2p.pubsub.wire.MalformedRpcException;
import org.flowshield.libp2p.pubsub.wire.Message;
import org.flowshield.libp2p.pubsub.wire.Rpc;
import org.flowshield.libp2p.pubsub.wire.Rpcs;
import org.flowshield.libp2p.pubsub.wire.StrictSign;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class PubSubIT {

    private static final Topic NEWS = new Topic("news");

    private static String text(Optional<ReceivedMessage> message) {
        return message.map(came -> new String(came.data(), UTF_8)).orElse("nothing");
    }

    @Test
    void a_message_reaches_those_who_are_not_connected_to_its_author() throws Exception {
        try (TestNode first = new TestNode();
                TestNode middle = new TestNode();
                TestNode last = new TestNode();
                Subscription own = first.pubsub.join(NEWS, Validator.ANY);
                Subscription between = middle.pubsub.join(NEWS, Validator.ANY);
                Subscription far = last.pubsub.join(NEWS, Validator.ANY)) {
            first.dial(middle);
            last.dial(middle);
            middle.awaitMesh(NEWS, 2);
            first.awaitMesh(NEWS, 1);
            last.awaitMesh(NEWS, 1);

            Published published = own.publish("hello".getBytes(UTF_8));
            assertThat(published.peers()).isEqualTo(1);
            ReceivedMessage came = far.next(PATIENCE).orElseThrow();
            assertThat(came.data()).isEqualTo("hello".getBytes(UTF_8));
            assertThat(came.author()).isEqualTo(first.id());
            assertThat(came.bringer()).isEqualTo(middle.id());
            assertThat(came.id()).isEqualTo(published.id());
            assertThat(text(between.next(PATIENCE))).isEqualTo("hello");

            far.publish("and back".getBytes(UTF_8));
            assertThat(text(own.next(PATIENCE))).isEqualTo("and back");
        }
    }

    @Test
    void one_who_does_not_subscribe_can_publish() throws Exception {
        try (TestNode author = new TestNode();
                TestNode reader = new TestNode();
                Subscription news = reader.pubsub.join(NEWS, Validator.ANY)) {
            assertThat(author.pubsub.publish(NEWS, new byte[1]).peers()).isZero();
            author.dial(reader);
            assertThat(author.pubsub.awaitPeers(NEWS, 1, PATIENCE)).isEqualTo(1);
            assertThat(author.pubsub.publish(NEWS, "x".getBytes(UTF_8)).peers()).isEqualTo(1);
            assertThat(text(news.next(PATIENCE))).isEqualTo("x");
        }
    }

    @Test
    void what_a_validator_refuses_is_not_passed_on_and_its_author_thrown_out() throws Exception {
        Validator noJunk =
                message ->
                        new String(message.data(), UTF_8).startsWith("junk")
                                ? Verdict.REJECT
                                : Verdict.ACCEPT;
        try (TestNode author = new TestNode();
                TestNode middle = new TestNode();
                TestNode last = new TestNode();
                Subscription between = middle.pubsub.join(NEWS, noJunk);
                Subscription far = last.pubsub.join(NEWS, Validator.ANY)) {
            author.dial(middle);
            last.dial(middle);
            middle.awaitMesh(NEWS, 1);
            last.awaitMesh(NEWS, 1);
            author.pubsub.awaitPeers(NEWS, 1, PATIENCE);
            for (int i = 0; i < 3; i++) {
                author.pubsub.publish(NEWS, ("junk " + i).getBytes(UTF_8));
            }
            author.await(router -> router.subscribers(NEWS).isEmpty());
            between.publish("clean".getBytes(UTF_8));
            assertThat(text(far.next(PATIENCE))).isEqualTo("clean");
            assertThat(middle.pubsub.scores()).doesNotContainKey(author.id());
            PubSubCounts counts = middle.pubsub.counts();
            assertThat(counts.meshes()).isEqualTo(Map.of(NEWS, 1));
            assertThat(counts.peers()).isEqualTo(1);
            assertThat(counts.refused()).isPositive();
            assertThat(counts.shed()).isEqualTo(1);
            assertThat(counts.delivered()).isZero();
            assertThat(last.pubsub.counts().delivered()).isEqualTo(1);
        }
    }

    @Test
    void large_messages_arrive_whole_and_larger_ones_are_not_sent() throws Exception {
        try (TestNode author = new TestNode();
                TestNode reader = new TestNode();
                Subscription news = reader.pubsub.join(NEWS, Validator.ANY)) {
            author.dial(reader);
            author.pubsub.awaitPeers(NEWS, 1, PATIENCE);
            byte[] most = new byte[RouterConfig.DEFAULT_PAYLOAD];
            most[most.length - 1] = 1;
            author.pubsub.publish(NEWS, most);
            assertThat(news.next(PATIENCE).orElseThrow().data()).isEqualTo(most);
            assertThatThrownBy(() -> author.pubsub.publish(NEWS, new byte[most.length + 1]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_slow_reader_loses_the_oldest_messages_and_knows_how_many() throws Exception {
        PubSubOptions small = TestNode.options().withSubscriptions(2, Overflow.DROP_OLDEST);
        try (TestNode author = new TestNode();
                TestNode reader = new TestNode(small);
                Subscription news = reader.pubsub.join(NEWS, Validator.ANY)) {
            author.dial(reader);
            author.pubsub.awaitPeers(NEWS, 1, PATIENCE);
            for (int i = 0; i < 5; i++) {
                author.pubsub.publish(NEWS, ("message " + i).getBytes(UTF_8));
            }
            reader.await(router -> news.dropped() == 3);
            assertThat(news.next(PATIENCE)).isPresent();
            assertThat(news.next(PATIENCE)).isPresent();
        }
    }

    @Test
    void who_waits_for_messages_is_told_of_the_end() throws Exception {
        try (TestNode node = new TestNode()) {
            Subscription news = node.pubsub.join(NEWS, Validator.ANY);
            assertThatThrownBy(() -> node.pubsub.join(NEWS, Validator.ANY))
                    .isInstanceOf(IllegalStateException.class);
            Thread closer = Thread.ofVirtual().start(news::close);
            List<ReceivedMessage> all = new ArrayList<>();
            news.forEach(all::add);
            closer.join();
            assertThat(all).isEmpty();
            node.pubsub.join(NEWS, Validator.ANY).close();
        }
    }

    // ---- peers that speak for themselves ----

    /** A bare host with a stream each way, that a test speaks through. */
    private static final class RawPeer implements AutoCloseable {

        final LoopbackHosts hosts;
        final BlockingQueue<Rpc> told = new LinkedBlockingQueue<>();
        final Connection connection;
        final Stream out;

        RawPeer(TestNode node, Version version) throws IOException {
            hosts = new LoopbackHosts();
            hosts.dialler.handle(new Served(version.id(), this::listen));
            connection = hosts.dialler.connect(node.address());
            out = connection.newStream(List.of(version.id()));
        }

        private void listen(Stream stream) throws IOException {
            try {
                for (Optional<byte[]> frame = Delimited.read(stream.input(), Rpc.MAX_BYTES);
                        frame.isPresent();
                        frame = Delimited.read(stream.input(), Rpc.MAX_BYTES)) {
                    told.add(Rpcs.decode(frame.get()));
                }
            } catch (MalformedMultiformatException | MalformedRpcException e) {
                throw new AssertionError(e);
            }
        }

        void say(Rpc.Builder rpc) throws IOException {
            Delimited.write(out.output(), Rpcs.encode(rpc.build()));
        }

        /** Waits for the end of our stream, which is a reset. */
        void awaitEnd() {
            assertThatThrownBy(
                            () -> {
                                if (out.read(ByteBuffer.allocate(1)) < 0) {
                                    throw new EOFException("ended");
                                }
                            })
                    .isInstanceOf(IOException.class);
        }

        @Override
        public void close() {
            hosts.close();
        }
    }

    /**
     * Whoever publishes one message has ended the other's stream before its own was listened to.
     */
    @Test
    void what_comes_from_a_peer_that_has_ended_our_stream_is_heard() throws Exception {
        try (TestNode node = new TestNode();
                Subscription news = node.pubsub.join(NEWS, Validator.ANY);
                LoopbackHosts hosts = new LoopbackHosts()) {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            hosts.dialler.handle(
                    new Served(
                            Version.V1_1.id(),
                            stream -> {
                                int _ =
                                        stream.read(
                                                ByteBuffer.allocate(1)); // what it subscribes to
                                stream.reset();
                                ended.complete(null);
                            }));
            Identify.install(
                    hosts.dialler,
                    hosts.diallerKey,
                    "hasty/1",
                    Clock.systemUTC(),
                    AdvertisedAddresses.ofThisMachine());
            Connection connection = hosts.dialler.connect(node.address());
            ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            // The node has had time to see it: it answers in between.
            for (int i = 0; i < 5; i++) {
                connection.newStream(List.of(Identify.ID)).close();
            }
            Message message =
                    StrictSign.sign(hosts.diallerKey, 1, NEWS, "in haste".getBytes(UTF_8));
            try (Stream out = connection.newStream(List.of(Version.V1_1.id()))) {
                Delimited.write(
                        out.output(), Rpcs.encode(new Rpc.Builder().message(message).build()));
            }
            connection.close();
            assertThat(text(news.next(PATIENCE))).isEqualTo("in haste");
        }
    }

    @Test
    void a_peer_of_1_0_is_spoken_to_in_its_way() throws Exception {
        try (TestNode node = new TestNode();
                RawPeer old = new RawPeer(node, Version.V1_0)) {
            Subscription news = node.pubsub.join(NEWS, Validator.ANY);
            assertThat(old.told.take().subscriptions()).hasSize(1);
            old.say(new Rpc.Builder().subscription(true, NEWS).graft(NEWS));
            node.awaitMesh(NEWS, 1);
            news.publish("old news".getBytes(UTF_8));
            Rpc told = old.told.take();
            while (told.messages().isEmpty()) {
                told = old.told.take();
            }
            assertThat(told.messages().getFirst().data())
                    .isEqualTo(ByteString.copyFromUtf8("old news"));
            news.close();
            while (told.prune().isEmpty()) {
                told = old.told.take();
            }
            assertThat(told.prune().getFirst().backoffSeconds()).isZero();
        }
    }

    @Test
    void forged_and_unsigned_messages_are_refused_and_the_peer_thrown_out() throws Exception {
        try (TestNode node = new TestNode();
                Subscription news = node.pubsub.join(NEWS, Validator.ANY);
                RawPeer liar = new RawPeer(node, Version.V1_1);
                PrivateKey stranger = PrivateKey.generate(new SecureRandom())) {
            liar.say(new Rpc.Builder().subscription(true, NEWS));
            Message genuine = StrictSign.sign(stranger, 1, NEWS, "true".getBytes(UTF_8));
            liar.say(new Rpc.Builder().message(genuine));
            assertThat(text(news.next(PATIENCE))).isEqualTo("true");
            ByteString lie = ByteString.copyFromUtf8("lie");
            liar.say(
                    new Rpc.Builder()
                            .message(with(genuine, lie, 2, genuine.signature()))
                            .message(with(genuine, lie, 3, null))
                            .message(with(genuine, lie, 4, ByteString.copyFrom(new byte[64]))));
            liar.awaitEnd();
            assertThat(news.next(Duration.ZERO)).isEmpty();
            assertThat(node.pubsub.scores()).doesNotContainKey(liar.hosts.dialler.peerId());
        }
    }

    private static Message with(
            Message message, ByteString data, int seqno, @Nullable ByteString signature) {
        return new Message(
                message.from(),
                data,
                ByteString.copyFrom(ByteBuffer.allocate(8).putLong(seqno).flip()),
                message.topic(),
                signature,
                message.key());
    }

    @Test
    void a_peer_that_does_not_speak_the_protocol_is_thrown_out() throws Exception {
        try (TestNode node = new TestNode();
                Subscription news = node.pubsub.join(NEWS, Validator.ANY);
                RawPeer babbler = new RawPeer(node, Version.V1_2)) {
            assertThat(babbler.told.take().subscriptions()).hasSize(1);
            Delimited.write(babbler.out.output(), new byte[] {0x0a, 0x7f});
            babbler.awaitEnd();
            assertThat(news.dropped()).isZero();
        }
    }
}
