package org.flowshield.libp2p.security.tls;

import java.util.Arrays;
import org.flowshield.libp2p.security.tls.MalformedCertificateException.Reason;

/**
 * Reads the elements of one DER value in order. It knows no more than tags and lengths, so that it
 * takes certificates that other parsers refuse for their names, and gives the very bytes that were
 * signed. One thread.
 */
final class DerReader {

    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OID = 0x06;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;

    private static final int CONTEXT = 0xa0;
    private static final int MULTI_BYTE_TAG = 0x1f;
    private static final int LONG_LENGTH = 0x80;
    private static final int MAX_LENGTH_BYTES = 2;

    private final byte[] bytes;
    private final int end;
    private int at;

    DerReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private DerReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** The tag of an explicit, constructed element {@code [number]}. */
    static int context(int number) {
        return CONTEXT | number;
    }

    boolean hasMore() {
        return at < end;
    }

    boolean nextIs(int tag) {
        return hasMore() && Byte.toUnsignedInt(bytes[at]) == tag;
    }

    /** Steps over the next element, which must have this tag; gives a reader of its content. */
    DerReader enter(int tag) throws MalformedCertificateException {
        if (!nextIs(tag)) {
            throw bad("expected tag " + tag);
        }
        if ((tag & MULTI_BYTE_TAG) == MULTI_BYTE_TAG) {
            throw bad("a tag of several bytes");
        }
        at++;
        int length = length();
        if (length > end - at) {
            throw bad("an element longer than what holds it");
        }
        DerReader content = new DerReader(bytes, at, at + length);
        at += length;
        return content;
    }

    /** Steps over the next element; gives its content. */
    byte[] content(int tag) throws MalformedCertificateException {
        DerReader content = enter(tag);
        return Arrays.copyOfRange(bytes, content.at, content.end);
    }

    /** Steps over the next element; gives it with its tag and length. */
    byte[] whole(int tag) throws MalformedCertificateException {
        int from = at;
        enter(tag);
        return Arrays.copyOfRange(bytes, from, at);
    }

    void expectEnd() throws MalformedCertificateException {
        if (hasMore()) {
            throw bad("bytes behind the last element");
        }
    }

    private int length() throws MalformedCertificateException {
        int first = next();
        if (first < LONG_LENGTH) {
            return first;
        }
        int count = first - LONG_LENGTH;
        if (count == 0 || count > MAX_LENGTH_BYTES) {
            throw bad("a length of " + count + " bytes");
        }
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = length << Byte.SIZE | next();
        }
        if (length < LONG_LENGTH || (count == MAX_LENGTH_BYTES && length >>> Byte.SIZE == 0)) {
            throw bad("a length in more bytes than it needs");
        }
        return length;
    }

    private int next() throws MalformedCertificateException {
        if (!hasMore()) {
            throw bad("an element without a length");
        }
        return Byte.toUnsignedInt(bytes[at++]);
    }

    static MalformedCertificateException bad(String what) {
        return new MalformedCertificateException(
                Reason.BAD_ENCODING, "no X.509 certificate: " + what);
    }
}
