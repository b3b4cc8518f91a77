package org.flowshield.bench.udp;

import java.nio.ByteBuffer;

/**
 * The head of a datagram's payload: its number, how many there will be, and when it was sent by the
 * machine's monotonic clock, which all processes of one machine share. Numbers below 0 go before:
 * in their time the JIT compilers of the measuring programs work, and they are not measured.
 */
record Datagram(long number, long count, long sentAt) {

    static final int BYTES = 3 * Long.BYTES;

    /** What a receiver sends to be sent to; never a datagram's number. */
    static final long HELLO = Long.MIN_VALUE;

    static Datagram parse(byte[] payload) {
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        return new Datagram(bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    void encode(byte[] payload) {
        ByteBuffer.wrap(payload).putLong(number).putLong(count).putLong(sentAt);
    }
}
