package org.flowshield.node.provider;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.flowshield.tun.Frame;

/** Small packets as a hostile client makes them, with the checksums of an honest one. */
final class AttackPackets {

    private static final int UDP = 17;
    private static final int TCP = 6;
    private static final int PAYLOAD = 8;
    private static final byte SYN = 2;

    private AttackPackets() {}

    /** Appends a frame with a UDP packet. */
    static void udp(
            ByteBuffer batch, InetAddress source, InetAddress destination, int from, int to) {
        udp(batch, source, destination, from, to, new byte[PAYLOAD]);
    }

    /** The same with an even number of bytes in it. */
    static void udp(
            ByteBuffer batch,
            InetAddress source,
            InetAddress destination,
            int from,
            int to,
            byte[] payload) {
        ByteBuffer segment = ByteBuffer.allocate(8 + payload.length);
        segment.putShort((short) from).putShort((short) to);
        segment.putShort((short) segment.capacity()).putShort((short) 0).put(payload);
        checksum(segment, 6, source, destination, UDP);
        frame(batch, source, destination, UDP, segment.array());
    }

    /** Appends a frame with the first packet of a TCP flow. */
    static void syn(
            ByteBuffer batch, InetAddress source, InetAddress destination, int from, int to) {
        ByteBuffer segment = ByteBuffer.allocate(20);
        segment.putShort((short) from).putShort((short) to).putInt(from * 7919).putInt(0);
        segment.put((byte) (5 << 4)).put(SYN).putShort((short) 64_000);
        checksum(segment, 16, source, destination, TCP);
        frame(batch, source, destination, TCP, segment.array());
    }

    private static void frame(
            ByteBuffer batch,
            InetAddress source,
            InetAddress destination,
            int protocol,
            byte[] segment) {
        boolean v4 = source instanceof Inet4Address;
        int length = (v4 ? 20 : 40) + segment.length;
        int at = batch.position();
        Frame.put(batch, at, Frame.PLAIN, (byte) 0, 0, length);
        ByteBuffer packet = ByteBuffer.allocate(length);
        if (v4) {
            packet.putShort((short) 0x4500).putShort((short) length).putInt(0);
            packet.put((byte) 64).put((byte) protocol).putShort((short) 0);
            packet.put(source.getAddress()).put(destination.getAddress());
            packet.putShort(10, (short) ~sum(packet.array(), 0, 20, 0));
        } else {
            packet.putInt(0x60000000).putShort((short) segment.length);
            packet.put((byte) protocol).put((byte) 64);
            packet.put(source.getAddress()).put(destination.getAddress());
        }
        packet.put(segment);
        batch.position(at + Frame.HEADER).put(packet.array());
    }

    private static void checksum(
            ByteBuffer segment, int at, InetAddress source, InetAddress destination, int protocol) {
        int sum = protocol + segment.capacity();
        sum = sum(source.getAddress(), 0, source.getAddress().length, sum);
        sum = sum(destination.getAddress(), 0, destination.getAddress().length, sum);
        for (int i = 0; i < segment.capacity(); i += 2) {
            sum += Short.toUnsignedInt(segment.getShort(i));
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        segment.putShort(at, (short) ~sum);
    }

    /** The one's complement sum of 16-bit words (RFC 1071). */
    private static int sum(byte[] bytes, int from, int to, int before) {
        int sum = before;
        for (int i = from; i < to; i += 2) {
            sum += Byte.toUnsignedInt(bytes[i]) << 8 | Byte.toUnsignedInt(bytes[i + 1]);
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (sum & 0xffff) + (sum >> 16);
    }
}
