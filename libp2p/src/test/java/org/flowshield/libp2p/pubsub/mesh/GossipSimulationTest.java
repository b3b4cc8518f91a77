package org.flowshield.libp2p.pubsub.mesh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.pubsub.mesh.SimulatedNetwork.Node;
import org.flowshield.libp2p.pubsub.wire.Message;
import org.flowshield.libp2p.pubsub.wire.MessageId;
import org.flowshield.libp2p.pubsub.wire.Rpc;
import org.flowshield.libp2p.pubsub.wire.StrictSign;
import org.junit.jupiter.api.Test;

/** A thousand nodes of production code in virtual time, each tenth RPC lost. */
final class GossipSimulationTest {

    private static final int NODES = 1_000;
    private static final int DIALS = 10;
    private static final double LOSS = 0.1;
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final ByteString JUNK = ByteString.copyFromUtf8("junk");

    private static boolean isGood(Message message) {
        ByteString data = message.data();
        return data != null && !data.startsWith(JUNK);
    }

    /** Publishes an honest message after each step of time. */
    private static void publishDuring(SimulatedNetwork network, int messages, Duration step) {
        for (int i = 0; i < messages; i++) {
            network.publish(("honest " + i).getBytes(UTF_8));
            network.time.pass(step);
        }
    }

    private static void print(String name, long seed, SimulatedNetwork network) {
        System.out.printf(
                Locale.ROOT,
                "%s: seed %d, %d nodes, %.0f %% loss: %.3f %% delivered within %d s; after"
                        + " p50 %.0f ms, p99 %.0f ms, most %.0f ms; %d RPCs, %d verifications%n",
                name,
                seed,
                network.nodes.size(),
                LOSS * 100,
                network.delivered(LIMIT) * 100,
                LIMIT.toSeconds(),
                network.quantileMillis(0.5),
                network.quantileMillis(0.99),
                network.quantileMillis(1),
                network.rpcs,
                network.verifications);
    }

    @Test
    void nearly_everybody_has_a_message_within_two_seconds() {
        long seed = 20_261;
        SimulatedNetwork network =
                new SimulatedNetwork(NODES, DIALS, LOSS, seed, GossipSimulationTest::isGood);
        network.time.pass(Duration.ofSeconds(5));
        publishDuring(network, 25, Duration.ofMillis(100));
        network.time.pass(Duration.ofSeconds(5));
        print("gossip", seed, network);
        assertThat(network.delivered(LIMIT)).isGreaterThanOrEqualTo(0.99);
    }

    /** What a flooder sends, 10,000 of it in a second. */
    private interface Flood {
        Rpc next(Node flooder, long number);
    }

    private static Message signed(Node flooder, long number) {
        return StrictSign.sign(
                flooder.key, number, SimulatedNetwork.NEWS, ("junk " + number).getBytes(UTF_8));
    }

    private static Rpc junk(Node flooder, long number) {
        return new Rpc.Builder().message(signed(flooder, number)).build();
    }

    private static Rpc forged(Node flooder, long number) {
        Message genuine = signed(flooder, 0);
        ByteString other = ByteString.copyFromUtf8("forged " + number);
        return new Rpc.Builder()
                .message(
                        new Message(
                                genuine.from(),
                                other,
                                genuine.seqno(),
                                genuine.topic(),
                                genuine.signature(),
                                null))
                .build();
    }

    private static MessageId nothing(long number) {
        return new MessageId(ByteString.copyFromUtf8("nothing " + number));
    }

    private static Rpc ihave(Node flooder, long number) {
        return new Rpc.Builder()
                .ihave(SimulatedNetwork.NEWS, List.of(nothing(number), nothing(-number)))
                .build();
    }

    private static Rpc iwant(Node flooder, long number) {
        return new Rpc.Builder().iwant(List.of(nothing(number))).build();
    }

    private static Rpc graft(Node flooder, long number) {
        return new Rpc.Builder().graft(SimulatedNetwork.NEWS).build();
    }

    private record Attack(String name, Flood flood) {}

    @Test
    void floods_are_shed_and_honest_messages_arrive_all_the_same() {
        long seed = 20_262;
        SimulatedNetwork network =
                new SimulatedNetwork(NODES, DIALS, LOSS, seed, GossipSimulationTest::isGood);
        network.time.pass(Duration.ofSeconds(5));
        List<PrivateKey> keys = TestPeers.keys(5, seed + 1);
        List<Attack> attacks =
                List.of(
                        new Attack("valid junk", GossipSimulationTest::junk),
                        new Attack("forged signatures", GossipSimulationTest::forged),
                        new Attack("IHAVE", GossipSimulationTest::ihave),
                        new Attack("IWANT", GossipSimulationTest::iwant),
                        new Attack("GRAFT", GossipSimulationTest::graft));
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < attacks.size(); i++) {
            Attack attack = attacks.get(i);
            Node flooder = network.attacker(keys.get(i), 2 * DIALS);
            List<Node> victims = List.copyOf(flooder.links.keySet());
            victims.forEach(
                    victim ->
                            flooder.send(
                                    victim,
                                    new Rpc.Builder()
                                            .subscription(true, SimulatedNetwork.NEWS)
                                            .build()));
            long begin = network.time.nanos();
            flood(network, flooder, victims, attack.flood, 0);
            for (int step = 0; step < 60 && flooder.shunned() < victims.size(); step++) {
                publishDuring(network, 1, Duration.ofMillis(100));
            }
            outcomes.add(
                    "%s: shed by %d of %d after %d ms"
                            .formatted(
                                    attack.name,
                                    flooder.shunned(),
                                    victims.size(),
                                    (network.time.nanos() - begin) / 1_000_000));
            assertThat(flooder.shunned()).as(attack.name).isEqualTo(victims.size());
        }
        publishDuring(network, 10, Duration.ofMillis(100));
        network.time.pass(Duration.ofSeconds(5));
        print("gossip under floods of 10,000/s", seed, network);
        outcomes.forEach(System.out::println);
        assertThat(network.delivered(LIMIT)).isGreaterThanOrEqualTo(0.99);
        assertThat(network.nodes).allMatch(node -> node.shunned() == 0);
    }

    /** Sends one thing to one victim after the other, until there is no victim left. */
    private static void flood(
            SimulatedNetwork network, Node flooder, List<Node> victims, Flood flood, long number) {
        if (flooder.links.isEmpty()) {
            return;
        }
        Node victim = victims.get((int) (number % victims.size()));
        if (flooder.links.containsKey(victim)) {
            flooder.send(victim, flood.next(flooder, number + 1));
        }
        network.time.after(
                Duration.ofNanos(100_000),
                () -> flood(network, flooder, victims, flood, number + 1));
    }
}
