package org.flowshield.libp2p.perf;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;

/** The end that is asked: reads to the end, then sends as many bytes as were wanted. */
final class PerfServer extends PerfTransfer {

    private int headerBytes;
    private long wanted;

    PerfServer(Duration patience) {
        super(patience);
    }

    @Override
    void received(ChannelHandlerContext ctx, ByteBuf bytes) throws IOException {
        while (headerBytes < Long.BYTES && bytes.isReadable()) {
            wanted = wanted << Byte.SIZE | bytes.readUnsignedByte();
            headerBytes++;
            if (headerBytes == Long.BYTES && wanted < 0) {
                throw new IOException("the peer wants " + Long.toUnsignedString(wanted) + " bytes");
            }
        }
    }

    @Override
    void peerEnded(ChannelHandlerContext ctx) throws IOException {
        if (headerBytes < Long.BYTES) {
            throw new EOFException("the peer did not say how many bytes it wants");
        }
        send(ctx, wanted);
    }

    @Override
    void sent() {
        finish();
    }
}
