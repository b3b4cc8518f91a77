package org.flowshield.libp2p.security.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.security.Loopback;
import org.flowshield.libp2p.security.Peer;
import org.flowshield.libp2p.security.noise.MalformedNoiseException.Reason;
import org.junit.jupiter.api.Test;

/**
 * Attacks on a listener that speaks Noise. In each the attacker has a TCP connection to it and
 * sends what the test's name says; the listener must refuse before any data passes.
 */
final class NoiseAttackIT {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] NOTHING = {};

    private final PrivateKey victim = PrivateKey.generate(RANDOM);
    private final PrivateKey alice = PrivateKey.generate(RANDOM);

    @Test
    void a_recorded_handshake_cannot_be_replayed() throws Exception {
        List<ByteBuf> recorded = Collections.synchronizedList(new ArrayList<>());
        try (Loopback honest = Loopback.open(Loopback.Io.NIO)) {
            honest.dialler()
                    .tamper(
                            message -> {
                                recorded.add(Unpooled.copiedBuffer(message));
                                return message;
                            });
            listen(honest);
            honest.dialler()
                    .secure(new NoiseTransport(alice, RANDOM), true, null, List.of(Peer.YAMUX));
            honest.listener().secured();
        }
        try (Loopback replay = Loopback.open(Loopback.Io.NIO)) {
            listen(replay);
            replay.dialler().attack();
            recorded.forEach(replay.dialler()::sendRaw);

            refuses(replay, Reason.FORGED);
        }
    }

    @Test
    void an_identity_cannot_be_taken_from_another_handshake() throws Exception {
        byte[] signedByAlice =
                HandshakePayload.encode(
                        alice.publicKey(),
                        HandshakePayload.sign(alice, DhKey.generate(RANDOM).publicBytes()),
                        List.of());

        try (Loopback link = Loopback.open(Loopback.Io.NIO)) {
            listen(link);
            handshake(link.dialler().attack(), signedByAlice);

            refuses(link, Reason.BAD_IDENTITY_SIGNATURE);
        }
    }

    @Test
    void an_identity_key_without_its_signature_is_refused() throws Exception {
        byte[] unsigned = HandshakePayload.encode(alice.publicKey(), NOTHING, List.of());

        try (Loopback link = Loopback.open(Loopback.Io.NIO)) {
            listen(link);
            handshake(link.dialler().attack(), unsigned);

            refuses(link, Reason.BAD_IDENTITY_SIGNATURE);
        }
    }

    @Test
    void a_handshake_without_an_identity_is_refused() throws Exception {
        try (Loopback link = Loopback.open(Loopback.Io.NIO)) {
            listen(link);
            handshake(link.dialler().attack(), NOTHING);

            refuses(link, Reason.BAD_IDENTITY_KEY);
        }
    }

    @Test
    void a_key_of_small_order_is_refused() throws Exception {
        try (Loopback link = Loopback.open(Loopback.Io.NIO)) {
            listen(link);
            link.dialler().attack().sendRaw(framed(new byte[DhKey.LENGTH]));

            refuses(link, Reason.WEAK_KEY);
        }
    }

    @Test
    void a_length_beyond_the_limit_is_refused_before_its_bytes_come() throws Exception {
        try (Loopback link = Loopback.open(Loopback.Io.NIO)) {
            listen(link);
            link.dialler()
                    .attack()
                    .sendRaw(Unpooled.buffer().writeShort(NoiseHandshakeHandler.MAX_MESSAGE + 1));

            refuses(link, Reason.TOO_LONG);
        }
    }

    @Test
    void junk_gets_no_more_than_one_message_back() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            byte[] junk = new byte[200_000];
            new Random(seed).nextBytes(junk);
            junk[0] = 0;
            junk[1] = DhKey.LENGTH;
            try (Loopback link = Loopback.open(Loopback.Io.NIO)) {
                listen(link);
                link.dialler().attack().sendRaw(Unpooled.wrappedBuffer(junk));

                assertThat(link.listener().refusal()).isInstanceOf(IOException.class);
                link.dialler().awaitClosed();
                assertThat(link.dialler().leftover())
                        .hasSizeLessThan(NoiseHandshakeHandler.MAX_MESSAGE);
            }
        }
    }

    private void listen(Loopback link) {
        link.listener()
                .secure(new NoiseTransport(victim, RANDOM), false, null, List.of(Peer.YAMUX));
    }

    /** An initiator's side of the handshake with a payload of the attacker's choice. */
    private static void handshake(Peer attacker, byte[] payload) throws Exception {
        var handshake = new XxHandshake(true, DhKey.generate(RANDOM), DhKey.generate(RANDOM));
        attacker.sendRaw(framed(handshake.write(NOTHING)));
        ByteBuf length = Unpooled.wrappedBuffer(attacker.receive(Short.BYTES));
        handshake.read(attacker.receive(length.readUnsignedShort()));
        attacker.sendRaw(framed(handshake.write(payload)));
    }

    private static ByteBuf framed(byte[] message) {
        return Unpooled.buffer().writeShort(message.length).writeBytes(message);
    }

    private static void refuses(Loopback link, Reason reason) throws Exception {
        assertThat(link.listener().refusal())
                .isInstanceOfSatisfying(
                        MalformedNoiseException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
        link.listener().awaitClosed();
        link.dialler().awaitClosed();
    }
}
