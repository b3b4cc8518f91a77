package org.flowshield.node.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A resolver at a port of loopback that answers as it is told, by UDP and TCP. */
final class FakeResolver implements AutoCloseable {

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Function<byte[], List<byte[]>> answers;

    /** The port that each question by UDP came from, and the question. */
    final List<Integer> ports = new CopyOnWriteArrayList<>();

    final List<byte[]> asked = new CopyOnWriteArrayList<>();

    FakeResolver(Function<byte[], List<byte[]>> answers) throws IOException {
        this.answers = answers;
        udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        tcp = new ServerSocket(udp.getLocalPort(), 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serveUdp);
        Thread.ofVirtual().start(this::serveTcp);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
    }

    private void serveUdp() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
                udp.receive(packet);
                byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
                ports.add(packet.getPort());
                asked.add(query);
                for (byte[] answer : answers.apply(query)) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException closed) {
            udp.close();
        }
    }

    private void serveTcp() {
        try {
            while (true) {
                try (Socket socket = tcp.accept()) {
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    byte[] query = in.readNBytes(in.readUnsignedShort());
                    asked.add(query);
                    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                    for (byte[] answer : answers.apply(query)) {
                        out.writeShort(answer.length);
                        out.write(answer);
                    }
                    out.flush();
                }
            }
        } catch (IOException closed) {
            udp.close();
        }
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
