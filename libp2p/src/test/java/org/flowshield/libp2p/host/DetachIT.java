package org.flowshield.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that leave their event loop, on loopback. */
@Timeout(120)
final class DetachIT {

    private static final ProtocolId LANE = new ProtocolId("/test/lane/1.0.0");
    private static final int MIB = 1024 * 1024;

    @BeforeAll
    static void look_for_leaks() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.ADVANCED);
    }

    /** Both ends of one detached connection. */
    private record Lane(DetachedStream near, DetachedStream far) implements AutoCloseable {

        static Lane over(HostPair pair) throws Exception {
            BlockingQueue<DetachedStream> detached = new LinkedBlockingQueue<>();
            pair.listener.handle(
                    new Served(LANE, stream -> detached.add(stream.connection().detach(stream))));
            Connection connection = pair.connect();
            Stream stream = connection.newStream(List.of(LANE));
            return new Lane(connection.detach(stream), detached.take());
        }

        @Override
        public void close() {
            near.close();
            far.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"PLAINTEXT, true", "PLAINTEXT, false", "NOISE, true", "TLS, true"})
    void carries_256_MiB_each_way_when_both_ends_are_detached(
            HostPair.Security security, boolean epoll) throws Exception {
        try (HostPair pair = new HostPair(security, epoll);
                Lane lane = Lane.over(pair)) {
            FutureTask<Long> nearSent = start(() -> send(lane.near, 1, 256L * MIB));
            FutureTask<Long> farSent = start(() -> send(lane.far, 2, 256L * MIB));
            FutureTask<Long> nearGot = start(() -> receiveAndReadOn(lane.near, 3, 256L * MIB));
            FutureTask<Long> farGot = start(() -> receiveAndReadOn(lane.far, 4, 256L * MIB));

            assertThat(farGot.get()).isEqualTo(nearSent.get());
            assertThat(nearGot.get()).isEqualTo(farSent.get());
        }
    }

    @ParameterizedTest
    @EnumSource
    void carries_64_MiB_each_way_when_one_end_stays_on_its_event_loop(HostPair.Security security)
            throws Exception {
        BlockingQueue<Stream> streams = new LinkedBlockingQueue<>();
        BlockingQueue<Long> done = new LinkedBlockingQueue<>();
        Served attached =
                new Served(
                        LANE,
                        stream -> {
                            streams.add(stream);
                            done.take();
                        });
        try (HostPair pair = new HostPair(security, true)) {
            pair.listener.handle(attached);
            Connection connection = pair.connect();
            Stream stream = connection.newStream(List.of(LANE));
            try (DetachedStream near = connection.detach(stream)) {
                Stream far = streams.take();
                FutureTask<Long> nearSent = start(() -> send(near, 1, 64L * MIB));
                FutureTask<Long> farSent = start(() -> write(far, 2, 64L * MIB));
                FutureTask<Long> nearGot = start(() -> receiveAndReadOn(near, 3, 64L * MIB));
                FutureTask<Long> farGot = start(() -> read(far, 64L * MIB));

                assertThat(farGot.get()).isEqualTo(nearSent.get());
                assertThat(nearGot.get()).isEqualTo(farSent.get());
            } finally {
                done.add(0L);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void loses_no_byte_that_arrives_while_it_is_detached(HostPair.Security security)
            throws Exception {
        BlockingQueue<DetachedStream> detached = new LinkedBlockingQueue<>();
        Served writing =
                new Served(
                        LANE,
                        stream -> {
                            // More than an inbox holds, so that every stage has something left.
                            stream.write(ByteBuffer.allocate(400_000));
                            detached.add(stream.connection().detach(stream));
                        });
        for (int round = 0; round < 20; round++) {
            try (HostPair pair = new HostPair(security, true)) {
                pair.listener.handle(writing);
                Connection connection = pair.connect();
                Stream stream = connection.newStream(List.of(LANE));
                int read = round % 2 == 0 ? stream.read(ByteBuffer.allocate(1000)) : 0;
                try (DetachedStream near = connection.detach(stream);
                        DetachedStream far = detached.take()) {
                    startReading(far);
                    FutureTask<Long> sent = start(() -> send(far, 2, MIB));
                    long before = 400_000L - read;

                    assertThat(skip(near, before)).isEqualTo(before);
                    assertThat(receive(near, 3, MIB)).isEqualTo(sent.get());
                }
            }
        }
    }

    @Test
    void other_streams_of_the_connection_are_reset() throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true)) {
            BlockingQueue<DetachedStream> detached = new LinkedBlockingQueue<>();
            pair.listener.handle(
                    new Served(LANE, stream -> detached.add(stream.connection().detach(stream))));
            Connection connection = pair.connect();
            Stream other = connection.newStream(List.of(Echo.ID));
            other.write(ByteBuffer.allocate(100_000));
            Stream stream = connection.newStream(List.of(LANE));
            try (DetachedStream near = connection.detach(stream);
                    DetachedStream far = detached.take()) {
                startReading(far);
                FutureTask<Long> sent = start(() -> send(far, 1, MIB));

                assertThat(receive(near, 2, MIB)).isEqualTo(sent.get());
                assertThatThrownBy(() -> other.input().readAllBytes())
                        .isInstanceOf(IOException.class);
                assertThatThrownBy(() -> connection.newStream(List.of(Echo.ID)))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void refuses_streams_that_the_peer_opens_later() throws Exception {
        BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();
        BlockingQueue<Long> done = new LinkedBlockingQueue<>();
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true)) {
            pair.listener.handle(
                    new Served(
                            LANE,
                            stream -> {
                                connections.add(stream.connection());
                                done.take();
                            }));
            Connection connection = pair.connect();
            Stream stream = connection.newStream(List.of(LANE));
            DetachedStream near = connection.detach(stream);
            Thread reader = startReading(near);
            try {
                assertThatThrownBy(() -> connections.take().newStream(List.of(Echo.ID)))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("reset");
            } finally {
                near.close();
                done.add(0L);
            }
            reader.join();
        }
    }

    @Test
    void a_sender_that_must_not_wait_is_told_when_the_socket_is_full() throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true);
                Lane lane = Lane.over(pair)) {
            startReading(lane.near);
            ByteBuffer source = ByteBuffer.allocateDirect(DetachedStream.HEADROOM + 100_000);
            long sent = 0;
            boolean all = true;
            // The kernel may still make room for what was left over; the peer's window ends that.
            while (all || lane.near.flush(false)) {
                source.clear().position(DetachedStream.HEADROOM);
                all = lane.near.send(source, false);
                sent += 100_000;
            }

            long expected = sent;
            FutureTask<Long> got = start(() -> skip(lane.far, expected));
            while (!lane.near.flush(false)) {
                Thread.onSpinWait();
            }
            assertThat(got.get()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void closing_wakes_both_threads(boolean epoll) throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, epoll);
                Lane lane = Lane.over(pair)) {
            Thread reader = startReading(lane.near);
            FutureTask<Long> writer = start(() -> send(lane.near, 1, Long.MAX_VALUE));
            while (reader.getState() == Thread.State.NEW || lane.far.receive(1, false) == null) {
                Thread.onSpinWait();
            }
            lane.near.close();

            reader.join();
            assertThatThrownBy(writer::get).hasRootCauseInstanceOf(IOException.class);
            assertThat(lane.near.descriptor()).isEqualTo(-1);
        }
    }

    @Test
    void the_end_of_the_peer_is_told_after_its_last_byte() throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true);
                Lane lane = Lane.over(pair)) {
            send(lane.near, 1, 100_000);
            lane.near.close();

            assertThat(skip(lane.far, 100_000)).isEqualTo(100_000);
            assertThatThrownBy(() -> lane.far.receive(1, true))
                    .isInstanceOf(java.io.EOFException.class);
        }
    }

    @Test
    void the_hosts_end_leaves_a_detached_connection_alone() throws Exception {
        HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true);
        try (Lane lane = Lane.over(pair)) {
            pair.close();
            startReading(lane.near);
            FutureTask<Long> sent = start(() -> send(lane.near, 1, MIB));

            assertThat(receive(lane.far, 2, MIB)).isEqualTo(sent.get());
        }
    }

    // ---- both ends' work ----

    private static FutureTask<Long> start(Callable<Long> work) {
        FutureTask<Long> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private static Thread startReading(DetachedStream stream) {
        return Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                stream.receive(DetachedStream.MAX_WANTED, true);
                            } catch (IOException e) {
                                // The stream was closed: what the test waits for.
                                assertThat(e).isNotNull();
                            }
                        });
    }

    /** Sends pseudo-random bytes in frames of random sizes; returns their checksum. */
    private static long send(DetachedStream stream, long seed, long length) throws IOException {
        Random random = new Random(seed);
        CRC32C sum = new CRC32C();
        byte[] noise = new byte[DetachedStream.MAX_SEND];
        random.nextBytes(noise);
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(DetachedStream.HEADROOM + DetachedStream.MAX_SEND);
        for (long left = length; left > 0; ) {
            int part = (int) Math.min(left, 1 + random.nextInt(DetachedStream.MAX_SEND));
            noise[random.nextInt(noise.length)]++;
            sum.update(noise, 0, part);
            buffer.clear().position(DetachedStream.HEADROOM);
            buffer.put(noise, 0, part).flip().position(DetachedStream.HEADROOM);
            stream.send(buffer, true);
            left -= part;
        }
        return sum.getValue();
    }

    /** As {@link #receive}; then goes on reading, for what the peer grants to our sender. */
    private static long receiveAndReadOn(DetachedStream stream, long seed, long length)
            throws IOException {
        long sum = receive(stream, seed, length);
        startReading(stream);
        return sum;
    }

    /** Receives in runs of random sizes; returns the checksum. */
    private static long receive(DetachedStream stream, long seed, long length) throws IOException {
        Random random = new Random(seed);
        CRC32C sum = new CRC32C();
        for (long left = length; left > 0; ) {
            int wanted = (int) Math.min(left, 1 + random.nextInt(DetachedStream.MAX_WANTED));
            ByteBuffer view = Objects.requireNonNull(stream.receive(wanted, true));
            int part = (int) Math.min(left, random.nextInt(wanted, view.remaining() + 1));
            ByteBuffer taken = view.slice(view.position(), part);
            view.position(view.position() + part);
            sum.update(taken);
            left -= part;
        }
        return sum.getValue();
    }

    private static long skip(DetachedStream stream, long length) throws IOException {
        long left = length;
        while (left > 0) {
            ByteBuffer view = Objects.requireNonNull(stream.receive(1, true));
            int part = (int) Math.min(left, view.remaining());
            view.position(view.position() + part);
            left -= part;
        }
        return length - left;
    }

    private static long write(Stream stream, long seed, long length) throws IOException {
        Random random = new Random(seed);
        CRC32C sum = new CRC32C();
        byte[] noise = new byte[100_000];
        random.nextBytes(noise);
        for (long left = length; left > 0; ) {
            int part = (int) Math.min(left, 1 + random.nextInt(noise.length));
            noise[random.nextInt(noise.length)]++;
            sum.update(noise, 0, part);
            stream.write(ByteBuffer.wrap(noise, 0, part));
            left -= part;
        }
        return sum.getValue();
    }

    private static long read(Stream stream, long length) throws IOException {
        CRC32C sum = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocate(100_000);
        for (long left = length; left > 0; ) {
            buffer.clear().limit((int) Math.min(left, buffer.capacity()));
            assertThat(stream.read(buffer)).isPositive();
            left -= buffer.position();
            sum.update(buffer.flip());
        }
        return sum.getValue();
    }

    @Test
    void a_connection_is_closed_when_its_detached_stream_is() throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true)) {
            CompletableFuture<DetachedStream> far = new CompletableFuture<>();
            pair.listener.handle(
                    new Served(LANE, stream -> far.complete(stream.connection().detach(stream))));
            Connection connection = pair.connect();
            DetachedStream near = connection.detach(connection.newStream(List.of(LANE)));
            assertThat(connection.closed().toCompletableFuture()).isNotDone();
            try (DetachedStream _ = far.get(10, TimeUnit.SECONDS)) {
                near.close();
                connection.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
            }
        }
    }
}
