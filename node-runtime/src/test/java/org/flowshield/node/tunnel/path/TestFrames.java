package org.flowshield.node.tunnel.path;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.tun.Frame;

/** Hand-made packets, and batches of them as the path hands them on. */
public final class TestFrames {

    static final byte TCP = 6;
    static final byte UDP = 17;
    private static final int TCP_HEADER = 20;

    private TestFrames() {}

    public static InnerAddresses addresses(String v4, String v6) {
        return new InnerAddresses(
                Optional.of((Inet4Address) InetAddress.ofLiteral(v4)),
                Optional.of((Inet6Address) InetAddress.ofLiteral(v6)));
    }

    public static byte[] tcp(String from, String to, int port, int payload) {
        return packet(TCP, from, to, port, TCP_HEADER, payload);
    }

    public static byte[] udp(String from, String to, int port, int payload) {
        return packet(UDP, from, to, port, 8, payload);
    }

    /** A packet with ports and payload; no checksum of it is good. */
    private static byte[] packet(
            byte protocol, String from, String to, int port, int header, int payload) {
        byte[] source = InetAddress.ofLiteral(from).getAddress();
        byte[] destination = InetAddress.ofLiteral(to).getAddress();
        boolean v4 = source.length == 4;
        ByteBuffer packet = ByteBuffer.allocate((v4 ? 20 : 40) + header + payload);
        if (v4) {
            packet.putShort((short) 0x4500).putShort((short) packet.capacity());
            packet.putInt(0x00004000).put((byte) 64).put(protocol).putShort((short) 0);
        } else {
            packet.putInt(0x60000000).putShort((short) (header + payload));
            packet.put(protocol).put((byte) 64);
        }
        packet.put(source).put(destination);
        int transport = packet.position();
        packet.putShort((short) port).putShort((short) 443);
        if (protocol == TCP) {
            packet.put(transport + 12, (byte) 0x50).put(transport + 13, (byte) 0x10);
        } else {
            packet.putShort((short) (header + payload));
        }
        for (int at = transport + header; at < packet.capacity(); at++) {
            packet.put(at, (byte) (at * 7 + port));
        }
        return packet.array();
    }

    public static byte[] plain(byte[] packet) {
        return frame(Frame.PLAIN, (byte) 0, 0, packet);
    }

    public static byte[] frame(byte kind, byte flags, int segmentSize, byte[] packet) {
        ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER + packet.length);
        Frame.put(frame, 0, kind, flags, segmentSize, packet.length);
        return frame.put(Frame.HEADER, packet).array();
    }

    /** Plain frames one after another, behind the room that a lane needs. */
    public static ByteBuffer batch(byte[]... packets) {
        int bytes = Stream.of(packets).mapToInt(packet -> Frame.HEADER + packet.length).sum();
        ByteBuffer batch = ByteBuffer.allocateDirect(DetachedStream.HEADROOM + bytes);
        batch.position(DetachedStream.HEADROOM);
        for (byte[] packet : packets) {
            batch.put(plain(packet));
        }
        return batch.flip().position(DetachedStream.HEADROOM);
    }

    public static ByteBuffer batch(List<byte[]> packets) {
        return batch(packets.toArray(byte[][]::new));
    }

    /** The packets of the whole frames between position and limit; consumes them. */
    public static List<byte[]> packets(ByteBuffer frames) {
        List<byte[]> packets = new ArrayList<>();
        while (frames.hasRemaining()) {
            byte[] packet = new byte[Frame.length(frames, frames.position())];
            frames.get(frames.position() + Frame.HEADER, packet);
            frames.position(frames.position() + Frame.HEADER + packet.length);
            packets.add(packet);
        }
        return packets;
    }

    /** Waits for the next packet that comes out of a lane. */
    public static byte[] packet(DetachedStream lane) throws IOException {
        ByteBuffer head = view(lane, Frame.HEADER);
        ByteBuffer frame = view(lane, Frame.HEADER + Frame.length(head, head.position()));
        byte[] packet = new byte[Frame.length(frame, frame.position())];
        frame.position(frame.position() + Frame.HEADER).get(packet);
        return packet;
    }

    private static ByteBuffer view(DetachedStream lane, int wanted) throws IOException {
        ByteBuffer view = lane.receive(wanted, true);
        if (view == null) {
            throw new IllegalStateException("a blocking call came back with nothing");
        }
        return view;
    }
}
