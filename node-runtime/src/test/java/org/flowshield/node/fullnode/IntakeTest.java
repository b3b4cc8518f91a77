package org.flowshield.node.fullnode;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.ReceivedMessage;
import org.flowshield.libp2p.pubsub.mesh.Verdict;
import org.flowshield.libp2p.pubsub.wire.MessageId;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.node.directory.DirectoryAnswer.Told;
import org.flowshield.node.fullnode.Intake.Fate;
import org.flowshield.node.fullnode.index.Bounds;
import org.flowshield.node.fullnode.index.Index;
import org.flowshield.node.fullnode.standing.ChainStandings;
import org.flowshield.node.fullnode.standing.SomeChain;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.Standing;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.market.SomeMarket;
import org.flowshield.node.market.SomeMarket.SomeProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hostile provider, peer or fullnode can put into the index: nothing. */
final class IntakeTest {

    private static final Instant NOW = SomeMarket.NOW;

    @TempDir private Path folder;
    private final SomeChain chain = new SomeChain();
    private final AtomicLong nanos = new AtomicLong();
    private Index index;
    private Intake intake;

    @BeforeEach
    void open() throws IOException {
        index = Index.open(folder.resolve("market.db"), Bounds.DEFAULT, NOW);
        intake =
                new Intake(
                        SomeMarket.NETWORK,
                        index,
                        chain.standings(() -> NOW),
                        () -> NOW,
                        nanos::get);
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    private static ReceivedMessage message(PeerId author, byte[] data) {
        return message(author, author, data);
    }

    private static ReceivedMessage message(PeerId author, PeerId bringer, byte[] data) {
        return new ReceivedMessage(
                new Topic("t"),
                new MessageId(ByteString.copyFromUtf8("id")),
                author,
                bringer,
                1,
                data);
    }

    private Verdict tell(SomeProvider provider) throws InterruptedException {
        return intake.listing(message(provider.node().peer(), provider.listing().encoded()));
    }

    @Test
    void a_listing_that_the_chain_vouches_for_is_taken_once() throws Exception {
        SomeProvider provider = SomeMarket.provider(1);
        assertThat(tell(provider)).isEqualTo(Verdict.ACCEPT);
        assertThat(tell(provider)).isEqualTo(Verdict.IGNORE);
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void unsigned_listings_and_those_of_somebody_else_are_refused() throws Exception {
        SomeProvider provider = SomeMarket.provider(1);
        byte[] changed = provider.listing().encoded();
        changed[changed.length - 1] ^= 1;
        PeerId author = provider.node().peer();
        assertThat(intake.listing(message(author, changed))).isEqualTo(Verdict.REJECT);
        assertThat(intake.listing(message(author, new byte[0]))).isEqualTo(Verdict.REJECT);
        assertThat(intake.listing(message(author, new byte[9000]))).isEqualTo(Verdict.REJECT);
        PeerId another = SomeMarket.provider(2).node().peer();
        assertThat(intake.listing(message(another, provider.listing().encoded())))
                .isEqualTo(Verdict.REJECT);
        MarketNetwork elsewhere =
                new MarketNetwork(new ChannelDomain(new ChainId(1), SomeMarket.wallet(1)));
        assertThat(tell(SomeMarket.provider(3).on(elsewhere))).isEqualTo(Verdict.REJECT);
        assertThat(index.size()).isZero();
    }

    @Test
    void whom_the_chain_does_not_vouch_for_is_not_listed() throws Exception {
        SomeProvider revoked = SomeMarket.provider(1);
        chain.revoke(revoked.wallet(), revoked.node());
        SomeProvider unbound = SomeMarket.provider(2);
        chain.standings.put(new NodeId(unbound.wallet(), unbound.node()), new Standing.Unbound());
        SomeProvider verifier = SomeMarket.provider(3);
        chain.standings.put(
                new NodeId(verifier.wallet(), verifier.node()),
                new Standing.Bound(2, Instant.EPOCH));
        SomeProvider unstaked = SomeMarket.provider(4);
        chain.inactive.add(unstaked.wallet());
        for (SomeProvider each : List.of(revoked, unbound, verifier, unstaked)) {
            assertThat(tell(each)).isEqualTo(Verdict.IGNORE);
        }
        assertThat(intake.listings(Fate.NOT_VOUCHED)).isEqualTo(4);
        assertThat(index.size()).isZero();
    }

    @Test
    void a_squatter_cannot_list_a_node_for_a_wallet_of_its_own() throws Exception {
        SomeProvider victim = SomeMarket.provider(1);
        SomeProvider squatter = SomeMarket.provider(2);
        byte[] stolen = victim.listing().encoded();
        assertThat(intake.listing(message(squatter.node().peer(), stolen)))
                .isEqualTo(Verdict.REJECT);
        assertThat(tell(victim)).isEqualTo(Verdict.ACCEPT);
        assertThat(index.nodesOf(squatter.wallet())).isEmpty();
    }

    @Test
    void while_the_chain_is_away_nobody_new_is_listed() throws Exception {
        chain.down = true;
        assertThat(tell(SomeMarket.provider(1))).isEqualTo(Verdict.IGNORE);
        assertThat(intake.listings(Fate.UNSURE)).isEqualTo(1);
        chain.down = false;
        assertThat(tell(SomeMarket.provider(1))).isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void who_is_revoked_later_is_listed_no_more() throws Exception {
        SomeProvider provider = SomeMarket.provider(1);
        SomeProvider other = SomeMarket.provider(2);
        ChainLife life =
                new ChainLife(index, chain.standings(() -> NOW), chain.watch(3), () -> NOW);
        assertThat(life.trouble()).isPresent();
        life.step();
        assertThat(life.trouble()).isEmpty();
        tell(provider);
        tell(other);
        chain.head++;
        chain.revoke(provider.wallet(), provider.node());
        life.step();
        assertThat(index.knows(provider.node())).isFalse();
        assertThat(index.knows(other.node())).isTrue();
        chain.head++;
        chain.exit(other.wallet());
        life.step();
        assertThat(index.size()).isZero();
    }

    @Test
    void who_is_revoked_while_it_is_not_listed_is_not_listed_on_what_was_said_before()
            throws Exception {
        SomeProvider provider = SomeMarket.provider(1);
        ChainStandings standings = chain.standings(() -> NOW);
        intake = new Intake(SomeMarket.NETWORK, index, standings, () -> NOW, nanos::get);
        ChainLife life = new ChainLife(index, standings, chain.watch(3), () -> NOW);
        life.step();
        tell(provider);
        assertThat(index.remove(new NodeId(provider.wallet(), provider.node()))).isTrue();
        chain.head++;
        chain.revoke(provider.wallet(), provider.node());
        life.step();
        assertThat(tell(provider.numbered(2, 2))).isEqualTo(Verdict.IGNORE);
        assertThat(intake.listings(Fate.NOT_VOUCHED)).isEqualTo(1);
    }

    @Test
    void who_renews_an_offer_and_is_not_vouched_for_any_more_loses_the_old_one_too()
            throws Exception {
        AtomicReference<Instant> clock = new AtomicReference<>(NOW);
        intake =
                new Intake(
                        SomeMarket.NETWORK,
                        index,
                        chain.standings(clock::get),
                        clock::get,
                        nanos::get);
        SomeProvider provider = SomeMarket.provider(1).until(NOW.plus(Duration.ofDays(1)));
        tell(provider);
        chain.inactive.add(provider.wallet());
        clock.set(NOW.plus(ChainStandings.GOOD_FOR));
        assertThat(tell(provider.numbered(2, 2))).isEqualTo(Verdict.IGNORE);
        assertThat(index.size()).isZero();
    }

    @Test
    void who_is_slashed_without_a_word_is_listed_for_an_hour_at_most() throws Exception {
        AtomicReference<Instant> clock = new AtomicReference<>(NOW);
        ChainStandings standings = chain.standings(clock::get);
        intake = new Intake(SomeMarket.NETWORK, index, standings, clock::get, nanos::get);
        ChainLife life = new ChainLife(index, standings, chain.watch(3), clock::get);
        life.step();
        for (int number = 1; number <= 3; number++) {
            tell(SomeMarket.provider(number).until(NOW.plus(Duration.ofDays(1))));
        }
        chain.inactive.add(SomeMarket.wallet(2));
        chain.head += 10;
        life.step();
        assertThat(index.size()).isEqualTo(3); // the chain said nothing
        long steps = ChainStandings.GOOD_FOR.dividedBy(ChainLife.EVERY);
        for (long step = 0; step <= steps; step++) {
            clock.updateAndGet(now -> now.plus(ChainLife.EVERY));
            life.step();
        }
        assertThat(index.size()).isEqualTo(2);
        assertThat(index.nodesOf(SomeMarket.wallet(2))).isEmpty();
    }

    @Test
    void what_was_said_on_chain_while_it_was_off_is_heard_before_it_serves() throws Exception {
        SomeProvider provider = SomeMarket.provider(1);
        ChainLife before =
                new ChainLife(index, chain.standings(() -> NOW), chain.watch(3), () -> NOW);
        before.step();
        tell(provider);
        index.close();
        chain.head += 50;
        chain.revoke(provider.wallet(), provider.node());
        chain.head += 50;
        index = Index.open(folder.resolve("market.db"), Bounds.DEFAULT, NOW);
        assertThat(index.knows(provider.node())).isTrue();
        assertThat(index.nextBlock()).isEqualTo(101);
        ChainLife after =
                new ChainLife(index, chain.standings(() -> NOW), chain.watch(3), () -> NOW);
        after.resume();
        assertThat(after.trouble()).isPresent();
        after.step();
        assertThat(after.trouble()).isEmpty();
        assertThat(index.knows(provider.node())).isFalse();
    }

    @Test
    void news_that_could_not_be_looked_at_are_heard_again() throws Exception {
        SomeProvider provider = SomeMarket.provider(1);
        ChainLife life =
                new ChainLife(index, chain.standings(() -> NOW), chain.watch(0), () -> NOW);
        life.step();
        tell(provider);
        chain.head++;
        chain.revoke(provider.wallet(), provider.node());
        chain.unregistered = true;
        life.step();
        chain.head += 5;
        chain.unregistered = false;
        life.step();
        assertThat(index.knows(provider.node())).isFalse();
    }

    @Test
    void heartbeats_are_heard_of_those_that_are_listed_and_of_nobody_else() throws Exception {
        SomeProvider provider = SomeMarket.provider(1);
        PeerId author = provider.node().peer();
        byte[] beat = provider.beat(NOW, 1).encoded();
        assertThat(intake.heartbeat(author, beat)).isEqualTo(Fate.STRANGER);
        tell(provider);
        assertThat(intake.heartbeat(author, beat)).isEqualTo(Fate.TAKEN);
        assertThat(intake.heartbeat(author, beat)).isEqualTo(Fate.OLD);
        beat[beat.length - 1] ^= 1;
        assertThat(intake.heartbeat(author, beat)).isEqualTo(Fate.LIE);
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        SomeProvider other = SomeMarket.provider(2);
        tell(other);
        assertThat(intake.heartbeat(author, other.beat(NOW, 1).encoded())).isEqualTo(Fate.LIE);
        assertThat(intake.heartbeat(author, provider.beat(NOW.minusSeconds(60), 2).encoded()))
                .isEqualTo(Fate.OLD);
    }

    @Test
    void a_flood_is_held_at_its_rate_before_any_signature_is_checked() throws Exception {
        SomeProvider provider = SomeMarket.provider(1);
        tell(provider);
        PeerId author = provider.node().peer();
        byte[] junk = new byte[100];
        for (int i = 0; i < 10_000; i++) {
            intake.heartbeat(message(author, junk));
            intake.listing(message(author, junk));
        }
        assertThat(intake.heartbeats(Fate.LIE)).isEqualTo((long) Intake.BEATS_AT_ONCE);
        assertThat(intake.listings(Fate.LIE)).isEqualTo((long) Intake.LISTINGS_AT_ONCE - 1);
        assertThat(intake.heartbeats(Fate.TOO_MUCH))
                .isEqualTo(10_000 - (long) Intake.BEATS_AT_ONCE);
        // Others are heard meanwhile.
        assertThat(tell(SomeMarket.provider(2))).isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void a_peer_that_brings_a_thousand_keys_without_a_stake_starves_nobody() throws Exception {
        SomeProvider listed = SomeMarket.provider(1);
        tell(listed);
        PeerId flooder = SomeMarket.provider(2).node().peer();
        int askedBefore = chain.asked;
        for (int number = 0; number < MANY; number++) {
            SomeProvider unstaked = SomeMarket.provider(10 + number);
            chain.inactive.add(unstaked.wallet());
            Verdict _ =
                    intake.listing(
                            message(unstaked.node().peer(), flooder, unstaked.listing().encoded()));
        }
        assertThat(chain.asked - askedBefore).isEqualTo((int) Intake.STRANGERS_AT_ONCE);
        // By another peer a newcomer is heard, and who is listed by the flooder, too.
        assertThat(tell(SomeMarket.provider(3))).isEqualTo(Verdict.ACCEPT);
        assertThat(
                        intake.listing(
                                message(
                                        listed.node().peer(),
                                        flooder,
                                        listed.numbered(2, 2).listing().encoded())))
                .isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void however_many_peers_bring_strangers_the_chain_is_asked_at_its_rate() throws Exception {
        SomeProvider listed = SomeMarket.provider(1);
        tell(listed);
        for (int number = 0; number < MANY; number++) {
            SomeProvider unstaked = SomeMarket.provider(10 + number);
            chain.inactive.add(unstaked.wallet());
            tell(unstaked);
        }
        assertThat(chain.asked).isEqualTo((int) Intake.ALL_STRANGERS_AT_ONCE);
        assertThat(tell(listed.numbered(2, 2))).isEqualTo(Verdict.ACCEPT);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(tell(SomeMarket.provider(3))).isEqualTo(Verdict.ACCEPT);
    }

    @Test
    void what_another_fullnode_tells_is_verified_like_everything_else() throws Exception {
        SomeProvider good = SomeMarket.provider(1);
        SomeProvider revoked = SomeMarket.provider(2);
        chain.revoke(revoked.wallet(), revoked.node());
        byte[] forged = SomeMarket.provider(3).listing().encoded();
        forged[20] ^= 1;
        assertThat(
                        intake.take(
                                List.of(
                                        told(good.listing().encoded(), good.beat(NOW, 5).encoded()),
                                        told(revoked.listing().encoded(), new byte[0]),
                                        told(forged, new byte[0]))))
                .isEqualTo(new org.flowshield.node.fullnode.sync.Local.Taken(1, 1, 1));
        assertThat(index.get(good.node(), NOW).orElseThrow().heardAt()).contains(NOW);
        assertThat(index.size()).isEqualTo(1);
    }

    private static final int MANY = 1_000;

    /** How many of a thousand are taken from another fullnode, where no rate holds them. */
    private int taken(IntFunction<byte[]> listing) throws Exception {
        List<Told> all =
                IntStream.range(0, MANY)
                        .parallel()
                        .mapToObj(number -> told(listing.apply(number), new byte[0]))
                        .toList();
        return intake.take(all).news();
    }

    @Test
    void of_a_thousand_changed_listings_none_is_taken() throws Exception {
        byte[] sound = SomeMarket.provider(1).listing().encoded();
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        assertThat(
                        taken(
                                number -> {
                                    Random random = new Random(seed + number);
                                    byte[] changed = sound.clone();
                                    changed[random.nextInt(changed.length)] ^=
                                            (byte) (1 << random.nextInt(8));
                                    return changed;
                                }))
                .isZero();
    }

    @Test
    void of_a_thousand_expired_or_foreign_listings_none_is_taken() throws Exception {
        assertThat(taken(number -> SomeMarket.provider(number).until(NOW).listing().encoded()))
                .isZero();
        MarketNetwork elsewhere =
                new MarketNetwork(new ChannelDomain(new ChainId(1), SomeMarket.wallet(1)));
        assertThat(taken(number -> SomeMarket.provider(number).on(elsewhere).listing().encoded()))
                .isZero();
    }

    @Test
    void of_a_thousand_older_listings_none_is_taken() throws Exception {
        SomeProvider provider = SomeMarket.provider(1).numbered(MANY, MANY);
        tell(provider);
        assertThat(taken(number -> provider.numbered(number, number).listing().encoded())).isZero();
        assertThat(index.wants(provider.node(), MANY, MANY)).isFalse();
        assertThat(index.wants(provider.node(), MANY + 1, MANY)).isTrue();
    }

    @Test
    void of_a_thousand_revoked_or_unstaked_providers_none_is_taken() throws Exception {
        assertThat(
                        taken(
                                number -> {
                                    SomeProvider revoked = SomeMarket.provider(number);
                                    chain.revoke(revoked.wallet(), revoked.node());
                                    return revoked.listing().encoded();
                                }))
                .isZero();
        assertThat(
                        taken(
                                number -> {
                                    SomeProvider unstaked = SomeMarket.provider(MANY + number);
                                    chain.exit(unstaked.wallet());
                                    return unstaked.listing().encoded();
                                }))
                .isZero();
    }

    private static Told told(byte[] listing, byte[] heartbeat) {
        return new Told(ByteString.copyFrom(listing), ByteString.copyFrom(heartbeat));
    }
}
