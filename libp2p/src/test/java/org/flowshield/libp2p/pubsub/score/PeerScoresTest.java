package org.flowshield.libp2p.pubsub.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.score.TopicScoreParams.FirstDeliveries;
import org.flowshield.libp2p.pubsub.score.TopicScoreParams.InvalidMessages;
import org.flowshield.libp2p.pubsub.score.TopicScoreParams.MeshDeliveries;
import org.flowshield.libp2p.pubsub.score.TopicScoreParams.MeshFailures;
import org.flowshield.libp2p.pubsub.score.TopicScoreParams.MeshTime;
import org.flowshield.libp2p.pubsub.wire.MessageId;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.junit.jupiter.api.Test;

final class PeerScoresTest {

    private static final Topic NEWS = new Topic("news");
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final double EXACT = 1e-9;

    private final Map<PeerId, Double> application = new HashMap<>();
    private final PeerId alice = peer();
    private final PeerId bob = peer();
    private int messages;

    private static PeerId peer() {
        try (PrivateKey key = PrivateKey.generate(new SecureRandom())) {
            return PeerId.of(key.publicKey());
        }
    }

    private MessageId message() {
        return new MessageId(ByteString.copyFromUtf8("message " + messages++));
    }

    private PeerScores scores(TopicScoreParams topic) {
        PeerScores scores =
                new PeerScores(
                        ScoreParams.DEFAULT.with(Map.of(NEWS, topic)),
                        peer -> application.getOrDefault(peer, 0.0));
        scores.arrived(alice, "");
        scores.arrived(bob, "");
        return scores;
    }

    /** Nothing counts in this topic but what a test gives weight to; it counts half. */
    private static TopicScoreParams only(
            MeshTime time,
            FirstDeliveries first,
            MeshDeliveries near,
            MeshFailures failures,
            InvalidMessages invalid) {
        return new TopicScoreParams(0.5, time, first, near, failures, invalid);
    }

    private static final MeshTime NO_TIME = new MeshTime(0, Duration.ofSeconds(1), 1);
    private static final FirstDeliveries NO_FIRST = new FirstDeliveries(0, 0.5, 1);
    private static final MeshDeliveries NO_NEAR =
            new MeshDeliveries(0, 0.5, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final MeshFailures NO_FAILURES = new MeshFailures(0, 0.5);
    private static final InvalidMessages NO_INVALID = new InvalidMessages(0, 0.5);

    @Test
    void p1_grows_with_time_in_the_mesh_up_to_its_cap() {
        MeshTime time = new MeshTime(2, Duration.ofSeconds(10), 3);
        PeerScores scores = scores(only(time, NO_FIRST, NO_NEAR, NO_FAILURES, NO_INVALID));
        scores.grafted(alice, NEWS, 0);
        assertThat(scores.score(alice, 20 * SECOND)).isEqualTo(0.5 * 2 * 2, within(EXACT));
        assertThat(scores.score(alice, 1000 * SECOND)).isEqualTo(0.5 * 2 * 3, within(EXACT));
        scores.pruned(alice, NEWS);
        assertThat(scores.score(alice, 1000 * SECOND)).isZero();
    }

    @Test
    void p2_counts_who_brings_first_up_to_its_cap_and_decays() {
        FirstDeliveries first = new FirstDeliveries(2, 0.5, 3);
        PeerScores scores = scores(only(NO_TIME, first, NO_NEAR, NO_FAILURES, NO_INVALID));
        scores.accepted(message(), NEWS, List.of(alice, bob), 0);
        assertThat(scores.score(alice, 0)).isEqualTo(0.5 * 2, within(EXACT));
        assertThat(scores.score(bob, 0)).isZero();
        for (int i = 0; i < 10; i++) {
            scores.accepted(message(), NEWS, List.of(alice), 0);
        }
        assertThat(scores.score(alice, 0)).isEqualTo(0.5 * 2 * 3, within(EXACT));
        scores.decay(SECOND);
        assertThat(scores.score(alice, 0)).isEqualTo(0.5 * 2 * 1.5, within(EXACT));
    }

    @Test
    void p3_punishes_who_brings_too_little_once_it_has_had_time() {
        MeshDeliveries near =
                new MeshDeliveries(-1, 0.99, 10, 4, Duration.ofMillis(10), Duration.ofSeconds(5));
        PeerScores scores = scores(only(NO_TIME, NO_FIRST, near, NO_FAILURES, NO_INVALID));
        scores.grafted(alice, NEWS, 0);
        scores.grafted(bob, NEWS, 0);
        scores.decay(5 * SECOND);
        assertThat(scores.score(alice, 5 * SECOND)).isZero();
        scores.decay(6 * SECOND);
        assertThat(scores.score(alice, 6 * SECOND)).isEqualTo(-0.5 * 16, within(EXACT));
        MessageId first = message();
        scores.accepted(first, NEWS, List.of(alice), 6 * SECOND);
        assertThat(scores.score(alice, 6 * SECOND)).isEqualTo(-0.5 * 9, within(EXACT));

        scores.duplicate(first, NEWS, bob, 6 * SECOND + 1_000_000);
        scores.duplicate(first, NEWS, bob, 6 * SECOND + 1_000_000);
        assertThat(scores.score(bob, 6 * SECOND)).isEqualTo(-0.5 * 9, within(EXACT));
        scores.accepted(message(), NEWS, List.of(alice, bob), 6 * SECOND);
        assertThat(scores.score(bob, 6 * SECOND)).isEqualTo(-0.5 * 4, within(EXACT));
        MessageId late = message();
        scores.accepted(late, NEWS, List.of(alice), 6 * SECOND);
        scores.duplicate(late, NEWS, bob, 6 * SECOND + 10_000_001);
        assertThat(scores.score(bob, 6 * SECOND)).isEqualTo(-0.5 * 4, within(EXACT));
    }

    @Test
    void p3b_keeps_the_deficit_of_who_leaves_the_mesh() {
        MeshDeliveries near =
                new MeshDeliveries(-1, 0.99, 10, 4, Duration.ofMillis(10), Duration.ofSeconds(5));
        MeshFailures failures = new MeshFailures(-3, 0.5);
        PeerScores scores = scores(only(NO_TIME, NO_FIRST, near, failures, NO_INVALID));
        scores.grafted(alice, NEWS, 0);
        scores.decay(6 * SECOND);
        scores.pruned(alice, NEWS);
        assertThat(scores.score(alice, 6 * SECOND)).isEqualTo(-0.5 * 3 * 16, within(EXACT));
        scores.decay(7 * SECOND);
        assertThat(scores.score(alice, 7 * SECOND)).isEqualTo(-0.5 * 3 * 8, within(EXACT));
    }

    @Test
    void p4_grows_with_the_square_of_refused_messages_whoever_brings_them_when() {
        InvalidMessages invalid = new InvalidMessages(-1, 0.5);
        PeerScores scores = scores(only(NO_TIME, NO_FIRST, NO_NEAR, NO_FAILURES, invalid));
        scores.invalid(alice, NEWS);
        assertThat(scores.score(alice, 0)).isEqualTo(-0.5, within(EXACT));
        MessageId refused = message();
        scores.refused(refused, NEWS, List.of(alice), 0);
        assertThat(scores.score(alice, 0)).isEqualTo(-0.5 * 4, within(EXACT));
        scores.duplicate(refused, NEWS, alice, 1);
        assertThat(scores.score(alice, 0)).isEqualTo(-0.5 * 4, within(EXACT));
        scores.duplicate(refused, NEWS, bob, 20 * SECOND);
        assertThat(scores.score(bob, 0)).isEqualTo(-0.5, within(EXACT));
        scores.decay(SECOND);
        assertThat(scores.score(alice, 0)).isEqualTo(-0.5, within(EXACT));
    }

    @Test
    void what_is_good_in_topics_counts_up_to_the_cap_of_all_topics() {
        FirstDeliveries first = new FirstDeliveries(1000, 0.5, 1000);
        PeerScores scores = scores(only(NO_TIME, first, NO_NEAR, NO_FAILURES, NO_INVALID));
        scores.accepted(message(), NEWS, List.of(alice), 0);
        assertThat(scores.score(alice, 0)).isEqualTo(ScoreParams.DEFAULT.topicCap());
    }

    @Test
    void p5_is_what_the_application_says() {
        PeerScores scores = scores(TopicScoreParams.DEFAULT);
        application.put(alice, -7.0);
        assertThat(scores.score(alice, 0)).isEqualTo(-7, within(EXACT));
    }

    @Test
    void p6_punishes_many_at_one_address_and_forgives_when_they_leave() {
        PeerScores scores = scores(TopicScoreParams.DEFAULT);
        List<PeerId> crowd = new ArrayList<>();
        for (int i = 0; i < ScoreParams.DEFAULT.colocationThreshold() + 2; i++) {
            crowd.add(peer());
            scores.arrived(crowd.getLast(), "192.0.2.1");
        }
        assertThat(scores.score(crowd.getFirst(), 0)).isEqualTo(-10 * 4, within(EXACT));
        assertThat(scores.score(alice, 0)).isZero();
        for (int i = 0; i < 2; i++) {
            scores.arrived(crowd.removeLast(), "192.0.2.2");
        }
        assertThat(scores.score(crowd.getFirst(), 0)).isZero();
    }

    @Test
    void p7_forgives_some_breaches_and_punishes_the_square_of_the_others() {
        PeerScores scores = scores(TopicScoreParams.DEFAULT);
        scores.breach(alice, 6);
        assertThat(scores.score(alice, 0)).isZero();
        scores.breach(alice, 3);
        assertThat(scores.score(alice, 0)).isEqualTo(-10 * 9, within(EXACT));
        scores.decay(SECOND);
        assertThat(scores.score(alice, 0)).isGreaterThan(-10 * 9);
    }

    @Test
    void a_bad_score_outlives_the_connection_and_a_good_one_does_not() {
        PeerScores scores = scores(TopicScoreParams.DEFAULT);
        scores.accepted(message(), NEWS, List.of(alice), 0);
        scores.breach(bob, 9);
        scores.left(alice, 0);
        scores.left(bob, 0);
        scores.decay(SECOND);
        scores.arrived(alice, "");
        assertThat(scores.score(alice, SECOND)).isZero();
        assertThat(scores.score(bob, SECOND)).isEqualTo(-90, within(EXACT));
        scores.decay(ScoreParams.DEFAULT.retain().toNanos() + SECOND);
        assertThat(scores.score(bob, SECOND)).isZero();
    }

    @Test
    void the_bad_are_remembered_up_to_a_bound() {
        PeerScores scores = scores(TopicScoreParams.DEFAULT);
        scores.breach(alice, 9);
        scores.left(alice, 0);
        byte[] id = bob.bytes();
        for (int i = 0; i < PeerScores.MAX_RETAINED; i++) {
            id[id.length - 1] = (byte) i;
            id[id.length - 2] = (byte) (i >> 8);
            PeerId stranger = new PeerId(id);
            scores.arrived(stranger, "");
            scores.breach(stranger, 9);
            scores.left(stranger, 1);
        }
        assertThat(scores.score(alice, 1)).isZero();
        assertThat(scores.score(new PeerId(id), 1)).isNegative();
    }
}
