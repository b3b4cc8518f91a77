package org.flowshield.libp2p.kad;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.kad.SimulatedNode.Manner;
import org.flowshield.libp2p.kad.lookup.Lookup;
import org.flowshield.libp2p.kad.lookup.LookupLimits;
import org.flowshield.libp2p.kad.lookup.Sightings;
import org.flowshield.libp2p.kad.lookup.Values;
import org.flowshield.libp2p.kad.records.GreatestValue;
import org.flowshield.libp2p.kad.routing.KadId;
import org.flowshield.libp2p.kad.routing.Network;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.kad.wire.Request;
import org.flowshield.libp2p.kad.wire.ValueRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A thousand nodes of the production code in virtual time: honest ones, liars, and many that belong
 * to one. {@code -Dflowshield.dht.seed} repeats another run, {@code -Dflowshield.dht.searches} asks
 * for more than some dozens of each kind.
 */
final class DhtSimulationTest {

    private static final long SEED = Long.getLong("flowshield.dht.seed", 20_300_101L);
    private static final int NODES = 1_000;
    private static final int SEARCHES = Integer.getInteger("flowshield.dht.searches", 100);

    /** Longer than any search may take: its requests, one after the other, unanswered. */
    private static final Duration SEARCH = Duration.ofMinutes(10);

    /** Kademlia without anything added: one way, as wide as k. */
    private static final LookupLimits PLAIN =
            new LookupLimits(1, 20, 10, 250, Integer.MAX_VALUE, Duration.ofSeconds(10));

    private static SimulatedNetwork network = new SimulatedNetwork(DhtOptions.DEFAULT, SEED);

    @BeforeAll
    static void grow() {
        network = new SimulatedNetwork(DhtOptions.DEFAULT, SEED);
        network.grow(NODES);
    }

    @AfterEach
    void everybody_is_honest_again() {
        network.reform();
    }

    private static String seed() {
        return "seed " + SEED;
    }

    private static void report(String what, int right, int all, long requests) {
        System.out.printf(
                "%s: %d of %d right, %.1f requests each, seed %d%n",
                what, right, all, (double) requests / all, SEED);
    }

    private static RecordKey key(int number) {
        return RecordKey.ofName("/v/" + SEED + "/" + number);
    }

    @Test
    void searches_among_a_thousand_find_the_nearest_peers() {
        long before = network.requests();
        int right = 0;
        for (int i = 0; i < SEARCHES; i++) {
            KadId target = KadId.of(key(i));
            SimulatedNode from = network.any();
            List<PeerInfo> found = search(from, new Request.FindNode(key(i))).closest();
            List<PeerInfo> truth =
                    network.nearest(target, 21).stream()
                            .filter(node -> !node.equals(from))
                            .limit(20)
                            .map(node -> node.info)
                            .toList();
            right += found.containsAll(truth) ? 1 : 0;
        }
        report("the 20 nearest", right, SEARCHES, network.requests() - before);
        assertThat((double) right / SEARCHES).as(seed()).isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void values_among_a_thousand_are_found_again() {
        assertRight("values", puttingAndGetting(DhtOptions.DEFAULT.lookup(), 0), 0.99);
    }

    @Test
    void peers_among_a_thousand_are_found() {
        assertRight("peers", findingPeers(), 0.99);
    }

    @Test
    void values_are_found_although_30_percent_are_hostile() {
        network.corrupt(0.3);
        assertRight(
                "values, 30 % hostile", puttingAndGetting(DhtOptions.DEFAULT.lookup(), 0), 0.95);
    }

    @Test
    void peers_are_found_although_30_percent_are_hostile() {
        network.corrupt(0.3);
        assertRight("peers, 30 % hostile", findingPeers(), 0.95);
    }

    /** Before the value is put, a gang takes the 20 places nearest to its key. */
    @Test
    void values_are_found_although_their_keys_are_eclipsed_and_30_percent_hostile() {
        network.corrupt(0.3);
        assertRight(
                "values, keys eclipsed, 30 % hostile",
                puttingAndGetting(DhtOptions.DEFAULT.lookup(), 20), 0.95);
    }

    /** What the test above tests is an attack. */
    @Test
    void plain_kademlia_loses_the_values_of_eclipsed_keys() {
        network.corrupt(0.3);
        double right = puttingAndGetting(PLAIN, 20);
        assertThat(right).as(seed()).isLessThan(0.5);
    }

    @Test
    void of_200_sybils_in_two_networks_three_each_get_into_a_table() {
        assertThat(mostOfTwoNetworks(DhtOptions.DEFAULT)).as(seed()).isEqualTo(3);
    }

    /** What the test above tests is an attack. */
    @Test
    void without_limits_of_diversity_sybils_fill_tables() {
        assertThat(mostOfTwoNetworks(DhtOptions.DEFAULT.withoutDiversity()))
                .as(seed())
                .isGreaterThan(6);
    }

    private static void assertRight(String what, double share, double least) {
        assertThat(share).as(what + ", " + seed()).isGreaterThanOrEqualTo(least);
    }

    /**
     * The share of values that come back.
     *
     * @param gang so many join with ids next to each key, before the value is put
     */
    private static double puttingAndGetting(LookupLimits limits, int gang) {
        int right = 0;
        int searches = gang == 0 ? SEARCHES : Math.ceilDiv(SEARCHES * 2, 5); // ids cost time
        long before = network.requests();
        for (int i = 0; i < searches; i++) {
            RecordKey key = RecordKey.ofName("/v/" + SEED + "/" + gang + "/" + i);
            List<SimulatedNode> eclipse = eclipse(key, gang);
            byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
            put(new ValueRecord(key, value), limits);
            Values found = new Values(key, new GreatestValue(), 0);
            search(
                    network.anyHonest(),
                    new Request.GetValue(key),
                    limits,
                    (from, answer) -> found.offer(from.peer(), answer.record()));
            right +=
                    found.best().filter(best -> Arrays.equals(best.value(), value)).isPresent()
                            ? 1
                            : 0;
            eclipse.forEach(network::leave);
        }
        String what =
                String.format(
                        "values, a gang of %d, %d ways of %d",
                        gang, limits.paths(), limits.width());
        report(what, right, searches, network.requests() - before);
        return (double) right / searches;
    }

    private static void put(ValueRecord record, LookupLimits limits) {
        SimulatedNode from = network.anyHonest();
        Lookup lookup = search(from, new Request.FindNode(record.key()), limits, (_, _) -> false);
        for (PeerInfo peer : lookup.closest()) {
            network.at(peer)
                    .ifPresent(to -> network.answer(from, to, new Request.PutValue(record)));
        }
    }

    private static List<SimulatedNode> eclipse(RecordKey key, int gang) {
        List<SimulatedNode> all = new ArrayList<>();
        for (PeerInfo info : Ground.near(KadId.of(key), gang, network)) {
            SimulatedNode node = network.add(info);
            node.manner = Manner.COLLUDES;
            network.join(node, network.anyHonest());
            all.add(node);
        }
        network.pass(all.isEmpty() ? Duration.ZERO : SEARCH);
        return all;
    }

    private static double findingPeers() {
        int right = 0;
        long before = network.requests();
        for (int i = 0; i < SEARCHES; i++) {
            SimulatedNode wanted = network.anyHonest();
            SimulatedNode from = network.anyHonest();
            Sightings sightings = new Sightings(wanted.peer());
            search(
                    from,
                    new Request.FindNode(RecordKey.of(wanted.peer())),
                    DhtOptions.DEFAULT.lookup(),
                    (peer, answer) -> sightings.take(peer, answer.closer()));
            Optional<PeerInfo> best =
                    from.equals(wanted) ? Optional.of(wanted.info) : sightings.best();
            right +=
                    best.filter(
                                            one ->
                                                    one.addresses()
                                                            .getFirst()
                                                            .equals(
                                                                    wanted.info
                                                                            .addresses()
                                                                            .getFirst()))
                                    .isPresent()
                            ? 1
                            : 0;
        }
        report("peers", right, SEARCHES, network.requests() - before);
        return (double) right / SEARCHES;
    }

    private static Lookup search(SimulatedNode from, Request request) {
        return search(from, request, DhtOptions.DEFAULT.lookup(), (_, _) -> false);
    }

    private static Lookup search(
            SimulatedNode from,
            Request request,
            LookupLimits limits,
            SimulatedNetwork.Listener listener) {
        List<Lookup> done = new ArrayList<>();
        network.search(from, request, limits, listener, done::add);
        network.pass(SEARCH);
        assertThat(done).as(seed()).hasSize(1);
        return done.getFirst();
    }

    /**
     * How many of one /24 get into any table when 200 of two make themselves known to everybody.
     */
    private static int mostOfTwoNetworks(DhtOptions options) {
        SimulatedNetwork small = new SimulatedNetwork(options, SEED);
        small.grow(NODES / 4);
        List<SimulatedNode> honest = List.copyOf(small.nodes);
        List<Network> two = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String ip = "198.18." + i % 2 + "." + (1 + i / 2);
            SimulatedNode sybil = small.add(SomePeers.info(small.random(), ip));
            two.add(SomePeers.network(ip).orElseThrow());
            small.join(sybil, honest.get(i));
            honest.forEach(node -> small.meet(node, sybil));
        }
        small.pass(SEARCH);
        return honest.stream()
                .flatMap(node -> two.stream().map(node.table::of))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
