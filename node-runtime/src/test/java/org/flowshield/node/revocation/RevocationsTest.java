package org.flowshield.node.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowshield.contracts.chain.Log;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.registry.BindingEvent;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.Registry;
import org.flowshield.node.identity.RegistryCache;
import org.flowshield.node.identity.RegistryUnavailableException;
import org.flowshield.node.identity.RevocationHint;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.identity.Standing;
import org.junit.jupiter.api.Test;

/** What the registry says counts, whoever named the node; and each is told once. */
final class RevocationsTest {

    private static final Instant NOW = Instant.parse("2027-01-31T12:00:00Z");

    private final World world = new World();
    private Instant now = NOW;
    private final RegistryCache cache = new RegistryCache(world, () -> now);
    private long nanos;
    private final Revocations revocations = new Revocations(world, cache, () -> nanos);
    private final List<NodeId> told = new ArrayList<>();

    RevocationsTest() {
        revocations.onRevoked((node, _) -> told.add(node));
    }

    /** A chain in memory. */
    private static final class World implements Revocations.Events, Registry {

        private final Set<NodeId> revoked = new HashSet<>();
        private final List<NodeId> events = new ArrayList<>();
        private long head = 100;
        private boolean silent;
        private int asked;
        private long from;

        @Override
        public long head() {
            return head;
        }

        @Override
        public List<BindingEvent> between(long first, long last) throws RpcException {
            from = first;
            Log log =
                    new Log(
                            new EvmAddress(new byte[20]),
                            List.of(Bytes32.ZERO),
                            new byte[0],
                            last,
                            Bytes32.ZERO,
                            new TransactionHash(Bytes32.ZERO),
                            0);
            List<BindingEvent> said = new ArrayList<>();
            for (NodeId node : events) {
                said.add(new BindingEvent.Revoked(node.wallet(), node.key().bytes(), log));
            }
            return said;
        }

        @Override
        public Standing standing(NodeId node) throws RegistryUnavailableException {
            asked++;
            if (silent) {
                throw new RegistryUnavailableException("the line is cut", null);
            }
            return revoked.contains(node)
                    ? new Standing.Revoked(NOW)
                    : new Standing.Bound(Roles.bits(Roles.PROVIDER), NOW);
        }
    }

    private static NodeId node(int number) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) number);
        key[0] = (byte) (number >> 8);
        return new NodeId(new EvmAddress(new byte[20]), new NodeKey(new Bytes32(key)));
    }

    @Test
    void an_event_is_told_once_and_what_was_remembered_is_asked_again() throws Exception {
        assertThat(cache.standing(node(1))).isInstanceOf(Standing.Bound.class);
        world.revoked.add(node(1));
        world.events.add(node(1));
        revocations.look();
        revocations.look();
        assertThat(told).containsExactly(node(1));
        assertThat(cache.standing(node(1))).isInstanceOf(Standing.Revoked.class);
    }

    @Test
    void an_event_that_a_reorganisation_took_back_is_not_told() throws Exception {
        world.events.add(node(1));
        revocations.look();
        assertThat(told).isEmpty();
    }

    @Test
    void blocks_that_may_have_changed_are_looked_at_again_and_not_all_of_them() throws Exception {
        revocations.look();
        assertThat(world.from).isEqualTo(100 - Revocations.AGAIN);
        world.head = 110;
        revocations.look();
        assertThat(world.from).isEqualTo(101 - Revocations.AGAIN);
        world.head = 1_000_000;
        revocations.look();
        assertThat(world.from).isEqualTo(1_000_000 - Revocations.MOST_AT_ONCE - Revocations.AGAIN);
    }

    @Test
    void a_node_that_is_paid_is_told_of_though_its_event_is_missed_or_was_told() throws Exception {
        List<NodeId> paid = new ArrayList<>();
        revocations.watch(() -> paid.stream().findFirst());
        paid.add(node(1));
        revocations.look();
        assertThat(told).isEmpty();
        world.revoked.add(node(1));
        world.head += 2 * Revocations.MOST_AT_ONCE; // nobody looks at the block of the event
        now = now.plus(Registry.MAX_AGE);
        revocations.look();
        assertThat(told).containsExactly(node(1));
        revocations.look();
        assertThat(told).as("it is paid again").containsExactly(node(1), node(1));
        paid.clear();
        revocations.look();
        assertThat(told).hasSize(2);
    }

    @Test
    void a_registry_that_does_not_answer_of_whom_is_paid_is_asked_again() throws Exception {
        revocations.watch(() -> Optional.of(node(1)));
        world.revoked.add(node(1));
        world.silent = true;
        revocations.look();
        assertThat(told).isEmpty();
        world.silent = false;
        revocations.look();
        assertThat(told).containsExactly(node(1));
    }

    @Test
    void who_could_not_be_asked_about_is_told_of_when_the_registry_answers() throws Exception {
        world.revoked.add(node(1));
        world.events.add(node(1));
        world.silent = true;
        revocations.look();
        assertThat(told).isEmpty();
        world.silent = false;
        world.events.clear();
        revocations.look();
        assertThat(told).containsExactly(node(1));
    }

    @Test
    void a_strangers_hint_is_true_or_changes_nothing() {
        assertThat(revocations.hint(node(1))).isFalse();
        assertThat(told).isEmpty();
        world.revoked.add(node(1));
        assertThat(revocations.hint(node(1))).isTrue();
        assertThat(revocations.hint(node(1))).as("no news any more").isFalse();
        assertThat(told).containsExactly(node(1));
    }

    @Test
    void a_flood_of_hints_costs_the_chain_no_more_than_a_few() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(revocations.hint(node(i))).isFalse();
        }
        assertThat(world.asked).isEqualTo(Revocations.HINTS_PER_SECOND);
        nanos += Duration.ofSeconds(1).toNanos();
        world.revoked.add(node(1));
        assertThat(revocations.hint(node(1))).isTrue();
    }

    @Test
    void junk_that_piled_up_while_the_registry_was_away_costs_a_look_little() throws Exception {
        world.silent = true;
        world.revoked.add(node(5_000));
        world.events.add(node(5_000));
        revocations.look();
        world.events.clear();
        for (int i = 0; i < 1_000; i++) {
            assertThat(revocations.hint(node(i))).isFalse();
            nanos += Duration.ofSeconds(1).toNanos();
        }
        world.silent = false;
        world.asked = 0;
        revocations.look();
        assertThat(world.asked).isEqualTo(1 + Revocations.MOST_HINTED);
        assertThat(told).containsExactly(node(5_000));
    }

    @Test
    void a_chain_that_fails_is_looked_at_again_from_the_same_block() {
        Revocations broken =
                new Revocations(
                        new Revocations.Events() {
                            @Override
                            public long head() throws RpcException {
                                throw new RpcException(
                                        RpcException.Kind.UNREACHABLE, "nobody is there", null);
                            }

                            @Override
                            public List<BindingEvent> between(long from, long to) {
                                return List.of();
                            }
                        },
                        cache,
                        () -> nanos);
        assertThatExceptionOfType(RpcException.class).isThrownBy(broken::look);
    }

    @Test
    void a_hint_is_read_as_it_was_written_and_nothing_else_is_one() {
        RevocationHint hint = new RevocationHint(node(7));
        assertThat(RevocationHint.parse(hint.encode())).contains(hint);
        for (int length : new int[] {0, 1, RevocationHint.LENGTH - 1, RevocationHint.LENGTH + 1}) {
            assertThat(RevocationHint.parse(new byte[length])).isEmpty();
        }
    }
}
