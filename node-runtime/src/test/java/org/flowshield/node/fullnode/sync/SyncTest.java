package org.flowshield.node.fullnode.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.directory.DirectoryAnswer.Branch;
import org.flowshield.node.directory.DirectoryAnswer.Item;
import org.flowshield.node.directory.DirectoryAnswer.Told;
import org.flowshield.node.directory.DirectoryRequest;
import org.flowshield.node.directory.Prefix;
import org.flowshield.node.fullnode.Intake;
import org.flowshield.node.fullnode.index.Bounds;
import org.flowshield.node.fullnode.index.Index;
import org.flowshield.node.fullnode.standing.Vouched;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.SomeMarket;
import org.flowshield.node.market.SomeMarket.SomeProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyncTest {

    private static final Instant NOW = SomeMarket.NOW;

    @TempDir private Path folder;
    private int files;

    private Index index() throws IOException {
        files++;
        return Index.open(folder.resolve(files + ".db"), Bounds.DEFAULT, NOW);
    }

    private static Index with(Index index, List<SomeProvider> providers)
            throws InterruptedException {
        for (SomeProvider each : providers) {
            assertThat(index.admit(each.listing(), TokenAmount.ZERO, NOW).isIn()).isTrue();
        }
        return index;
    }

    private static Intake intake(Index index) {
        return new Intake(
                SomeMarket.NETWORK,
                index,
                _ -> new Vouched.Yes(TokenAmount.ZERO),
                () -> NOW,
                System::nanoTime);
    }

    /** An honest one. */
    private static Remote honest(Index index) {
        return new Remote() {
            @Override
            public List<Branch> compare(List<Prefix> prefixes) {
                return prefixes.stream().map(index::branch).toList();
            }

            @Override
            public List<Told> fetch(List<NodeKey> nodes) throws IOException, InterruptedException {
                List<Told> told = new ArrayList<>();
                for (NodeKey node : nodes) {
                    index.get(node, NOW)
                            .ifPresent(
                                    each -> told.add(new Told(each.listing(), ByteString.EMPTY)));
                }
                return told;
            }
        };
    }

    private static List<SomeProvider> some(int count) {
        List<SomeProvider> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(SomeMarket.provider(i));
        }
        return some;
    }

    @Test
    void a_new_one_is_complete_and_equal_and_asks_no_more() throws Exception {
        List<SomeProvider> all = some(1500);
        try (Index full = with(index(), all);
                Index empty = index()) {
            Sync.Outcome outcome = Sync.run(intake(empty), honest(full));
            assertThat(outcome.news()).isEqualTo(1500);
            assertThat(outcome.complete()).isTrue();
            assertThat(empty.branch(Prefix.ALL)).isEqualTo(full.branch(Prefix.ALL));
            assertThat(Sync.run(intake(empty), honest(full)))
                    .isEqualTo(new Sync.Outcome(0, 1, 0, true));
        }
    }

    @Test
    void a_single_difference_among_many_is_found_by_few_questions() throws Exception {
        List<SomeProvider> all = some(1500);
        try (Index one = with(index(), all);
                Index other = with(index(), all)) {
            with(one, List.of(all.get(77).numbered(2, 2)));
            Sync.Outcome outcome = Sync.run(intake(other), honest(one));
            assertThat(outcome.news()).isEqualTo(1);
            assertThat(outcome.requests()).isLessThanOrEqualTo(3);
            assertThat(Sync.run(intake(one), honest(other)).news()).isZero();
        }
    }

    @Test
    void one_that_leaves_out_is_completed_by_another() throws Exception {
        List<SomeProvider> all = some(40);
        try (Index full = with(index(), all);
                Index partial = with(index(), all.subList(0, 10));
                Index fresh = index()) {
            assertThat(Sync.run(intake(fresh), honest(partial)).news()).isEqualTo(10);
            assertThat(Sync.run(intake(fresh), honest(full)).news()).isEqualTo(30);
            assertThat(fresh.branch(Prefix.ALL)).isEqualTo(full.branch(Prefix.ALL));
        }
    }

    @Test
    void one_that_tells_many_of_whom_the_chain_knows_nothing_is_not_asked_on() throws Exception {
        int count = 2 * Sync.MOST_STRANGERS;
        AtomicInteger asked = new AtomicInteger();
        try (Index full = with(index(), some(count));
                Index empty = index()) {
            Intake careful =
                    new Intake(
                            SomeMarket.NETWORK,
                            empty,
                            _ -> {
                                asked.incrementAndGet();
                                return new Vouched.No(Vouched.Why.UNBOUND);
                            },
                            () -> NOW,
                            System::nanoTime);
            assertThat(Sync.run(careful, honest(full)).complete()).isFalse();
            assertThat(asked.get())
                    .isBetween(
                            Sync.MOST_STRANGERS + 1,
                            Sync.MOST_STRANGERS + DirectoryRequest.MOST_KEYS);
        }
    }

    @Test
    void one_that_makes_things_up_changes_nothing_and_is_given_up() throws Exception {
        List<SomeProvider> all = some(40);
        try (Index honest = with(index(), all)) {
            Branch before = honest.branch(Prefix.ALL);
            int[] asked = {0};
            Remote liar =
                    new Remote() {
                        @Override
                        public List<Branch> compare(List<Prefix> prefixes) {
                            asked[0]++;
                            List<Branch> made = new ArrayList<>();
                            for (Prefix _ : prefixes) {
                                List<Item> items = new ArrayList<>();
                                for (SomeProvider each : all) {
                                    items.add(new Item(each.node(), 99, 99));
                                }
                                made.add(new Branch.Items(items));
                            }
                            return made;
                        }

                        @Override
                        public List<Told> fetch(List<NodeKey> nodes) {
                            asked[0]++;
                            byte[] forged = all.getFirst().listing().encoded();
                            forged[forged.length / 2] ^= 1;
                            return nodes.stream()
                                    .map(
                                            _ ->
                                                    new Told(
                                                            ByteString.copyFrom(forged),
                                                            ByteString.EMPTY))
                                    .toList();
                        }
                    };
            Sync.Outcome outcome = Sync.run(intake(honest), liar);
            assertThat(outcome.news()).isZero();
            assertThat(outcome.complete()).isFalse();
            assertThat(asked[0]).isEqualTo(2);
            assertThat(honest.branch(Prefix.ALL)).isEqualTo(before);
        }
    }

    @Test
    void one_that_is_different_everywhere_for_ever_costs_a_bounded_number_of_questions()
            throws Exception {
        try (Index index = index()) {
            int[] asked = {0};
            Remote endless =
                    new Remote() {
                        @Override
                        public List<Branch> compare(List<Prefix> prefixes) {
                            asked[0]++;
                            ByteString digest = ByteString.copyFrom(new byte[16]);
                            List<ByteString> digests =
                                    java.util.Collections.nCopies(Prefix.FAN, digest);
                            return prefixes.stream()
                                    .<Branch>map(_ -> new Branch.Parts(digests))
                                    .toList();
                        }

                        @Override
                        public List<Told> fetch(List<NodeKey> nodes) {
                            throw new IllegalStateException("there is nothing to fetch");
                        }
                    };
            assertThat(Sync.run(intake(index), endless).complete()).isFalse();
            assertThat(asked[0]).isLessThan(100);
        }
    }
}
