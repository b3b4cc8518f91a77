package org.flowshield.libp2p.multiaddr;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException.Reason;
import org.flowshield.libp2p.multiaddr.ValueFormat.BadValueException;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException;
import org.flowshield.libp2p.multiformats.Uvarint;

/**
 * One step of a multiaddr: a protocol and, for most, a value. Immutable.
 *
 * @param protocol what kind of step
 * @param value its bytes, empty for a protocol that takes none
 */
public record Component(Protocol protocol, byte[] value) {

    /** A DNS name has at most 253 characters; no value that we know is longer. */
    static final int MAX_VALUE = 256;

    /**
     * Holds a component that is known to be sound.
     *
     * @throws IllegalArgumentException if it is not; untrusted input goes through {@link Multiaddr}
     */
    public Component {
        value = value.clone();
        try {
            check(protocol, value);
        } catch (MalformedMultiaddrException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    static Component parse(Protocol protocol, String text) throws MalformedMultiaddrException {
        byte[] value;
        try {
            value = protocol.format().parse(text);
        } catch (BadValueException e) {
            throw badValue(protocol, "'" + text + "' " + e.complaint());
        }
        check(protocol, value);
        return new Component(protocol, value);
    }

    static Component read(ByteBuffer source) throws MalformedMultiaddrException {
        long code = uvarint(source, "a protocol's code");
        Protocol protocol =
                Protocol.ofCode(code)
                        .orElseThrow(
                                () ->
                                        new MalformedMultiaddrException(
                                                Reason.UNKNOWN_PROTOCOL,
                                                "protocol " + code + " is unknown"));
        int size = protocol.format().size();
        long length =
                size == ValueFormat.VARIABLE ? uvarint(source, "the length of /" + protocol) : size;
        if (length > source.remaining()) {
            throw new MalformedMultiaddrException(
                    Reason.TRUNCATED,
                    "/"
                            + protocol
                            + " should have "
                            + length
                            + " bytes but "
                            + source.remaining()
                            + " are left");
        }
        byte[] value = new byte[(int) length];
        source.get(value);
        check(protocol, value);
        return new Component(protocol, value);
    }

    private static long uvarint(ByteBuffer source, String what) throws MalformedMultiaddrException {
        try {
            return Uvarint.read(source);
        } catch (MalformedMultiformatException e) {
            throw new MalformedMultiaddrException(Reason.BAD_VARINT, what + ": " + e.getMessage());
        }
    }

    private static void check(Protocol protocol, byte[] value) throws MalformedMultiaddrException {
        int size = protocol.format().size();
        boolean fits =
                size == ValueFormat.VARIABLE
                        ? value.length > 0 && value.length <= MAX_VALUE
                        : value.length == size;
        if (!fits) {
            throw badValue(
                    protocol, value.length == 0 ? "is empty" : "has " + value.length + " bytes");
        }
        try {
            protocol.format().format(value);
        } catch (BadValueException e) {
            throw badValue(protocol, e.complaint());
        }
    }

    private static MalformedMultiaddrException badValue(Protocol protocol, String what) {
        return new MalformedMultiaddrException(
                Reason.BAD_VALUE, "the value of /" + protocol + " " + what);
    }

    int encodedLength() {
        int length = Uvarint.size(protocol.code()) + value.length;
        return protocol.format().size() == ValueFormat.VARIABLE
                ? length + Uvarint.size(value.length)
                : length;
    }

    void write(ByteBuffer target) {
        Uvarint.write(protocol.code(), target);
        if (protocol.format().size() == ValueFormat.VARIABLE) {
            Uvarint.write(value.length, target);
        }
        target.put(value);
    }

    /** The value as text; empty for a protocol that takes none. */
    public String text() {
        try {
            return protocol.format().format(value);
        } catch (BadValueException e) {
            throw new IllegalStateException("checked by the constructor", e);
        }
    }

    @Override
    public byte[] value() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Component component
                && protocol == component.protocol
                && Arrays.equals(value, component.value);
    }

    @Override
    public int hashCode() {
        return protocol.hashCode() * 31 + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return protocol.hasValue() ? "/" + protocol + "/" + text() : "/" + protocol;
    }
}
