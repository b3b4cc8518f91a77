package org.flowshield.node.client;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** The internet's only name server: every name has the one address that it was started with. */
final class NameServer {

    static final String READY = "ready";

    private static final int PORT = 53;
    private static final int LONGEST = 512;
    private static final int HEADER = 12;

    /** Response, recursion desired and available, no error. */
    private static final short ANSWERED = (short) 0x8180;

    private NameServer() {}

    public static void main(String[] arguments) throws IOException {
        byte[] address = InetAddress.ofLiteral(arguments[0]).getAddress();
        try (DatagramSocket socket = new DatagramSocket(PORT)) {
            System.out.println(READY);
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
                socket.receive(packet);
                ByteBuffer query = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
                byte[] answer = answer(query, address);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        }
    }

    private static byte[] answer(ByteBuffer query, byte[] address) {
        int end = HEADER;
        while (query.get(end) != 0) {
            end += 1 + query.get(end);
        }
        boolean forIpv4 = query.getShort(end + 1) == 1;
        int question = end + 5 - HEADER;
        ByteBuffer answer = ByteBuffer.allocate(LONGEST);
        answer.putShort(query.getShort(0)).putShort(ANSWERED).putShort((short) 1);
        answer.putShort((short) (forIpv4 ? 1 : 0)).putInt(0);
        answer.put(query.slice(HEADER, question));
        if (forIpv4) {
            // The name is that at offset 12; A, IN, a minute.
            answer.putShort((short) 0xc00c).putShort((short) 1).putShort((short) 1).putInt(60);
            answer.putShort((short) address.length).put(address);
        }
        byte[] bytes = new byte[answer.position()];
        answer.get(0, bytes);
        return bytes;
    }
}
