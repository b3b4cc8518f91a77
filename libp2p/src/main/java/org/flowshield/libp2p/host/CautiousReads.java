package org.flowshield.libp2p.host;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator.DelegatingHandle;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How much one read of a socket takes: a little as long as the peer is not authenticated, then what
 * Netty finds best. For one channel; event loop only.
 */
final class CautiousReads implements RecvByteBufAllocator {

    private final RecvByteBufAllocator best;
    private boolean cautious = true;

    CautiousReads(RecvByteBufAllocator best) {
        this.best = best;
    }

    /** The peer is known from now on. */
    void end() {
        cautious = false;
    }

    @Override
    @SuppressWarnings("deprecation") // Netty's own interface still returns the deprecated type.
    public Handle newHandle() {
        return new Reads((ExtendedHandle) best.newHandle());
    }

    private final class Reads extends DelegatingHandle implements ExtendedHandle {

        private final ExtendedHandle counting;

        Reads(ExtendedHandle counting) {
            super(counting);
            this.counting = counting;
        }

        @Override
        public int guess() {
            return cautious
                    ? Math.min(super.guess(), HostLimits.UNAUTHENTICATED_READ)
                    : super.guess();
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return cautious ? allocator.ioBuffer(guess()) : super.allocate(allocator);
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
            return counting.continueReading(maybeMoreData);
        }
    }
}
