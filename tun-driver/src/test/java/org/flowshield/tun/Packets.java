package org.flowshield.tun;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Hand-made packets and frames, and a checksum that is written as plainly as the RFC has it, so
 * that it can judge ours. Immutable builder.
 */
public record Packets(
        InetAddress from,
        InetAddress to,
        boolean tcp,
        int networkOptions,
        int transportOptions,
        int id,
        int sequence,
        int tcpFlags,
        byte[] payload) {

    public static final int ACK = 0x10;
    public static final int PSH = 0x08;
    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int CWR = 0x80;
    public static final int SOURCE_PORT = 4000;

    public static Packets udp(String from, String to, byte[] payload) {
        return of(from, to, false, payload);
    }

    public static Packets tcp(String from, String to, byte[] payload) {
        return of(from, to, true, payload);
    }

    private static Packets of(String from, String to, boolean tcp, byte[] payload) {
        return new Packets(
                InetAddress.ofLiteral(from),
                InetAddress.ofLiteral(to),
                tcp,
                0,
                0,
                0x1234,
                0x10203040,
                ACK,
                payload);
    }

    /** IPv4 options, or an IPv6 destination options header; a multiple of 4, of 8 for IPv6. */
    public Packets withNetworkOptions(int bytes) {
        return new Packets(from, to, tcp, bytes, transportOptions, id, sequence, tcpFlags, payload);
    }

    public Packets withTcpOptions(int bytes) {
        return new Packets(from, to, tcp, networkOptions, bytes, id, sequence, tcpFlags, payload);
    }

    public Packets withTcpFlags(int flags) {
        return new Packets(
                from, to, tcp, networkOptions, transportOptions, id, sequence, flags, payload);
    }

    public Packets withIdAndSequence(int newId, int newSequence) {
        return new Packets(
                from,
                to,
                tcp,
                networkOptions,
                transportOptions,
                newId,
                newSequence,
                tcpFlags,
                payload);
    }

    public boolean isIpv4() {
        return from.getAddress().length == 4;
    }

    public int networkHeader() {
        return (isIpv4() ? 20 : 40) + networkOptions;
    }

    public int headers() {
        return networkHeader() + (tcp ? 20 + transportOptions : 8);
    }

    /** The packet with its checksum complete. */
    public byte[] complete(int port) {
        byte[] packet = incomplete(port);
        int field = networkHeader() + (tcp ? 16 : 6);
        int sum = naiveSum(packet, networkHeader(), packet.length);
        int checksum = ~sum & 0xffff;
        ByteBuffer.wrap(packet)
                .putShort(field, (short) (checksum == 0 && !tcp ? 0xffff : checksum));
        return packet;
    }

    /** The packet with the pseudo header's sum for a checksum. */
    public byte[] incomplete(int port) {
        byte[] bytes = new byte[headers() + payload.length];
        ByteBuffer packet = ByteBuffer.wrap(bytes);
        putNetwork(packet);
        int transport = packet.position();
        packet.putShort((short) SOURCE_PORT).putShort((short) port);
        if (tcp) {
            packet.putInt(sequence).putInt(0x01020304);
            packet.put((byte) (((20 + transportOptions) / 4) << 4)).put((byte) tcpFlags);
            packet.putShort((short) 500).putInt(0).put(new byte[transportOptions]);
        } else {
            packet.putShort((short) (8 + payload.length)).putShort((short) 0);
        }
        packet.put(payload);
        int length = packet.position() - transport;
        packet.putShort(transport + (tcp ? 16 : 6), (short) pseudoSum(length));
        return bytes;
    }

    private void putNetwork(ByteBuffer packet) {
        int length = packet.capacity();
        if (isIpv4()) {
            packet.put((byte) (0x40 | networkHeader() / 4)).put((byte) 0).putShort((short) length);
            packet.putShort((short) id).putShort((short) 0x4000).put((byte) 64);
            packet.put((byte) protocol()).putShort((short) 0);
            packet.put(from.getAddress()).put(to.getAddress());
            for (int i = 0; i < networkOptions; i++) {
                packet.put((byte) 1);
            }
            byte[] header = new byte[networkHeader()];
            packet.get(0, header);
            int sum = naiveSum(header, 0, header.length);
            packet.putShort(10, (short) ~sum);
            return;
        }
        boolean extended = networkOptions > 0;
        packet.putInt(0x60000000).putShort((short) (length - 40));
        packet.put((byte) (extended ? 60 : protocol())).put((byte) 64);
        packet.put(from.getAddress()).put(to.getAddress());
        if (extended) {
            packet.put((byte) protocol()).put((byte) (networkOptions / 8 - 1));
            // One option that pads (PadN) over the rest.
            packet.put((byte) 1).put((byte) (networkOptions - 4));
            packet.put(new byte[networkOptions - 4]);
        }
    }

    private int protocol() {
        return tcp ? 6 : 17;
    }

    private int pseudoSum(int length) {
        int sum = naiveSum(from.getAddress(), 0, from.getAddress().length);
        sum += naiveSum(to.getAddress(), 0, to.getAddress().length) + protocol() + length;
        sum = (sum & 0xffff) + (sum >>> 16);
        return (sum & 0xffff) + (sum >>> 16);
    }

    /** The folded ones' complement sum, byte pair by byte pair. */
    public static int naiveSum(byte[] bytes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += (i - from) % 2 == 0 ? (bytes[i] & 0xff) << 8 : bytes[i] & 0xff;
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }

    /** True if both the IPv4 header's and the transport's checksum are right. */
    public static boolean checksumsHold(byte[] packet) {
        boolean ipv4 = (packet[0] & 0xf0) == 0x40;
        int transport = ipv4 ? (packet[0] & 0xf) * 4 : 40;
        int protocol = packet[ipv4 ? 9 : 6];
        if (ipv4 && naiveSum(packet, 0, transport) != 0xffff) {
            return false;
        }
        if (protocol == 60) {
            protocol = packet[40];
            transport += 8 + (packet[41] & 0xff) * 8;
        }
        int length = packet.length - transport;
        int sum = naiveSum(packet, ipv4 ? 12 : 8, ipv4 ? 20 : 40);
        sum += protocol + length + naiveSum(packet, transport, packet.length);
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum == 0xffff;
    }

    /** A batch of one plain frame with a complete checksum, ready to be taken from. */
    public ByteBuffer plainFrame(int port) {
        return frame(Frame.PLAIN, 0, 0, complete(port));
    }

    /** A batch of one plain frame whose checksum is incomplete. */
    public ByteBuffer incompleteFrame(int port) {
        return frame(Frame.PLAIN, Frame.CHECKSUM_INCOMPLETE, 0, incomplete(port));
    }

    /** A batch of one super-packet. */
    public ByteBuffer superFrame(int port, int segmentSize) {
        byte kind = tcp ? Frame.TCP : Frame.UDP;
        return frame(kind, Frame.CHECKSUM_INCOMPLETE, segmentSize, incomplete(port));
    }

    /** A batch of one frame with whatever is asked for. */
    public static ByteBuffer frame(int kind, int flags, int segmentSize, byte[] packet) {
        ByteBuffer batch = ByteBuffer.allocateDirect(Frame.HEADER + packet.length);
        Frame.put(batch, 0, (byte) kind, (byte) flags, segmentSize, packet.length);
        return batch.put(Frame.HEADER, packet);
    }
}
