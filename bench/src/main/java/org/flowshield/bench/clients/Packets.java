package org.flowshield.bench.clients;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import org.flowshield.tun.Frame;

/** IPv4 packets in frames; only their IP header means something. */
final class Packets {

    private static final int HEADER = 20;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;

    /** For experiments (RFC 3692): no lane but the datagrams' carries it. */
    static final byte EXPERIMENT = (byte) 253;

    /** Bulk lanes carry it. */
    static final byte TCP = 6;

    private Packets() {}

    /** One frame with a packet of so many bytes. */
    static ByteBuffer frame(byte protocol, Inet4Address from, Inet4Address to, int length) {
        ByteBuffer frame = ByteBuffer.allocateDirect(Frame.HEADER + length);
        Frame.put(frame, 0, Frame.PLAIN, (byte) 0, 0, length);
        ByteBuffer packet = frame.slice(Frame.HEADER, length);
        packet.putShort((short) 0x4500).putShort((short) length).putInt(0);
        packet.put((byte) 64).put(protocol).putShort((short) 0);
        packet.put(from.getAddress()).put(to.getAddress());
        int sum = 0;
        for (int at = 0; at < HEADER; at += Short.BYTES) {
            sum += Short.toUnsignedInt(packet.getShort(at));
        }
        packet.putShort(10, (short) ~((sum & 0xffff) + (sum >>> 16)));
        return frame;
    }

    /** Exchanges source and destination of each packet; its checksum stays right. */
    static void turn(ByteBuffer batch) {
        for (int at = batch.position(); at < batch.limit(); ) {
            int packet = at + Frame.HEADER;
            int source = batch.getInt(packet + SOURCE);
            batch.putInt(packet + SOURCE, batch.getInt(packet + DESTINATION));
            batch.putInt(packet + DESTINATION, source);
            at = packet + Frame.length(batch, at);
        }
    }
}
