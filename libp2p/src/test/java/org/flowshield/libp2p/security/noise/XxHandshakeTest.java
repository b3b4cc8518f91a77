package org.flowshield.libp2p.security.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flowshield.libp2p.security.noise.MalformedNoiseException.Reason;
import org.junit.jupiter.api.Test;

final class XxHandshakeTest {

    private static final byte[] NOTHING = {};
    private static final byte[] PAYLOAD = {1, 2, 3};

    private final SecureRandom random = new SecureRandom();
    private final XxHandshake initiator = handshake(true);
    private final XxHandshake responder = handshake(false);

    @Test
    void the_turns_alternate_and_end_after_three_messages() throws Exception {
        assertThat(initiator.writesNext()).isTrue();
        assertThat(responder.writesNext()).isFalse();
        responder.read(initiator.write(NOTHING));
        assertThat(responder.writesNext()).isTrue();
        assertThat(initiator.read(responder.write(PAYLOAD))).isEqualTo(PAYLOAD);
        assertThat(responder.read(initiator.write(PAYLOAD))).isEqualTo(PAYLOAD);

        assertThat(initiator.finished()).isTrue();
        assertThat(responder.finished()).isTrue();
        assertThat(initiator.writesNext()).isFalse();
    }

    @Test
    void refuses_a_first_message_with_a_payload() throws Exception {
        byte[] first = Arrays.copyOf(initiator.write(NOTHING), DhKey.LENGTH + 1);

        refuses(Reason.UNEXPECTED_PAYLOAD, () -> responder.read(first));
    }

    @Test
    void refuses_messages_that_end_within_their_keys() throws Exception {
        refuses(Reason.TOO_SHORT, () -> handshake(false).read(new byte[DhKey.LENGTH - 1]));
        initiator.write(NOTHING);
        refuses(Reason.TOO_SHORT, () -> initiator.read(new byte[DhKey.LENGTH - 1]));
        responder.read(handshake(true).write(NOTHING));
        responder.write(PAYLOAD);
        refuses(Reason.TOO_SHORT, () -> responder.read(new byte[DhKey.LENGTH]));
    }

    @Test
    void refuses_an_ephemeral_key_of_small_order() throws Exception {
        responder.read(new byte[DhKey.LENGTH]);

        refuses(Reason.WEAK_KEY, () -> responder.write(PAYLOAD));
    }

    @Test
    void refuses_every_changed_byte_of_the_second_message() throws Exception {
        byte[] secret = secret();
        byte[] ephemeral = secret();
        byte[] first = new DhKey(ephemeral.clone()).publicBytes();
        responder.read(first);
        byte[] second = responder.write(PAYLOAD);
        for (int at = 0; at < second.length; at++) {
            var victim =
                    new XxHandshake(true, new DhKey(secret.clone()), new DhKey(ephemeral.clone()));
            victim.write(NOTHING);
            byte[] changed = second.clone();
            changed[at] ^= 1;

            refuses(Reason.FORGED, () -> victim.read(changed));
        }
    }

    @Test
    void refuses_the_third_message_of_another_handshake() throws Exception {
        responder.read(initiator.write(NOTHING));
        byte[] second = responder.write(PAYLOAD);
        initiator.read(second);
        byte[] third = initiator.write(PAYLOAD);

        XxHandshake later = handshake(false);
        later.read(handshake(true).write(NOTHING));
        later.write(PAYLOAD);

        refuses(Reason.FORGED, () -> later.read(third));
    }

    @Test
    void a_refused_message_ends_the_handshake() throws Exception {
        initiator.write(NOTHING);
        assertThatThrownBy(() -> initiator.read(new byte[200]))
                .isInstanceOf(MalformedNoiseException.class);

        assertThatThrownBy(() -> initiator.read(new byte[200]))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(initiator::split).isInstanceOf(IllegalStateException.class);
    }

    private XxHandshake handshake(boolean initiates) {
        return new XxHandshake(initiates, DhKey.generate(random), DhKey.generate(random));
    }

    private byte[] secret() {
        byte[] secret = new byte[DhKey.LENGTH];
        random.nextBytes(secret);
        return secret;
    }

    private static void refuses(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MalformedNoiseException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
