package org.flowshield.libp2p.perf;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import java.time.Duration;

/** The end that asks: says what it wants, uploads, then counts what comes. */
final class PerfClient extends PerfTransfer {

    private final long upload;
    private final long download;
    private long count;

    PerfClient(Duration patience, long upload, long download) {
        super(patience);
        if (upload < 0 || download < 0) {
            throw new IllegalArgumentException("a number of bytes is not negative");
        }
        this.upload = upload;
        this.download = download;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        super.handlerAdded(ctx);
        ctx.write(ctx.alloc().buffer(Long.BYTES).writeLong(download), ctx.voidPromise());
        send(ctx, upload);
    }

    @Override
    void received(ChannelHandlerContext ctx, ByteBuf bytes) throws IOException {
        count += bytes.readableBytes();
        if (count > download) {
            throw new IOException("the peer sends more than the " + download + " bytes asked for");
        }
    }

    @Override
    void peerEnded(ChannelHandlerContext ctx) throws IOException {
        if (count < download) {
            throw new IOException(
                    "the peer sent " + count + " of the " + download + " bytes asked for");
        }
        finish();
    }

    @Override
    void sent() {
        // The peer's end of sending is what counts: it has read all before.
    }
}
