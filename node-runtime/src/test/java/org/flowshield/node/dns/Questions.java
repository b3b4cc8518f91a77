package org.flowshield.node.dns;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Messages of DNS for tests. */
final class Questions {

    static final int A = 1;
    static final int AXFR = 252;
    private static final int OPT = 41;

    private Questions() {}

    static byte[] query(int id, String name, int type) {
        return message(id, 0x0100, name, type, new byte[0], 0);
    }

    /** A query whose asker takes answers of this length by UDP. */
    static byte[] queryWithEdns(int id, String name, int size) {
        byte[] opt =
                ByteBuffer.allocate(11)
                        .put((byte) 0)
                        .putShort((short) OPT)
                        .putShort((short) size)
                        .putInt(0x8000)
                        .putShort((short) 0)
                        .array();
        return message(id, 0x0100, name, A, opt, 1);
    }

    /** A reply to a query with so many bytes of records behind the question. */
    static byte[] reply(byte[] query, int bytes) {
        byte[] question = question(query);
        ByteBuffer reply = ByteBuffer.allocate(question.length + bytes);
        reply.put(question).putShort(2, (short) 0x8180).putShort(6, (short) 1);
        reply.putShort(8, (short) 0).putShort(10, (short) 0);
        return reply.array();
    }

    /** The header and the question alone. */
    static byte[] question(byte[] query) {
        int at = 12;
        while (query[at] != 0) {
            at += 1 + query[at];
        }
        return java.util.Arrays.copyOf(query, at + 5);
    }

    static int id(byte[] message) {
        return Short.toUnsignedInt(ByteBuffer.wrap(message).getShort());
    }

    static int code(byte[] message) {
        return message[3] & 0xf;
    }

    static boolean isCut(byte[] message) {
        return (message[2] & 2) != 0;
    }

    static byte[] withId(byte[] message, int id) {
        return ByteBuffer.wrap(message.clone()).putShort(0, (short) id).array();
    }

    private static byte[] message(
            int id, int flags, String name, int type, byte[] more, int additional) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                ByteBuffer.allocate(12)
                        .putShort((short) id)
                        .putShort((short) flags)
                        .putShort((short) 1)
                        .putInt(0)
                        .putShort((short) additional)
                        .array());
        for (String label : name.split("\\.", -1)) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
        out.writeBytes(ByteBuffer.allocate(4).putShort((short) type).putShort((short) 1).array());
        out.writeBytes(more);
        return out.toByteArray();
    }
}
