package org.flowshield.node.tunnel.path;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.flowshield.tun.Frame;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of one session as the sender sees them. TCP flows are spread over the bulk lanes by
 * their hash, each flow on one lane so that its packets stay in order; all else takes the datagram
 * lane if there is one. Immutable.
 */
final class LaneSet {

    static final LaneSet EMPTY = new LaneSet(new @Nullable LaneSender[0], null);

    private final @Nullable LaneSender[] bulk;
    private final @Nullable LaneSender datagrams;

    private LaneSet(@Nullable LaneSender[] bulk, @Nullable LaneSender datagrams) {
        this.bulk = bulk;
        this.datagrams = datagrams;
    }

    boolean hasBulk(int index) {
        return index < bulk.length && bulk[index] != null;
    }

    boolean hasDatagrams() {
        return datagrams != null;
    }

    LaneSet withBulk(int index, LaneSender lane) {
        @Nullable LaneSender[] more = Arrays.copyOf(bulk, Math.max(bulk.length, index + 1));
        more[index] = lane;
        return new LaneSet(more, datagrams);
    }

    LaneSet withDatagrams(LaneSender lane) {
        return new LaneSet(bulk, lane);
    }

    List<LaneSender> all() {
        return Stream.concat(Arrays.stream(bulk), Stream.ofNullable(datagrams))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The lane of a packet; null if it has none. */
    @Nullable LaneSender laneOf(ByteBuffer batch, int packet, int length, int version) {
        LaneSender other = datagrams;
        if (other != null && !InnerPacket.isTcp(batch, packet, version)) {
            return other;
        }
        return switch (bulk.length) {
            case 0 -> other;
            case 1 -> bulk[0];
            default ->
                    bulk[
                            Integer.remainderUnsigned(
                                    InnerPacket.flowHash(batch, packet, length, version),
                                    bulk.length)];
        };
    }

    /**
     * Sends the whole frames between position and limit, each run of frames of one lane together,
     * and consumes them.
     *
     * @return how many had no lane
     */
    int send(ByteBuffer batch) throws IOException {
        int limit = batch.limit();
        int lost = 0;
        LaneSender lane = null;
        int start = batch.position();
        int at = start;
        int packets = 0;
        while (at < limit) {
            int length = Frame.length(batch, at);
            int version = InnerPacket.version(batch, at + Frame.HEADER, length);
            LaneSender next =
                    version == 0 ? null : laneOf(batch, at + Frame.HEADER, length, version);
            if (next != lane && at > start) {
                lost += sendRun(lane, batch, start, at, packets);
                start = at;
                packets = 0;
            }
            lane = next;
            packets++;
            at += Frame.HEADER + length;
        }
        if (at > start) {
            lost += sendRun(lane, batch, start, at, packets);
        }
        batch.limit(limit).position(limit);
        return lost;
    }

    private static int sendRun(
            @Nullable LaneSender lane, ByteBuffer batch, int start, int end, int packets)
            throws IOException {
        if (lane == null) {
            return packets;
        }
        int limit = batch.limit();
        batch.limit(end).position(start);
        lane.send(batch, packets);
        batch.limit(limit);
        return 0;
    }
}
