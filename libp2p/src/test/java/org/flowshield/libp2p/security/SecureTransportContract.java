package org.flowshield.libp2p.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every security protocol promises, over real loopback connections. */
public abstract class SecureTransportContract {

    private static final int BULK = 64 * 1024 * 1024;
    private static final int EARLIER = 1024 * 1024;
    private static final int CHUNK = 128 * 1024;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final PrivateKey alice = PrivateKey.generate(RANDOM);
    private final PrivateKey bob = PrivateKey.generate(RANDOM);
    private final PeerId aliceId = PeerId.of(alice.publicKey());
    private final PeerId bobId = PeerId.of(bob.publicKey());

    /** The transport of the side that dials. */
    protected abstract SecureTransport dialling(PrivateKey host) throws IOException;

    /** The transport of the side that listens. */
    protected abstract SecureTransport listening(PrivateKey host) throws IOException;

    @ParameterizedTest
    @EnumSource
    void both_sides_learn_who_the_other_is(Loopback.Io io) throws Exception {
        try (Loopback link = secured(io)) {
            Secured atDialler = link.dialler().secured();
            Secured atListener = link.listener().secured();

            assertThat(atDialler.peer()).isEqualTo(bobId);
            assertThat(atDialler.key()).isEqualTo(bob.publicKey());
            assertThat(atListener.peer()).isEqualTo(aliceId);
            assertThat(atListener.key()).isEqualTo(alice.publicKey());
            assertThat(atDialler.muxer()).contains(Peer.YAMUX);
            assertThat(atListener.muxer()).contains(Peer.YAMUX);
        }
    }

    @ParameterizedTest
    @EnumSource
    void without_a_common_muxer_multistream_decides(Loopback.Io io) throws Exception {
        try (Loopback link = Loopback.open(io)) {
            start(link, bobId, aliceId, List.of(new ProtocolId("/mplex/6.7.0")));

            assertThat(link.dialler().secured().muxer()).isEmpty();
            assertThat(link.listener().secured().muxer()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void without_an_offer_multistream_decides(Loopback.Io io) throws Exception {
        try (Loopback link = Loopback.open(io)) {
            start(link, bobId, aliceId, List.of());

            assertThat(link.dialler().secured().muxer()).isEmpty();
            assertThat(link.listener().secured().muxer()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytes_sent_at_once_by_both_sides_arrive(Loopback.Io io) throws Exception {
        try (Loopback link = Loopback.open(io)) {
            link.dialler().greet("from the dialler");
            link.listener().greet("from the listener");
            start(link, null, null, List.of(Peer.YAMUX));

            assertThat(text(link.listener(), "from the dialler")).isEqualTo("from the dialler");
            assertThat(text(link.dialler(), "from the listener")).isEqualTo("from the listener");
        }
    }

    @ParameterizedTest
    @EnumSource
    void large_and_small_writes_arrive_in_order(Loopback.Io io) throws Exception {
        byte[] sent = new byte[3 * EARLIER];
        new Random(7).nextBytes(sent);
        try (Loopback link = secured(io)) {
            link.dialler().secured();
            link.dialler()
                    .onEventLoop(
                            () -> {
                                Random sizes = new Random(8);
                                for (int at = 0; at < sent.length; ) {
                                    int length = 1 + sizes.nextInt(sizes.nextInt(200_000) + 1);
                                    length = Math.min(length, sent.length - at);
                                    link.dialler()
                                            .channel()
                                            .write(Unpooled.wrappedBuffer(sent, at, length));
                                    at += length;
                                }
                                return link.dialler().channel().flush();
                            });

            assertThat(link.listener().receive(sent.length)).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_dialler_refuses_another_peer_than_it_dialled(Loopback.Io io) throws Exception {
        try (Loopback link = Loopback.open(io)) {
            start(link, aliceId, null, List.of(Peer.YAMUX));

            assertThat(link.dialler().refusal())
                    .isInstanceOfSatisfying(
                            WrongPeerException.class,
                            wrong -> {
                                assertThat(wrong.expected()).isEqualTo(aliceId);
                                assertThat(wrong.actual()).isEqualTo(bobId);
                            });
            assertThat(link.listener().refusal()).isInstanceOf(IOException.class);
            link.dialler().awaitClosed();
            link.listener().awaitClosed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_listener_refuses_another_peer_than_it_expects(Loopback.Io io) throws Exception {
        try (Loopback link = Loopback.open(io)) {
            start(link, null, bobId, List.of(Peer.YAMUX));

            assertThat(link.listener().refusal()).isInstanceOf(WrongPeerException.class);
            link.listener().awaitClosed();
            link.dialler().awaitClosed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_peer_that_hangs_up_fails_the_handshake(Loopback.Io io) throws Exception {
        try (Loopback link = Loopback.open(io)) {
            link.dialler().channel().close();
            link.listener().secure(listening(bob), false, null, List.of(Peer.YAMUX));

            assertThat(link.listener().refusal()).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_silent_peer_is_ended_by_the_callers_time_limit(Loopback.Io io) throws Exception {
        try (Loopback link = Loopback.open(io)) {
            link.dialler().secure(dialling(alice), true, null, List.of(Peer.YAMUX));
            link.dialler().channel().close();

            assertThat(link.dialler().refusal()).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_tampered_record_closes_the_connection(Loopback.Io io) throws Exception {
        try (Loopback link = secured(io)) {
            link.dialler().secured();
            link.dialler().send("sound".getBytes(StandardCharsets.UTF_8));
            assertThat(text(link.listener(), "sound")).isEqualTo("sound");

            link.dialler().tamper(SecureTransportContract::flipLastBit);
            link.dialler().send("forged".getBytes(StandardCharsets.UTF_8));

            link.listener().awaitClosed();
            assertThat(link.listener().exceptions()).isNotEmpty();
            assertThat(link.listener().nothingMore()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_tampered_record_is_refused_after_detaching(Loopback.Io io) throws Exception {
        try (Loopback link = secured(io);
                DetachedPeer dialler = link.dialler().detach();
                DetachedPeer listener = link.listener().detach()) {
            listener.receiveEarlier(_ -> {});
            link.dialler().tamper(SecureTransportContract::flipLastBit);
            dialler.send(ByteBuffer.allocateDirect(1000));

            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> listener.receive(1000, _ -> {}))
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void detached_in_the_middle_of_a_stream_64_MiB_pass_both_ways(Loopback.Io io) throws Exception {
        try (Loopback link = secured(io)) {
            link.dialler().secured();
            link.listener().secured();
            byte[] earlier = bytes(1, EARLIER);
            link.dialler().send(earlier);
            link.listener().send(earlier);
            link.listener().awaitSomething();
            try (DetachedPeer dialler = link.dialler().detach();
                    DetachedPeer listener = link.listener().detach()) {
                var up =
                        CompletableFuture.supplyAsync(
                                () -> pump(dialler), Thread::startVirtualThread);
                var down =
                        CompletableFuture.supplyAsync(
                                () -> pump(listener), Thread::startVirtualThread);
                var atListener =
                        CompletableFuture.supplyAsync(
                                () -> drain(listener), Thread::startVirtualThread);
                var atDialler =
                        CompletableFuture.supplyAsync(
                                () -> drain(dialler), Thread::startVirtualThread);

                assertThat(Peer.get(atListener)).isEqualTo(Peer.get(up));
                assertThat(Peer.get(atDialler)).isEqualTo(Peer.get(down));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytes_of_an_unfinished_record_survive_detaching(Loopback.Io io) throws Exception {
        for (int cut : new int[] {1, 3, 5, 6, 700}) {
            try (Loopback link = secured(io)) {
                link.dialler().secured();
                link.listener().secured();
                byte[] sent = bytes(2, 1000);
                AtomicReference<@Nullable ByteBuf> rest = new AtomicReference<>();
                link.dialler()
                        .tamper(
                                record -> {
                                    ByteBuf first = record.readRetainedSlice(cut);
                                    rest.set(record);
                                    return first;
                                });
                long arrived = link.listener().arrived();
                link.dialler().send(sent);
                link.listener().awaitArrived(arrived + cut);

                try (DetachedPeer listener = link.listener().detach()) {
                    link.dialler().sendRaw(java.util.Objects.requireNonNull(rest.get()));
                    ByteBuffer got = ByteBuffer.allocate(sent.length);
                    listener.receiveEarlier(got::put);
                    listener.receive(sent.length, got::put);

                    assertThat(got.array()).isEqualTo(sent);
                }
            }
        }
    }

    /** Sends {@link #BULK} bytes; gives the hash of them and of what was sent before. */
    private static String pump(DetachedPeer peer) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(bytes(1, EARLIER));
            Random random = new Random(System.identityHashCode(peer));
            byte[] chunk = new byte[CHUNK];
            ByteBuffer direct = ByteBuffer.allocateDirect(CHUNK);
            for (int sent = 0; sent < BULK; sent += CHUNK) {
                random.nextBytes(chunk);
                hash.update(chunk);
                peer.send(direct.clear().put(chunk).flip());
            }
            return HexFormat.of().formatHex(hash.digest());
        } catch (Exception e) {
            throw Peer.failed(e);
        }
    }

    private static String drain(DetachedPeer peer) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            long earlier = peer.receiveEarlier(hash::update);
            peer.receive(EARLIER + BULK - earlier, hash::update);
            return HexFormat.of().formatHex(hash.digest());
        } catch (Exception e) {
            throw Peer.failed(e);
        }
    }

    private Loopback secured(Loopback.Io io) throws Exception {
        Loopback link = Loopback.open(io);
        start(link, bobId, null, List.of(Peer.YAMUX));
        return link;
    }

    private void start(
            Loopback link,
            @Nullable PeerId diallerExpects,
            @Nullable PeerId listenerExpects,
            List<ProtocolId> diallersMuxers)
            throws IOException {
        link.listener().secure(listening(bob), false, listenerExpects, List.of(Peer.YAMUX));
        link.dialler().secure(dialling(alice), true, diallerExpects, diallersMuxers);
    }

    private static ByteBuf flipLastBit(ByteBuf record) {
        if (!record.isReadable()) {
            return record;
        }
        ByteBuf copy = record.copy();
        record.release();
        int last = copy.writerIndex() - 1;
        return copy.setByte(last, copy.getByte(last) ^ 1);
    }

    private static String text(Peer peer, String expected) throws Exception {
        return new String(peer.receive(expected.length()), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
