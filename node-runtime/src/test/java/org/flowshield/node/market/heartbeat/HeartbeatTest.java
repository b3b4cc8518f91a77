package org.flowshield.node.market.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.record.RecordType;
import org.flowshield.libp2p.record.SignedEnvelope;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.heartbeat.MalformedHeartbeatException.Reason;
import org.flowshield.node.market.heartbeat.Pulse.Outcome;
import org.junit.jupiter.api.Test;

/** Signs of life are believed of who signed them, once, and now. */
final class HeartbeatTest {

    private static final Instant NOW = Instant.parse("2027-01-31T12:00:00Z");
    private static final Bytes32 OFFER = Keccak256.hash("an offer");
    private static final RecordType TYPE =
            new RecordType("flowshield-heartbeat", new byte[] {0x66, 0x68});
    private static final int EACH = 1000;

    private final SecureRandom random = new SecureRandom();
    private final PrivateKey key = PrivateKey.generate(random);
    private final NodeKey node = NodeKey.of(key.publicKey()).orElseThrow();
    private final Pulse pulse = new Pulse(3);

    private static Heartbeat beat(long sequence, Instant at) {
        return new Heartbeat(OFFER, at, sequence, 7, 50_000_000);
    }

    private SignedHeartbeat signed(long sequence, Instant at) {
        return SignedHeartbeat.sign(beat(sequence, at), key);
    }

    private static Reason refused(byte[] encoded) {
        return catchThrowableOfType(
                        MalformedHeartbeatException.class, () -> SignedHeartbeat.open(encoded))
                .reason();
    }

    @Test
    void what_was_signed_is_read_again() throws Exception {
        SignedHeartbeat sent = signed(3, NOW.plusNanos(1_234_567));
        SignedHeartbeat read = SignedHeartbeat.open(sent.encoded());
        assertThat(read.node()).isEqualTo(node);
        assertThat(read.heartbeat()).isEqualTo(beat(3, NOW.plusMillis(1)));
        assertThat(sent.encoded().length).isLessThan(SignedHeartbeat.MAX_LENGTH / 2);
    }

    @Test
    void unsigned_foreign_and_damaged_ones_are_refused_a_thousand_times_each() throws Exception {
        byte[] honest = signed(1, NOW).encoded();
        SignedEnvelope otherKind =
                SignedEnvelope.seal(
                        key,
                        new RecordType("flowshield-offer", new byte[] {0x66, 0x6f}),
                        payload());
        long seed = System.nanoTime();
        System.out.println("HeartbeatTest: seed " + seed);
        Random flips = new Random(seed);
        for (int i = 0; i < EACH; i++) {
            assertThat(refused(payload())).isEqualTo(Reason.ENVELOPE);
            assertThat(refused(otherKind.encoded())).isEqualTo(Reason.ENVELOPE);
            assertThat(refused(Arrays.copyOf(honest, flips.nextInt(honest.length))))
                    .isEqualTo(Reason.ENVELOPE);
            byte[] flipped = honest.clone();
            flipped[flips.nextInt(flipped.length)] ^= (byte) (1 << flips.nextInt(8));
            assertThat(refused(flipped)).isNotNull();
        }
        assertThat(refused(new byte[0])).isEqualTo(Reason.ENVELOPE);
        assertThat(refused(new byte[SignedHeartbeat.MAX_LENGTH + 1])).isEqualTo(Reason.TOO_LONG);
    }

    private static byte[] payload() {
        return HeartbeatProtos.Heartbeat.newBuilder()
                .setOfferHash(ByteString.copyFrom(OFFER.bytes()))
                .setSentAt(NOW.toEpochMilli())
                .build()
                .toByteArray();
    }

    @Test
    void signed_nonsense_is_refused_for_its_reason() {
        var sound =
                HeartbeatProtos.Heartbeat.newBuilder()
                        .setOfferHash(ByteString.copyFrom(OFFER.bytes()));
        assertThat(refused(seal(sound.clone().setSequence(-1).build().toByteArray())))
                .isEqualTo(Reason.OUT_OF_RANGE);
        assertThat(refused(seal(sound.clone().setSentAt(1L << 50).build().toByteArray())))
                .isEqualTo(Reason.OUT_OF_RANGE);
        assertThat(refused(seal(sound.clone().setSentAt(-1).build().toByteArray())))
                .isEqualTo(Reason.OUT_OF_RANGE);
        assertThat(refused(seal(sound.clone().setSessions(-1).build().toByteArray())))
                .isEqualTo(Reason.OUT_OF_RANGE);
        assertThat(
                        refused(
                                seal(
                                        sound.clone()
                                                .setFreeBitsPerSecond(1L << 50)
                                                .build()
                                                .toByteArray())))
                .isEqualTo(Reason.OUT_OF_RANGE);
        assertThat(refused(seal(new byte[0]))).isEqualTo(Reason.HASH_LENGTH);
        assertThat(refused(seal(new byte[] {(byte) 0xff}))).isEqualTo(Reason.NOT_PROTOBUF);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Heartbeat(OFFER, NOW, 0, Heartbeat.MAX_SESSIONS + 1, 0));
    }

    private byte[] seal(byte[] payload) {
        return SignedEnvelope.seal(key, TYPE, payload).encoded();
    }

    @Test
    void a_node_is_online_then_stale_then_offline() {
        assertThat(pulse.liveness(node, NOW)).isEmpty();
        assertThat(pulse.hear(signed(1, NOW), NOW)).isEqualTo(Outcome.ACCEPTED);
        assertThat(pulse.liveness(node, NOW.plusSeconds(30))).contains(new Liveness.Online(NOW));
        assertThat(pulse.liveness(node, NOW.plusSeconds(40))).contains(new Liveness.Stale(NOW));
        assertThat(pulse.liveness(node, NOW.plus(Liveness.STALE)))
                .contains(new Liveness.Offline(NOW));
    }

    @Test
    void what_is_said_again_keeps_nobody_alive() {
        SignedHeartbeat once = signed(5, NOW);
        assertThat(pulse.hear(once, NOW)).isEqualTo(Outcome.ACCEPTED);
        assertThat(pulse.hear(once, NOW.plusSeconds(20))).isEqualTo(Outcome.OLD);
        assertThat(pulse.hear(signed(4, NOW.plusSeconds(20)), NOW.plusSeconds(20)))
                .isEqualTo(Outcome.OLD);
        assertThat(pulse.hear(once, NOW.plus(Duration.ofHours(1)))).isEqualTo(Outcome.NOT_NOW);
        assertThat(pulse.liveness(node, NOW.plusSeconds(40))).contains(new Liveness.Stale(NOW));
    }

    @Test
    void a_clock_of_tomorrow_is_not_believed() {
        Instant tomorrow = NOW.plus(Duration.ofDays(1));
        assertThat(pulse.hear(signed(1, tomorrow), NOW)).isEqualTo(Outcome.NOT_NOW);
        assertThat(pulse.liveness(node, NOW)).isEmpty();
    }

    @Test
    void a_newcomer_gets_the_place_of_who_was_silent_for_longest() {
        assertThat(pulse.hear(signed(1, NOW), NOW)).isEqualTo(Outcome.ACCEPTED);
        for (int i = 1; i < 3; i++) {
            assertThat(pulse.hear(ofSomebody(NOW.plusSeconds(i)), NOW.plusSeconds(i)))
                    .isEqualTo(Outcome.ACCEPTED);
        }
        Instant later = NOW.plusSeconds(9);
        assertThat(pulse.hear(signed(2, later), later)).isEqualTo(Outcome.ACCEPTED);
        for (int i = 0; i < 2; i++) {
            assertThat(pulse.hear(ofSomebody(later), later)).isEqualTo(Outcome.ACCEPTED);
        }
        assertThat(pulse.of(node)).isPresent(); // it beats
        assertThat(pulse.hear(ofSomebody(later), later)).isEqualTo(Outcome.ACCEPTED);
        assertThat(pulse.of(node)).isEmpty();
        assertThat(pulse.size()).isEqualTo(3);
    }

    private SignedHeartbeat ofSomebody(Instant at) {
        try (PrivateKey somebody = PrivateKey.generate(random)) {
            return SignedHeartbeat.sign(beat(1, at), somebody);
        }
    }
}
