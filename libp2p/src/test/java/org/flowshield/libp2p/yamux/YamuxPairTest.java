package org.flowshield.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two sessions talk; the bytes between them are cut at places that the seed decides. */
final class YamuxPairTest {

    private SessionPair pair = new SessionPair(0);

    @BeforeAll
    static void look_for_leaks() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @AfterEach
    void close() {
        pair.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void carries_many_streams_unharmed(long seed) {
        pair = new SessionPair(seed);
        Random random = new Random(seed);
        List<byte[]> contents = new ArrayList<>();
        List<YamuxStream> opened = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            byte[] content = new byte[random.nextInt(700_000)];
            random.nextBytes(content);
            contents.add(content);
            opened.add(pair.open());
        }
        for (int i = 0; i < 20; i++) {
            writeInParts(opened.get(i), contents.get(i), random);
            opened.get(i).shutdownOutput();
        }
        pair.accepted.forEach(stream -> stream.config().setAutoRead(true));
        pair.pump();

        for (int i = 0; i < 20; i++) {
            Recorder recorder = SessionPair.recorder(pair.accepted.get(i));
            assertThat(recorder.bytes.toByteArray()).isEqualTo(contents.get(i));
            assertThat(recorder.inputEnded).isTrue();
            pair.accepted.get(i).close();
        }
        pair.pump();
        assertThat(pair.dialler.streamCount()).isZero();
        assertThat(pair.listener.streamCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void a_reader_that_does_not_read_holds_the_writer_back(long seed) {
        pair = new SessionPair(seed);
        YamuxStream stream = pair.open();
        List<ChannelFuture> writes = new ArrayList<>();
        while (stream.isWritable() && writes.size() < 10_000) {
            writes.add(stream.writeAndFlush(Unpooled.wrappedBuffer(new byte[4096])));
            pair.pump();
        }

        long carried = writes.stream().filter(ChannelFuture::isSuccess).count() * 4096;
        assertThat(carried).isEqualTo(ReceiveWindow.INITIAL);
        assertThat(stream.isWritable()).isFalse();

        pair.accepted.getFirst().read();
        pair.accepted.getFirst().config().setAutoRead(true);
        pair.pump();
        assertThat(stream.isWritable()).isTrue();
        assertThat(SessionPair.recorder(pair.accepted.getFirst()).bytes.size())
                .isEqualTo(writes.size() * 4096);
    }

    @ParameterizedTest
    @ValueSource(longs = {7})
    void a_listener_may_close_while_a_write_completes(long seed) {
        pair = new SessionPair(seed);
        YamuxStream stream = pair.open();
        YamuxStream other = pair.open();
        pair.accepted.forEach(accepted -> accepted.config().setAutoRead(true));
        ByteBuf first = Unpooled.wrappedBuffer(new byte[1000]);
        stream.write(first).addListener(done -> stream.reset());
        stream.writeAndFlush(Unpooled.wrappedBuffer(new byte[1000]));
        other.writeAndFlush(Unpooled.wrappedBuffer(new byte[1000]));
        pair.pump();

        assertThat(SessionPair.recorder(pair.accepted.getLast()).bytes.size()).isEqualTo(1000);
        assertThat(pair.listenerChannel.isOpen()).isTrue();
    }

    private static void writeInParts(YamuxStream stream, byte[] content, Random random) {
        for (int at = 0; at < content.length; ) {
            int part = Math.min(content.length - at, 1 + random.nextInt(100_000));
            stream.writeAndFlush(Unpooled.wrappedBuffer(content, at, part));
            at += part;
        }
    }
}
