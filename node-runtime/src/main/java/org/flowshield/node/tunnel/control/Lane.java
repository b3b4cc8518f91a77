package org.flowshield.node.tunnel.control;

/**
 * Which of a session's lanes. Immutable.
 *
 * @param number bulk lanes are counted from 0; 0 for the datagram lane
 * @param datagram true for the lane of UDP and ICMP, which drops the oldest when it is full
 */
public record Lane(int number, boolean datagram) {

    /** More bulk lanes bring nothing: under loss four share the path as four flows do. */
    public static final int MAX_BULK = 4;

    public static final Lane DATAGRAM = new Lane(0, true);

    public Lane {
        if (number < 0 || number >= MAX_BULK || (datagram && number != 0)) {
            throw new IllegalArgumentException("there is no lane " + number);
        }
    }

    public static Lane bulk(int number) {
        return new Lane(number, false);
    }

    @Override
    public String toString() {
        return datagram ? "datagram lane" : "lane " + number;
    }
}
