package org.flowshield.libp2p.pubsub.mesh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.memory.PeerRates;
import org.flowshield.libp2p.pubsub.memory.Pending;
import org.flowshield.libp2p.pubsub.wire.Control.PeerInfo;
import org.flowshield.libp2p.pubsub.wire.Control.Prune;
import org.flowshield.libp2p.pubsub.wire.Message;
import org.flowshield.libp2p.pubsub.wire.MessageId;
import org.flowshield.libp2p.pubsub.wire.MessageIds;
import org.flowshield.libp2p.pubsub.wire.Rpc;
import org.flowshield.libp2p.pubsub.wire.StrictSign;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.junit.jupiter.api.Test;

final class RouterTest {

    private static final Topic NEWS = new Topic("news");
    private static final Topic OTHER = new Topic("other");
    private static final List<PrivateKey> KEYS = TestPeers.keys(40, 1);
    private static final PrivateKey AUTHOR = KEYS.get(39);

    private final Map<PeerId, Double> application = new HashMap<>();
    private final Map<PeerId, ByteString> peerRecords = new HashMap<>();
    private Router router = router(RouterConfig.DEFAULT);
    private List<Effect> effects = List.of();
    private long now;
    private long seqno;

    private Router router(RouterConfig config) {
        return new Router(
                peer(0),
                config,
                id -> application.getOrDefault(id, 0.0),
                id -> Optional.ofNullable(peerRecords.get(id)),
                new Random(7),
                now);
    }

    private static PeerId peer(int index) {
        return TestPeers.id(KEYS.get(index));
    }

    private void tell(Event event) {
        effects = router.next(event, now);
    }

    private void say(int peer, Rpc.Builder rpc) {
        tell(new Event.Received(peer(peer), rpc.build(), 100));
    }

    private void arrive(int peer, Version version, boolean dialled) {
        tell(new Event.Arrived(peer(peer), version, dialled, ""));
        say(peer, new Rpc.Builder().subscription(true, NEWS));
    }

    private void arrive(int from, int to) {
        for (int i = from; i <= to; i++) {
            arrive(i, Version.V1_2, true);
        }
    }

    private void heartbeat() {
        now += Duration.ofSeconds(1).toNanos();
        tell(new Event.Heartbeat());
    }

    private void join() {
        tell(new Event.Join(NEWS));
    }

    private Message message(int bytes) {
        return StrictSign.sign(AUTHOR, ++seqno, NEWS, new byte[bytes]);
    }

    private static MessageId id(Message message) {
        return MessageIds.AUTHOR_AND_SEQNO.of(message);
    }

    /** What one peer is told by the last event. */
    private Rpc told(int peer) {
        Rpc.Builder all = new Rpc.Builder();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Send send && send.peer().equals(peer(peer))) {
                all.add(send.rpc());
            }
        }
        return all.build();
    }

    private List<Effect> others() {
        return effects.stream().filter(effect -> !(effect instanceof Effect.Send)).toList();
    }

    private boolean isShed(int peer) {
        return effects.stream()
                .anyMatch(
                        effect ->
                                effect instanceof Effect.Shed shed
                                        && shed.peer().equals(peer(peer)));
    }

    /** A peer brings a message, which is verified, and validated with this verdict. */
    private void bring(int peer, Message message, Verdict verdict) {
        say(peer, new Rpc.Builder().message(message));
        assertThat(others()).hasSize(1).first().isInstanceOf(Effect.Verify.class);
        tell(new Event.Verified(message, true));
        tell(new Event.Validated(message, id(message), verdict));
    }

    private double score(int peer) {
        return router.scores(now).getOrDefault(peer(peer), 0.0);
    }

    // ---- who is there ----

    @Test
    void tells_a_new_peer_what_we_subscribe_to() {
        join();
        tell(new Event.Arrived(peer(1), Version.V1_2, true, ""));
        assertThat(told(1)).isEqualTo(new Rpc.Builder().subscription(true, NEWS).build());
    }

    @Test
    void joining_takes_d_of_the_subscribers_into_the_mesh_and_tells_all() {
        arrive(1, 10);
        join();
        assertThat(router.mesh(NEWS)).hasSize(6);
        for (int i = 1; i <= 10; i++) {
            assertThat(told(i).subscriptions()).hasSize(1);
            assertThat(told(i).graft())
                    .isEqualTo(router.mesh(NEWS).contains(peer(i)) ? List.of(NEWS) : List.of());
        }
    }

    @Test
    void leaving_prunes_the_mesh_with_the_shorter_backoff_and_grafts_nobody_meanwhile() {
        arrive(1, 3);
        join();
        tell(new Event.Leave(NEWS));
        assertThat(told(1).prune()).containsExactly(new Prune(NEWS, List.of(), 10));
        assertThat(told(1).subscriptions().getFirst().subscribe()).isFalse();
        join();
        assertThat(router.mesh(NEWS)).isEmpty();
        for (int i = 0; i < 10; i++) {
            heartbeat();
        }
        assertThat(router.mesh(NEWS)).hasSize(3);
    }

    @Test
    void a_peer_that_is_gone_is_in_no_mesh() {
        arrive(1, 3);
        join();
        tell(new Event.Left(peer(2)));
        assertThat(router.mesh(NEWS)).containsExactlyInAnyOrder(peer(1), peer(3));
        assertThat(router.subscribers(NEWS)).doesNotContain(peer(2));
    }

    @Test
    void a_peer_that_unsubscribes_leaves_the_mesh() {
        arrive(1, 3);
        join();
        say(2, new Rpc.Builder().subscription(false, NEWS));
        assertThat(router.mesh(NEWS)).doesNotContain(peer(2));
    }

    @Test
    void keeps_only_so_many_topics_of_one_peer() {
        tell(new Event.Arrived(peer(1), Version.V1_2, true, ""));
        Rpc.Builder all = new Rpc.Builder();
        for (int i = 0; i < PeerState.MAX_TOPICS + 1; i++) {
            all.subscription(true, new Topic("topic " + i));
        }
        say(1, all);
        assertThat(router.subscribers(new Topic("topic 0"))).containsExactly(peer(1));
        assertThat(router.subscribers(new Topic("topic " + PeerState.MAX_TOPICS))).isEmpty();
    }

    // ---- messages ----

    @Test
    void verifies_validates_delivers_and_passes_on_but_not_to_where_it_came_from() {
        arrive(1, 4);
        join();
        Message message = message(10);
        say(1, new Rpc.Builder().message(message));
        assertThat(others()).hasSize(1).first().isInstanceOf(Effect.Verify.class);
        say(2, new Rpc.Builder().message(message));
        assertThat(effects).isEmpty();
        tell(new Event.Verified(message, true));
        assertThat(others()).hasSize(1).first().isInstanceOf(Effect.Validate.class);
        tell(new Event.Validated(message, id(message), Verdict.ACCEPT));
        assertThat(others()).hasSize(1).first().isInstanceOf(Effect.Deliver.class);
        assertThat(told(1).isEmpty()).isTrue();
        assertThat(told(2).isEmpty()).isTrue();
        assertThat(told(3).messages()).containsExactly(message);
        assertThat(told(4).messages()).containsExactly(message);

        say(3, new Rpc.Builder().message(message));
        assertThat(effects).isEmpty();
    }

    @Test
    void a_forged_message_does_not_keep_out_the_true_one_with_the_same_id() {
        arrive(1, 4);
        join();
        Message message = message(10);
        Message forged =
                new Message(
                        message.from(),
                        ByteString.copyFromUtf8("forged"),
                        message.seqno(),
                        NEWS,
                        message.signature(),
                        null);
        assertThat(id(forged)).isEqualTo(id(message));
        say(1, new Rpc.Builder().message(forged));
        say(2, new Rpc.Builder().message(message));
        assertThat(others()).hasSize(1).first().isInstanceOf(Effect.Verify.class);
        tell(new Event.Verified(forged, false));
        assertThat(score(1)).isNegative();
        tell(new Event.Verified(message, true));
        tell(new Event.Validated(message, id(message), Verdict.ACCEPT));
        assertThat(others()).hasSize(1).first().isInstanceOf(Effect.Deliver.class);
        assertThat(score(2)).isPositive();
    }

    @Test
    void is_not_concerned_with_topics_that_it_did_not_join_nor_with_its_own_messages() {
        arrive(1, 2);
        join();
        say(1, new Rpc.Builder().message(StrictSign.sign(AUTHOR, 1, OTHER, new byte[1])));
        assertThat(effects).isEmpty();
        say(1, new Rpc.Builder().message(StrictSign.sign(KEYS.getFirst(), 1, NEWS, new byte[1])));
        assertThat(effects).isEmpty();
        say(1, new Rpc.Builder().message(message(RouterConfig.DEFAULT_PAYLOAD + 1)));
        assertThat(effects).isEmpty();
    }

    @Test
    void an_unsigned_message_is_refused_without_any_work_and_blamed() {
        arrive(1, 2);
        join();
        Message signed = message(3);
        say(
                1,
                new Rpc.Builder()
                        .message(
                                new Message(
                                        signed.from(),
                                        signed.data(),
                                        signed.seqno(),
                                        NEWS,
                                        null,
                                        null)));
        assertThat(effects).isEmpty();
        assertThat(score(1)).isNegative();
    }

    @Test
    void three_refused_messages_have_a_peer_shed_and_kept_out() {
        arrive(1, 3);
        join();
        for (int i = 0; i < 3; i++) {
            bring(1, message(5), Verdict.REJECT);
        }
        assertThat(isShed(1)).isTrue();
        assertThat(router.mesh(NEWS)).doesNotContain(peer(1));
        assertThat(router.isGreylisted(peer(1))).isTrue();
        tell(new Event.Arrived(peer(1), Version.V1_2, true, ""));
        assertThat(isShed(1)).isTrue();
    }

    @Test
    void an_ignored_message_is_neither_delivered_nor_blamed() {
        arrive(1, 3);
        join();
        bring(1, message(5), Verdict.IGNORE);
        assertThat(effects).isEmpty();
        assertThat(score(1)).isZero();
    }

    @Test
    void nothing_is_verified_for_a_peer_above_its_rate_and_it_is_shed_in_the_end() {
        router = router(RouterConfig.DEFAULT.with(new PeerRates(10, 20, 1e9, 1e9, 1e9, 1e9)));
        arrive(1, 2);
        join();
        int verified = 0;
        boolean shed = false;
        for (int i = 0; i < 400 && !shed; i++) {
            say(1, new Rpc.Builder().message(message(1)));
            verified += others().stream().anyMatch(Effect.Verify.class::isInstance) ? 1 : 0;
            shed = isShed(1);
        }
        assertThat(verified).isLessThanOrEqualTo(20);
        assertThat(shed).isTrue();
    }

    @Test
    void an_author_that_says_too_much_is_passed_on_no_more_and_nobody_is_blamed() {
        router = router(RouterConfig.DEFAULT.with(new PeerRates(1e6, 1e6, 1e9, 1e9, 1, 5)));
        arrive(1, 3);
        join();
        int delivered = 0;
        for (int i = 0; i < 20; i++) {
            Message message = message(1);
            say(1, new Rpc.Builder().message(message));
            tell(new Event.Verified(message, true));
            if (others().stream().anyMatch(Effect.Validate.class::isInstance)) {
                tell(new Event.Validated(message, id(message), Verdict.ACCEPT));
                delivered++;
            }
        }
        assertThat(delivered).isEqualTo(5);
        assertThat(score(1)).isNotNegative();
    }

    @Test
    void one_peer_has_only_so_many_messages_on_their_way_to_a_verdict() {
        arrive(1, 2);
        join();
        int verified = 0;
        for (int i = 0; i < Pending.MAX_PER_PEER + 50; i++) {
            say(1, new Rpc.Builder().message(message(1)));
            verified += others().size();
        }
        assertThat(verified).isEqualTo(Pending.MAX_PER_PEER);
        assertThat(router.isBusyWith(peer(1))).isTrue();
        assertThat(router.isBusyWith(peer(2))).isFalse();
        say(2, new Rpc.Builder().message(message(1)));
        assertThat(others()).hasSize(1);
    }

    @Test
    void a_verdict_that_never_comes_is_not_waited_for() {
        arrive(1, 2);
        join();
        Message message = message(1);
        say(1, new Rpc.Builder().message(message));
        tell(new Event.Verified(message, true));
        for (int i = 0; i < 31; i++) {
            heartbeat();
        }
        tell(new Event.Validated(message, id(message), Verdict.ACCEPT));
        assertThat(effects).isEmpty();
    }

    // ---- publishing ----

    @Test
    void publishes_to_every_subscriber_that_is_not_too_bad() {
        arrive(1, 20);
        join();
        application.put(peer(5), -60.0);
        Message own = StrictSign.sign(KEYS.getFirst(), 1, NEWS, new byte[3]);
        tell(new Event.Publish(own));
        assertThat(effects).hasSize(19);
        assertThat(told(5).isEmpty()).isTrue();
    }

    @Test
    void without_flooding_publishes_to_the_mesh_or_to_a_fanout_that_stays() {
        router = router(RouterConfig.DEFAULT.with(GossipParams.DEFAULT.withFloodPublish(false)));
        arrive(1, 20);
        tell(new Event.Publish(StrictSign.sign(KEYS.getFirst(), 1, NEWS, new byte[3])));
        List<PeerId> first = receivers();
        assertThat(first).hasSize(6);
        tell(new Event.Publish(StrictSign.sign(KEYS.getFirst(), 2, NEWS, new byte[3])));
        assertThat(receivers()).isEqualTo(first);
        join();
        assertThat(router.mesh(NEWS)).containsExactlyInAnyOrderElementsOf(first);
        tell(new Event.Publish(StrictSign.sign(KEYS.getFirst(), 3, NEWS, new byte[3])));
        assertThat(receivers()).containsExactlyInAnyOrderElementsOf(first);
    }

    private List<PeerId> receivers() {
        List<PeerId> receivers = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Send send && !send.rpc().messages().isEmpty()) {
                receivers.add(send.peer());
            }
        }
        return receivers;
    }

    // ---- GRAFT and PRUNE ----

    @Test
    void takes_in_who_grafts_until_the_mesh_is_full_but_always_whom_it_has_dialled() {
        join();
        for (int i = 1; i <= 12; i++) {
            arrive(i, Version.V1_2, false);
            say(i, new Rpc.Builder().graft(NEWS));
        }
        assertThat(router.mesh(NEWS)).hasSize(12);
        arrive(13, Version.V1_2, false);
        say(13, new Rpc.Builder().graft(NEWS));
        assertThat(told(13).prune()).containsExactly(new Prune(NEWS, List.of(), 60));
        arrive(14, Version.V1_2, true);
        say(14, new Rpc.Builder().graft(NEWS));
        assertThat(router.mesh(NEWS)).contains(peer(14)).doesNotContain(peer(13));
    }

    @Test
    void a_graft_in_a_backoff_is_a_breach_and_a_hasty_one_two() {
        join();
        arrive(1, Version.V1_1, false);
        arrive(2, Version.V1_0, false);
        for (int peer = 1; peer <= 2; peer++) {
            say(peer, new Rpc.Builder().graft(NEWS));
            say(peer, new Rpc.Builder().prune(new Prune(NEWS, List.of(), 60)));
        }
        for (int i = 0; i < 4; i++) {
            say(1, new Rpc.Builder().graft(NEWS));
            assertThat(told(1).prune()).containsExactly(new Prune(NEWS, List.of(), 60));
            say(2, new Rpc.Builder().graft(NEWS));
            assertThat(told(2).prune()).containsExactly(new Prune(NEWS, List.of(), 0));
        }
        // Two breaches each of the four times; a peer of 1.0 knows nothing of a back-off.
        assertThat(score(1)).isEqualTo(-40);
        assertThat(score(2)).isZero();
        assertThat(router.mesh(NEWS)).isEmpty();
    }

    @Test
    void whom_it_has_pruned_comes_back_after_the_backoff_and_not_before() {
        arrive(1, Version.V1_1, true);
        join();
        assertThat(router.mesh(NEWS)).containsExactly(peer(1));
        say(1, new Rpc.Builder().prune(new Prune(NEWS, List.of(), 3)));
        for (int i = 0; i < 3; i++) {
            heartbeat();
            assertThat(router.mesh(NEWS)).isEmpty();
        }
        heartbeat();
        assertThat(told(1).graft()).containsExactly(NEWS);
    }

    @Test
    void refuses_who_has_a_bad_score() {
        join();
        arrive(1, Version.V1_1, false);
        application.put(peer(1), -1.0);
        say(1, new Rpc.Builder().graft(NEWS));
        assertThat(told(1).prune()).hasSize(1);
        assertThat(router.mesh(NEWS)).isEmpty();
    }

    @Test
    void names_others_only_if_told_to_and_only_those_with_a_record() {
        ByteString envelope = ByteString.copyFromUtf8("an envelope");
        peerRecords.put(peer(3), envelope);
        for (boolean exchange : new boolean[] {false, true}) {
            router =
                    router(
                            RouterConfig.DEFAULT.with(
                                    GossipParams.DEFAULT.withPeerExchange(exchange)));
            join();
            for (int i = 1; i <= 13; i++) {
                arrive(i, Version.V1_2, false);
                say(i, new Rpc.Builder().graft(NEWS));
            }
            assertThat(told(13).prune().getFirst().peers()).hasSize(exchange ? 1 : 0);
        }
    }

    @Test
    void tries_peers_that_a_good_peer_names() {
        router = router(RouterConfig.DEFAULT.with(GossipParams.DEFAULT.withPeerExchange(true)));
        join();
        arrive(1, 2);
        application.put(peer(1), 20.0);
        ByteString envelope = ByteString.copyFromUtf8("an envelope");
        Prune told =
                new Prune(
                        NEWS,
                        List.of(new PeerInfo(peer(8), envelope), new PeerInfo(peer(9), null)),
                        60);
        say(1, new Rpc.Builder().prune(told));
        assertThat(others()).containsExactly(new Effect.Connect(peer(8), envelope));
        say(2, new Rpc.Builder().prune(told));
        assertThat(others()).isEmpty();
    }

    // ---- the heartbeat ----

    @Test
    void fills_a_mesh_that_is_too_small_and_thins_one_that_is_too_large() {
        join();
        arrive(1, 4);
        heartbeat();
        assertThat(router.mesh(NEWS)).hasSize(4);
        arrive(5, 20);
        heartbeat();
        assertThat(router.mesh(NEWS)).hasSize(6);
        for (int i = 1; i <= 20; i++) {
            say(i, new Rpc.Builder().graft(NEWS));
        }
        assertThat(router.mesh(NEWS)).hasSize(20);
        application.put(peer(7), 5.0);
        application.put(peer(8), 5.0);
        heartbeat();
        assertThat(router.mesh(NEWS)).hasSize(6).contains(peer(7), peer(8));
        long pruned = effects.stream().filter(RouterTest::prunes).count();
        assertThat(pruned).isEqualTo(14);
    }

    private static boolean prunes(Effect effect) {
        return effect instanceof Effect.Send send && !send.rpc().prune().isEmpty();
    }

    @Test
    void keeps_some_peers_in_the_mesh_that_it_has_dialled_itself() {
        join();
        for (int i = 1; i <= 20; i++) {
            arrive(i, Version.V1_2, i > 18);
            say(i, new Rpc.Builder().graft(NEWS));
            application.put(peer(i), i > 18 ? 0.0 : 5.0);
        }
        heartbeat();
        assertThat(router.mesh(NEWS)).contains(peer(19), peer(20));
    }

    @Test
    void reaches_out_when_only_others_have_dialled() {
        join();
        for (int i = 1; i <= 6; i++) {
            arrive(i, Version.V1_2, false);
            say(i, new Rpc.Builder().graft(NEWS));
        }
        arrive(7, Version.V1_2, true);
        arrive(8, Version.V1_2, true);
        heartbeat();
        assertThat(router.mesh(NEWS)).contains(peer(7), peer(8));
    }

    @Test
    void takes_the_bad_out_of_the_mesh() {
        arrive(1, 5);
        join();
        application.put(peer(3), -1.0);
        heartbeat();
        assertThat(router.mesh(NEWS)).doesNotContain(peer(3));
        assertThat(told(3).prune()).hasSize(1);
    }

    @Test
    void improves_a_mesh_of_poor_peers_now_and_then() {
        arrive(1, 6);
        join();
        arrive(7, 12);
        for (int i = 7; i <= 12; i++) {
            application.put(peer(i), 9.0);
        }
        for (int i = 1; i < 60; i++) {
            heartbeat();
        }
        assertThat(router.mesh(NEWS)).hasSize(6);
        heartbeat();
        assertThat(router.mesh(NEWS)).hasSize(8);
    }

    // ---- gossip ----

    @Test
    void tells_others_what_there_is_and_gives_it_to_who_asks_three_times() {
        arrive(1, 20);
        join();
        Message message = message(10);
        bring(1, message, Verdict.ACCEPT);
        heartbeat();
        int lazy = 0;
        for (int i = 1; i <= 20; i++) {
            if (!told(i).ihave().isEmpty()) {
                lazy = i;
                assertThat(router.mesh(NEWS)).doesNotContain(peer(i));
                assertThat(told(i).ihave().getFirst().ids()).containsExactly(id(message));
            }
        }
        assertThat(effects.stream().filter(RouterTest::offers).count()).isEqualTo(6);
        for (int i = 0; i < 4; i++) {
            say(lazy, new Rpc.Builder().iwant(List.of(id(message))));
            assertThat(told(lazy).messages()).hasSize(i < 3 ? 1 : 0);
        }
    }

    private static boolean offers(Effect effect) {
        return effect instanceof Effect.Send send && !send.rpc().ihave().isEmpty();
    }

    @Test
    void forgets_messages_after_some_heartbeats() {
        arrive(1, 3);
        join();
        Message message = message(10);
        bring(1, message, Verdict.ACCEPT);
        for (int i = 0; i < 5; i++) {
            heartbeat();
        }
        say(2, new Rpc.Builder().iwant(List.of(id(message))));
        assertThat(effects).isEmpty();
    }

    @Test
    void asks_for_what_it_misses_and_blames_who_does_not_bring_it() {
        arrive(1, 3);
        join();
        Message message = message(10);
        for (int i = 0; i < 8; i++) {
            say(1, new Rpc.Builder().ihave(NEWS, List.of(id(message(1)))));
            assertThat(told(1).iwant()).hasSize(1);
        }
        say(2, new Rpc.Builder().ihave(NEWS, List.of(id(message))));
        assertThat(told(2).iwant()).containsExactly(id(message));
        bring(3, message, Verdict.ACCEPT);
        for (int i = 0; i < 4; i++) {
            heartbeat();
        }
        assertThat(score(1)).isNegative();
        assertThat(score(2)).isNotNegative();
    }

    @Test
    void heeds_only_so_many_offers_between_two_heartbeats() {
        arrive(1, 3);
        join();
        for (int i = 0; i < 15; i++) {
            say(1, new Rpc.Builder().ihave(NEWS, List.of(id(message(1)))));
            assertThat(told(1).iwant()).hasSize(i < Gossip.MAX_IHAVES ? 1 : 0);
        }
        heartbeat();
        say(1, new Rpc.Builder().ihave(NEWS, List.of(id(message(1)))));
        assertThat(told(1).iwant()).hasSize(1);
    }

    @Test
    void exchanges_no_gossip_with_who_is_below_its_threshold() {
        arrive(1, 20);
        join();
        bring(1, message(10), Verdict.ACCEPT);
        for (int i = 1; i <= 20; i++) {
            if (!router.mesh(NEWS).contains(peer(i))) {
                application.put(peer(i), -20.0);
                say(i, new Rpc.Builder().ihave(NEWS, List.of(id(message(1)))));
                assertThat(told(i).iwant()).isEmpty();
            }
        }
        heartbeat();
        assertThat(effects.stream().filter(RouterTest::offers).count()).isZero();
    }

    // ---- IDONTWANT ----

    @Test
    void tells_its_mesh_not_to_send_a_large_message_once_that_is_known_to_be_true() {
        arrive(1, Version.V1_2, true);
        arrive(2, Version.V1_2, true);
        arrive(3, Version.V1_1, true);
        join();
        Message message = message(MessageFlow.UNWANTED_FROM);
        say(1, new Rpc.Builder().message(message));
        assertThat(told(2).isEmpty()).isTrue();
        tell(new Event.Verified(message, true));
        assertThat(told(1).idontwant()).isEmpty();
        assertThat(told(2).idontwant()).containsExactly(id(message));
        assertThat(told(3).idontwant()).isEmpty();
    }

    @Test
    void does_not_send_what_a_peer_does_not_want_and_forgets_that_in_time() {
        arrive(1, 3);
        join();
        Message unwanted = message(5);
        say(2, new Rpc.Builder().idontwant(List.of(id(unwanted))));
        bring(1, unwanted, Verdict.ACCEPT);
        assertThat(told(2).messages()).isEmpty();
        assertThat(told(3).messages()).containsExactly(unwanted);
        Message later = message(5);
        say(2, new Rpc.Builder().idontwant(List.of(id(later))));
        for (int i = 0; i < 3; i++) {
            heartbeat();
        }
        bring(1, later, Verdict.ACCEPT);
        assertThat(told(2).messages()).containsExactly(later);
    }

    @Test
    void remembers_only_so_many_unwanted_messages_of_one_peer() {
        arrive(1, 2);
        join();
        List<MessageId> many = new ArrayList<>();
        for (int i = 0; i < PeerState.MAX_UNWANTED; i++) {
            many.add(new MessageId(ByteString.copyFrom(("id " + i).getBytes(UTF_8))));
        }
        Message message = message(5);
        say(2, new Rpc.Builder().idontwant(many));
        say(2, new Rpc.Builder().idontwant(List.of(id(message))));
        bring(1, message, Verdict.ACCEPT);
        assertThat(told(2).messages()).containsExactly(message);
    }

    // ---- breaches ----

    @Test
    void who_sends_what_is_no_rpc_is_shed() {
        arrive(1, 2);
        tell(new Event.Malformed(peer(1)));
        assertThat(isShed(1)).isTrue();
        assertThat(router.subscribers(NEWS)).doesNotContain(peer(1));
    }

    @Test
    void who_grafts_or_asks_without_end_or_use_is_shed() {
        arrive(1, 2);
        join();
        boolean grafting = false;
        boolean asking = false;
        for (int i = 0; i < 300 && !(grafting && asking); i++) {
            say(1, new Rpc.Builder().graft(NEWS));
            grafting |= isShed(1);
            say(2, new Rpc.Builder().iwant(List.of(id(message(1)))));
            asking |= isShed(2);
        }
        assertThat(grafting).isTrue();
        assertThat(asking).isTrue();
    }
}
