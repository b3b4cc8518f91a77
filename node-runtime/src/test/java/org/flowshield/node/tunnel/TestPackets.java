package org.flowshield.node.tunnel;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.tun.Frame;

/** Sound IPv4 packets, in frames, whose payload says where they belong. */
public final class TestPackets {

    public static final byte TCP = 6;

    /** For experiments (RFC 3692). */
    public static final byte OTHER = (byte) 253;

    /** Of IPv4 and of TCP together: where the payload begins, whatever the protocol. */
    public static final int HEADERS = 40;

    /** Of those, TCP's. */
    public static final int TCP_HEADER = 20;

    private static final Inet4Address INTERNET = (Inet4Address) InetAddress.ofLiteral("192.0.2.80");

    private TestPackets() {}

    public static Inet4Address client(Grant grant) {
        return grant.inner().v4().orElseThrow();
    }

    /** Appends a frame with so many bytes of payload; gives the index at which they begin. */
    public static int append(
            ByteBuffer batch, Grant grant, boolean up, byte protocol, int payload) {
        int length = HEADERS + payload;
        int at = batch.position();
        Frame.put(batch, at, Frame.PLAIN, (byte) 0, 0, length);
        int packet = at + Frame.HEADER;
        batch.putLong(packet, 0x4500_0000_0000_0000L | (long) length << 32);
        batch.putInt(packet + 8, 0x4000_0000 | (protocol & 0xff) << 16);
        byte[] client = client(grant).getAddress();
        batch.put(packet + 12, up ? client : INTERNET.getAddress());
        batch.put(packet + 16, up ? INTERNET.getAddress() : client);
        int sum = 0;
        for (int i = 0; i < 20; i += Short.BYTES) {
            sum += Short.toUnsignedInt(batch.getShort(packet + i));
        }
        batch.putShort(packet + 10, (short) ~((sum & 0xffff) + (sum >>> 16)));
        batch.putLong(packet + 20, 0x01bb_01bb_0000_0000L).putLong(packet + 28, 0x5010_0000L);
        batch.putInt(packet + 36, 0);
        batch.position(packet + length);
        return packet + HEADERS;
    }
}
