package org.flowshield.libp2p.identify;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.identify.MalformedIdentifyException.Reason;
import org.flowshield.libp2p.multiformats.Delimited;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException;

/** The bytes of identify: one protobuf, in one or more delimited messages that are merged. */
final class IdentifyMessages {

    /** The specification's bound for each message. */
    static final int MAX_MESSAGE = 8 * 1024;

    /** go-libp2p's bound for the messages of one stream. */
    static final int MAX_MESSAGES = 10;

    /** Above this go-libp2p sends the peer record as a message of its own, and so do we. */
    static final int SPLIT_ABOVE = 2 * 1024;

    private IdentifyMessages() {}

    /** Reads until the stream ends. */
    static IdentifyProtos.Identify read(InputStream source)
            throws IOException, MalformedIdentifyException {
        IdentifyProtos.Identify.Builder merged = IdentifyProtos.Identify.newBuilder();
        try {
            for (int count = 0; ; count++) {
                Optional<byte[]> message = Delimited.read(source, MAX_MESSAGE);
                if (message.isEmpty()) {
                    if (count == 0) {
                        throw new EOFException("the peer said nothing about itself");
                    }
                    return merged.build();
                }
                if (count == MAX_MESSAGES) {
                    throw new MalformedIdentifyException(
                            Reason.TOO_LONG, "more than " + MAX_MESSAGES + " identify messages");
                }
                merged.mergeFrom(message.get());
            }
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedIdentifyException(
                    Reason.BAD_ENCODING, "no identify message: " + e.getMessage());
        } catch (MalformedMultiformatException e) {
            throw new MalformedIdentifyException(
                    e.reason() == MalformedMultiformatException.Reason.TOO_LONG
                            ? Reason.TOO_LONG
                            : Reason.BAD_ENCODING,
                    "no identify message: " + e.getMessage());
        }
    }

    static void write(OutputStream target, IdentifyProtos.Identify message) throws IOException {
        for (IdentifyProtos.Identify part : split(message)) {
            byte[] bytes = part.toByteArray();
            if (bytes.length > MAX_MESSAGE) {
                throw new IllegalArgumentException(
                        "an identify message has at most " + MAX_MESSAGE + " bytes");
            }
            Delimited.write(target, bytes);
        }
        target.flush();
    }

    private static List<IdentifyProtos.Identify> split(IdentifyProtos.Identify message) {
        if (message.getSerializedSize() <= SPLIT_ABOVE || !message.hasSignedPeerRecord()) {
            return List.of(message);
        }
        ByteString peerRecord = message.getSignedPeerRecord();
        return List.of(
                message.toBuilder().clearSignedPeerRecord().build(),
                IdentifyProtos.Identify.newBuilder().setSignedPeerRecord(peerRecord).build());
    }
}
