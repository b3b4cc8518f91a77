package org.flowshield.node.dns;

import java.util.Arrays;
import java.util.Optional;
import org.flowshield.node.dns.MalformedDnsException.Reason;

/**
 * A DNS message as far as a forwarder has to understand it: its header, its one question and how
 * long an answer the asker takes (RFC 1035 section 4, RFC 6891). All else is passed on as it is.
 * Immutable.
 */
final class DnsMessage {

    /** A TCP message has a length of two bytes (RFC 1035 section 4.2.2). */
    static final int MAX = 65_535;

    /** What an asker without EDNS takes by UDP (RFC 1035 section 4.2.1). */
    static final int PLAIN_UDP = 512;

    /** Whole in every path's packets, inner ones too: IPv6's least MTU without headers. */
    static final int SAFE_UDP = 1232;

    // Answers' codes (RFC 1035 section 4.1.1).
    static final int FORMAT_ERROR = 1;
    static final int SERVER_FAILURE = 2;
    static final int NOT_IMPLEMENTED = 4;
    static final int REFUSED = 5;

    private static final int HEADER = 12;
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 255;
    private static final int POINTER = 0xc0;
    private static final int FLAG_REPLY = 0x8000;
    private static final int FLAG_TRUNCATED = 0x0200;
    private static final int FLAG_RECURSION_AVAILABLE = 0x0080;
    private static final int KEPT_FLAGS = 0x7910; // opcode, RD, CD
    private static final int OPCODE = 0x7800;
    private static final int TYPE_OPT = 41;
    private static final int TYPE_IXFR = 251;
    private static final int TYPE_AXFR = 252;
    private static final int TYPE_AND_CLASS = 4;
    private static final int RECORD_FIXED = 10;

    /** More than any asker's query or signed answer has; each takes at least eleven bytes. */
    private static final int MOST_RECORDS = MAX / 11;

    private final byte[] bytes;
    private final int questionEnd;
    private final int udpSize;

    private DnsMessage(byte[] bytes, int questionEnd, int udpSize) {
        this.bytes = bytes;
        this.questionEnd = questionEnd;
        this.udpSize = udpSize;
    }

    /** Reads what an asker sends. */
    static DnsMessage parseQuery(byte[] bytes) throws MalformedDnsException {
        int questionEnd = checked(bytes, false);
        if ((u16(bytes, 2) & OPCODE) != 0) {
            throw new MalformedDnsException(Reason.NOT_A_QUERY);
        }
        return new DnsMessage(bytes.clone(), questionEnd, udpSize(bytes, questionEnd));
    }

    /** Reads what a resolver answers. Its records are the asker's business. */
    static DnsMessage parseReply(byte[] bytes) throws MalformedDnsException {
        int questionEnd = checked(bytes, true);
        return new DnsMessage(bytes.clone(), questionEnd, PLAIN_UDP);
    }

    /** Checks the header and the question; returns where the question ends. */
    private static int checked(byte[] bytes, boolean reply) throws MalformedDnsException {
        if (bytes.length < HEADER) {
            throw new MalformedDnsException(Reason.TRUNCATED);
        }
        if (bytes.length > MAX) {
            throw new MalformedDnsException(Reason.TOO_LONG);
        }
        if (((u16(bytes, 2) & FLAG_REPLY) != 0) != reply) {
            throw new MalformedDnsException(Reason.WRONG_DIRECTION);
        }
        if (u16(bytes, 4) != 1) {
            throw new MalformedDnsException(Reason.NOT_ONE_QUESTION);
        }
        int end = questionName(bytes) + TYPE_AND_CLASS;
        if (end > bytes.length) {
            throw new MalformedDnsException(Reason.TRUNCATED);
        }
        return end;
    }

    /** Nothing stands before a question's name that it could point to. */
    private static int questionName(byte[] bytes) throws MalformedDnsException {
        int at = HEADER;
        while (true) {
            if (at >= bytes.length) {
                throw new MalformedDnsException(Reason.TRUNCATED);
            }
            int length = Byte.toUnsignedInt(bytes[at]);
            if (length > LONGEST_LABEL) {
                throw new MalformedDnsException(Reason.BAD_NAME);
            }
            at += 1 + length;
            if (at - HEADER > LONGEST_NAME) {
                throw new MalformedDnsException(Reason.BAD_NAME);
            }
            if (length == 0) {
                return at;
            }
        }
    }

    /** What the OPT record says, within what is safe on every path. */
    private static int udpSize(byte[] bytes, int questionEnd) throws MalformedDnsException {
        int records = u16(bytes, 6) + u16(bytes, 8) + u16(bytes, 10);
        if (records > MOST_RECORDS) {
            throw new MalformedDnsException(Reason.BAD_RECORD);
        }
        int size = PLAIN_UDP;
        int at = questionEnd;
        for (int i = 0; i < records; i++) {
            int fixed = skipName(bytes, at);
            if (fixed + RECORD_FIXED > bytes.length) {
                throw new MalformedDnsException(Reason.BAD_RECORD);
            }
            if (u16(bytes, fixed) == TYPE_OPT) {
                size = Math.clamp(u16(bytes, fixed + 2), PLAIN_UDP, SAFE_UDP);
            }
            at = fixed + RECORD_FIXED + u16(bytes, fixed + 8);
        }
        if (at > bytes.length) {
            throw new MalformedDnsException(Reason.BAD_RECORD);
        }
        return size;
    }

    private static int skipName(byte[] bytes, int start) throws MalformedDnsException {
        int at = start;
        while (at < bytes.length) {
            int length = Byte.toUnsignedInt(bytes[at]);
            if (length == 0) {
                return at + 1;
            }
            if ((length & POINTER) == POINTER) {
                return at + 2;
            }
            if (length > LONGEST_LABEL) {
                throw new MalformedDnsException(Reason.BAD_NAME);
            }
            at += 1 + length;
        }
        throw new MalformedDnsException(Reason.BAD_RECORD);
    }

    private static int u16(byte[] bytes, int at) {
        return Byte.toUnsignedInt(bytes[at]) << Byte.SIZE | Byte.toUnsignedInt(bytes[at + 1]);
    }

    int id() {
        return u16(bytes, 0);
    }

    /** How long an answer by UDP may be. */
    int udpSize() {
        return udpSize;
    }

    boolean isTransfer() {
        int type = u16(bytes, questionEnd - TYPE_AND_CLASS);
        return type == TYPE_AXFR || type == TYPE_IXFR;
    }

    int length() {
        return bytes.length;
    }

    /** The message with another id. */
    byte[] withId(int id) {
        byte[] renamed = bytes.clone();
        renamed[0] = (byte) (id >> Byte.SIZE);
        renamed[1] = (byte) id;
        return renamed;
    }

    /**
     * True if this reply answers a query that was sent with the given id: the same question, but
     * for the case of letters.
     */
    boolean answers(DnsMessage query, int id) {
        if (id() != id || questionEnd != query.questionEnd) {
            return false;
        }
        for (int at = HEADER; at < questionEnd; at++) {
            if (lower(bytes[at]) != lower(query.bytes[at])) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }

    /** An answer to this query without records. */
    byte[] failure(int code) {
        return empty(FLAG_REPLY | FLAG_RECURSION_AVAILABLE | (u16(bytes, 2) & KEPT_FLAGS) | code);
    }

    /** This reply without its records, so that the asker comes again by TCP. */
    DnsMessage cut() {
        return new DnsMessage(empty(u16(bytes, 2) | FLAG_TRUNCATED), questionEnd, udpSize);
    }

    private byte[] empty(int flags) {
        byte[] message = Arrays.copyOf(bytes, questionEnd);
        message[2] = (byte) (flags >> Byte.SIZE);
        message[3] = (byte) flags;
        Arrays.fill(message, 6, HEADER, (byte) 0);
        return message;
    }

    /**
     * What to say to somebody whose query can't be read; empty if it had not even a header, or was
     * no query: then an answer would only reach somebody else.
     */
    static Optional<byte[]> complaint(byte[] malformed) {
        if (malformed.length < HEADER || (u16(malformed, 2) & FLAG_REPLY) != 0) {
            return Optional.empty();
        }
        int opcode = u16(malformed, 2) & OPCODE;
        int flags = FLAG_REPLY | opcode | (opcode == 0 ? FORMAT_ERROR : NOT_IMPLEMENTED);
        byte[] header = Arrays.copyOf(malformed, HEADER);
        header[2] = (byte) (flags >> Byte.SIZE);
        header[3] = (byte) flags;
        Arrays.fill(header, 4, HEADER, (byte) 0);
        return Optional.of(header);
    }
}
