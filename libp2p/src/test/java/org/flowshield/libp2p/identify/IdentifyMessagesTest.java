package org.flowshield.libp2p.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.flowshield.libp2p.Vectors;
import org.flowshield.libp2p.identify.MalformedIdentifyException.Reason;
import org.flowshield.libp2p.multiformats.Delimited;
import org.junit.jupiter.api.Test;

final class IdentifyMessagesTest {

    private static final byte[] VECTOR = Vectors.hex(Vectors.section("identify").get("message"));

    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();

    @Test
    void reads_the_vector() throws Exception {
        Delimited.write(wire, VECTOR);
        assertThat(read()).isEqualTo(IdentifyProtos.Identify.parseFrom(VECTOR));
    }

    @Test
    void writes_a_short_message_in_one_piece() throws Exception {
        IdentifyMessages.write(wire, IdentifyProtos.Identify.parseFrom(VECTOR));
        assertThat(pieces()).isEqualTo(1);
        assertThat(read()).isEqualTo(IdentifyProtos.Identify.parseFrom(VECTOR));
    }

    @Test
    void writes_the_record_of_a_long_message_in_a_piece_of_its_own() throws Exception {
        IdentifyProtos.Identify.Builder message =
                IdentifyProtos.Identify.parseFrom(VECTOR).toBuilder();
        while (message.build().getSerializedSize() <= IdentifyMessages.SPLIT_ABOVE) {
            message.addProtocols("/a/protocol/with/a/long/name/1.0.0");
        }
        IdentifyMessages.write(wire, message.build());
        assertThat(pieces()).isEqualTo(2);
        assertThat(read()).isEqualTo(message.build());
    }

    @Test
    void merges_pieces_lists_grow_and_the_last_value_counts() throws Exception {
        write(message().setAgentVersion("a/1").addProtocols("/a"));
        write(message().setAgentVersion("b/2").addProtocols("/b"));
        IdentifyProtos.Identify merged = read();
        assertThat(merged.getAgentVersion()).isEqualTo("b/2");
        assertThat(merged.getProtocolsList()).containsExactly("/a", "/b");
    }

    @Test
    void takes_as_many_pieces_as_allowed_and_no_more() throws Exception {
        for (int i = 0; i < IdentifyMessages.MAX_MESSAGES; i++) {
            write(message().addProtocols("/" + i));
        }
        assertThat(read().getProtocolsCount()).isEqualTo(IdentifyMessages.MAX_MESSAGES);
        write(message());
        assertMalformed(Reason.TOO_LONG);
    }

    @Test
    void takes_the_longest_piece_and_no_longer() throws Exception {
        byte[] agent = new byte[IdentifyMessages.MAX_MESSAGE - 3];
        write(message().setAgentVersionBytes(ByteString.copyFrom(agent)));
        assertThat(wire.size()).isEqualTo(IdentifyMessages.MAX_MESSAGE + 2);
        assertThat(read().getAgentVersion()).hasSize(agent.length);
        wire.reset();
        Delimited.write(wire, new byte[IdentifyMessages.MAX_MESSAGE + 1]);
        assertMalformed(Reason.TOO_LONG);
    }

    @Test
    void allocates_nothing_for_a_length_that_is_too_great() {
        wire.writeBytes(java.util.HexFormat.of().parseHex("ffffffffffffffff7f"));
        assertMalformed(Reason.TOO_LONG);
    }

    @Test
    void refuses_what_is_no_protobuf_or_no_length() throws Exception {
        Delimited.write(wire, new byte[] {(byte) 0xff});
        assertMalformed(Reason.BAD_ENCODING);
        wire.reset();
        wire.writeBytes(new byte[] {(byte) 0x80, 0});
        assertMalformed(Reason.BAD_ENCODING);
    }

    @Test
    void says_when_the_stream_ends_too_early() throws Exception {
        assertThatThrownBy(this::read).isInstanceOf(EOFException.class);
        wire.write(5);
        wire.write(1);
        assertThatThrownBy(this::read).isInstanceOf(EOFException.class);
    }

    private void write(IdentifyProtos.Identify.Builder message) throws IOException {
        Delimited.write(wire, message.build().toByteArray());
    }

    private static IdentifyProtos.Identify.Builder message() {
        return IdentifyProtos.Identify.newBuilder();
    }

    private IdentifyProtos.Identify read() throws IOException, MalformedIdentifyException {
        return IdentifyMessages.read(new ByteArrayInputStream(wire.toByteArray()));
    }

    private int pieces() throws Exception {
        ByteArrayInputStream source = new ByteArrayInputStream(wire.toByteArray());
        int count = 0;
        while (Delimited.read(source, IdentifyMessages.MAX_MESSAGE).isPresent()) {
            count++;
        }
        return count;
    }

    private void assertMalformed(Reason reason) {
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        MalformedIdentifyException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
