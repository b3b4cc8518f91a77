package org.flowshield.libp2p.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Two sessions on embedded channels, joined by a pipe that cuts the flow at random places. */
final class SessionPair {

    final List<YamuxStream> accepted = new ArrayList<>();
    final YamuxSession dialler;
    final YamuxSession listener;
    final EmbeddedChannel diallerChannel;
    final EmbeddedChannel listenerChannel;
    private final Random random;
    private long clock = 1;

    SessionPair(long seed) {
        random = new Random(seed);
        dialler = new YamuxSession(true, stream -> {}, this::now, Scopes.open());
        listener =
                new YamuxSession(
                        false,
                        stream -> {
                            stream.config().setAutoRead(false);
                            stream.pipeline().addLast(new Recorder());
                            accepted.add(stream);
                        },
                        this::now,
                        Scopes.open());
        diallerChannel = new EmbeddedChannel(dialler);
        listenerChannel = new EmbeddedChannel(listener);
        pump();
    }

    private long now() {
        return clock += 1000;
    }

    YamuxStream open() {
        YamuxStream stream = dialler.openStream(s -> s.pipeline().addLast(new Recorder())).getNow();
        pump();
        return stream;
    }

    static Recorder recorder(YamuxStream stream) {
        return stream.attr(Recorder.KEY).get();
    }

    /** Carries bytes both ways until both sides are silent. */
    void pump() {
        boolean moved = true;
        while (moved) {
            diallerChannel.runPendingTasks();
            listenerChannel.runPendingTasks();
            moved = carry(diallerChannel, listenerChannel);
            moved |= carry(listenerChannel, diallerChannel);
        }
    }

    private boolean carry(EmbeddedChannel from, EmbeddedChannel to) {
        boolean moved = false;
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            moved = true;
            while (bytes.isReadable()) {
                int part = 1 + random.nextInt(bytes.readableBytes());
                to.writeInbound(bytes.readRetainedSlice(part));
            }
            bytes.release();
        }
        return moved;
    }

    void close() {
        diallerChannel.finishAndReleaseAll();
        listenerChannel.finishAndReleaseAll();
    }
}
