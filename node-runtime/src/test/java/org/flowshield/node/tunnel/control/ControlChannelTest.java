package org.flowshield.node.tunnel.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.flowshield.node.tunnel.control.MalformedControlException.Reason;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.flowshield.node.tunnel.control.ControlMessage.Attached;
import org.flowshield.node.tunnel.control.ControlMessage.Bye;
import org.junit.jupiter.api.Test;

final class ControlChannelTest {

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    @Test
    void messages_come_out_as_they_went_in() throws Exception {
        ControlChannel sender = new ControlChannel(new ByteArrayInputStream(new byte[0]), sent);
        Bye longest = new Bye("x".repeat(ControlMessage.MAX_TEXT));
        sender.send(Messages.HELLO);
        sender.send(longest);
        ControlChannel receiver = receiving(sent.toByteArray());
        assertThat(receiver.receive()).contains(Messages.HELLO);
        assertThat(receiver.receive()).contains(longest);
        assertThat(receiver.receive()).isEmpty();
    }

    @Test
    void not_one_byte_behind_a_message_is_read() throws Exception {
        new ControlChannel(new ByteArrayInputStream(new byte[0]), sent).send(new Attached());
        sent.write(new byte[] {1, 2, 3});
        ByteArrayInputStream stream = new ByteArrayInputStream(sent.toByteArray());
        assertThat(new ControlChannel(stream, new ByteArrayOutputStream()).receive())
                .contains(new Attached());
        assertThat(stream.readAllBytes()).containsExactly(1, 2, 3);
    }

    @Test
    void a_length_above_the_limit_is_refused_before_anything_is_read() throws IOException {
        byte[] length4097 = {(byte) 0x81, 0x20, 1, 2, 3};
        ByteArrayInputStream stream = new ByteArrayInputStream(length4097);
        refuses(new ControlChannel(stream, sent), Reason.LENGTH_ABOVE_LIMIT);
        assertThat(stream.available()).isEqualTo(3);
    }

    @Test
    void a_length_of_three_bytes_is_refused() {
        refuses(receiving((byte) 0x80, (byte) 0x80, (byte) 0x01), Reason.LENGTH_ABOVE_LIMIT);
    }

    @Test
    void a_length_with_a_needless_byte_is_refused() {
        refuses(receiving((byte) 0x82, (byte) 0x00, (byte) 1, (byte) 1), Reason.LENGTH_NOT_MINIMAL);
    }

    @Test
    void a_message_cut_short_is_refused() {
        refuses(receiving((byte) 5, (byte) 1), Reason.TRUNCATED);
        refuses(receiving((byte) 0x85), Reason.TRUNCATED);
    }

    private static void refuses(ControlChannel channel, Reason reason) {
        assertThatThrownBy(channel::receive)
                .isInstanceOfSatisfying(
                        MalformedControlException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static ControlChannel receiving(byte... bytes) {
        return new ControlChannel(new ByteArrayInputStream(bytes), new ByteArrayOutputStream());
    }
}
