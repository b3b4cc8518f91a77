package org.flowshield.libp2p.kad.wire;

import com.google.protobuf.ByteString;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import org.flowshield.libp2p.kad.wire.MalformedKadException.Reason;

/**
 * A value under its key. Immutable.
 *
 * @param value at most {@value #MAX_VALUE} bytes
 * @param received when the peer that tells it got it; nobody believes a sender's
 */
public record ValueRecord(RecordKey key, byte[] value, Optional<Instant> received) {

    /** Signed records have some KiB (an IPNS record at most 10); larger things go elsewhere. */
    public static final int MAX_VALUE = 32 * 1024;

    /** RFC 3339 with nanoseconds has 30 characters. */
    private static final int MAX_TIME_TEXT = 64;

    public ValueRecord {
        if (value.length > MAX_VALUE) {
            throw new IllegalArgumentException("a value of " + value.length + " bytes");
        }
        value = value.clone();
    }

    public ValueRecord(RecordKey key, byte[] value) {
        this(key, value, Optional.empty());
    }

    static ValueRecord parse(KadProtos.Record said) throws MalformedKadException {
        if (said.getValue().size() > MAX_VALUE) {
            throw new MalformedKadException(
                    Reason.TOO_LONG,
                    "a value of " + said.getValue().size() + " bytes, at most " + MAX_VALUE);
        }
        return new ValueRecord(
                RecordKey.parse(said.getKey().toByteArray()),
                said.getValue().toByteArray(),
                time(said.getTimeReceived()));
    }

    private static Optional<Instant> time(String text) {
        if (text.isEmpty() || text.length() > MAX_TIME_TEXT) {
            return Optional.empty();
        }
        try {
            return Optional.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException _) {
            return Optional.empty(); // it is for people; no decision depends on it
        }
    }

    KadProtos.Record toProto() {
        KadProtos.Record.Builder told =
                KadProtos.Record.newBuilder()
                        .setKey(ByteString.copyFrom(key.bytes()))
                        .setValue(ByteString.copyFrom(value));
        received.ifPresent(time -> told.setTimeReceived(time.toString()));
        return told.build();
    }

    @Override
    public byte[] value() {
        return value.clone();
    }

    /** The same key and value; when it was received is no part of it. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ValueRecord it
                && key.equals(it.key)
                && Arrays.equals(value, it.value);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + Arrays.hashCode(value);
    }
}
