package org.flowshield.node.fullnode.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.directory.DirectoryAnswer.Branch;
import org.flowshield.node.directory.DirectoryAnswer.Item;
import org.flowshield.node.directory.Prefix;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.SomeMarket;
import org.flowshield.node.market.SomeMarket.SomeProvider;
import org.flowshield.node.market.heartbeat.Pulse;
import org.flowshield.node.market.matching.Query;
import org.flowshield.node.payment.Country;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IndexTest {

    private static final Instant NOW = SomeMarket.NOW;
    private static final TokenAmount STAKE = SomeMarket.milli(5_000_000);

    @TempDir private Path folder;
    private Index index;

    @BeforeEach
    void open() throws IOException {
        index = Index.open(folder.resolve("market.db"), Bounds.DEFAULT, NOW);
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    private Admitted admit(SomeProvider provider) throws InterruptedException {
        return index.admit(provider.listing(), STAKE, NOW);
    }

    private static Query query(Query.Sort sort, int limit) {
        return new Query(Optional.empty(), Optional.empty(), 0, sort, limit, Optional.empty());
    }

    private static Query after(Query query, String cursor) {
        return new Query(
                query.country(),
                query.maxPrice(),
                query.minBitsPerSecond(),
                query.sort(),
                query.limit(),
                Optional.of(cursor));
    }

    private List<NodeKey> nodes(Query query) throws Exception {
        return index.search(query, NOW).listed().stream().map(Listed::node).toList();
    }

    @Test
    void what_comes_in_is_found_as_it_was_signed() throws Exception {
        SomeProvider provider = SomeMarket.provider(1);
        assertThat(admit(provider)).isEqualTo(Admitted.NEW);
        Listed listed = index.search(Query.ANY, NOW).listed().getFirst();
        assertThat(listed.node()).isEqualTo(provider.node());
        assertThat(listed.stake()).isEqualTo(STAKE);
        index.save(true);
        assertThat(index.get(provider.node(), NOW).orElseThrow().listing())
                .isEqualTo(listed.listing());
        assertThat(index.get(SomeMarket.provider(1).node(), NOW)).isEmpty();
    }

    @Test
    void an_older_offer_never_replaces_a_newer() throws Exception {
        SomeProvider provider = SomeMarket.provider(1).numbered(5, 5);
        assertThat(admit(provider)).isEqualTo(Admitted.NEW);
        for (long[] older : new long[][] {{4, 6}, {5, 4}, {5, 5}, {6, 4}, {0, 0}}) {
            assertThat(admit(provider.priced(SomeMarket.milli(1)).numbered(older[0], older[1])))
                    .isEqualTo(Admitted.OLD);
        }
        assertThat(admit(provider.priced(SomeMarket.milli(7)).numbered(6, 5)))
                .isEqualTo(Admitted.REPLACED);
        assertThat(admit(provider.priced(SomeMarket.milli(7)).numbered(6, 6)))
                .isEqualTo(Admitted.REPLACED);
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void what_has_expired_is_neither_taken_nor_found_and_does_not_come_back() throws Exception {
        SomeProvider provider = SomeMarket.provider(1).numbered(5, 5);
        assertThat(admit(provider.until(NOW))).isEqualTo(Admitted.EXPIRED);
        assertThat(admit(provider.until(NOW.plus(Duration.ofDays(365)))))
                .isEqualTo(Admitted.TOO_LONG);
        assertThat(admit(provider)).isEqualTo(Admitted.NEW);
        Instant later = provider.validUntil();
        assertThat(index.search(Query.ANY, later).listed()).isEmpty();
        assertThat(index.get(provider.node(), later)).isEmpty();
        index.upkeep(later);
        assertThat(index.size()).isZero();
        SomeProvider replayed = provider.numbered(4, 4).until(later.plusSeconds(600));
        assertThat(index.admit(replayed.listing(), STAKE, later)).isEqualTo(Admitted.OLD);
        SomeProvider renewed = provider.numbered(6, 5).until(later.plusSeconds(600));
        assertThat(index.admit(renewed.listing(), STAKE, later)).isEqualTo(Admitted.NEW);
    }

    @Test
    void a_wallet_has_only_so_many_nodes_and_the_market_only_so_much_room() throws Exception {
        index.close();
        index = Index.open(folder.resolve("small.db"), new Bounds(3, 2, Duration.ofDays(1)), NOW);
        assertThat(admit(SomeMarket.provider(1))).isEqualTo(Admitted.NEW);
        assertThat(admit(SomeMarket.provider(1))).isEqualTo(Admitted.NEW);
        assertThat(admit(SomeMarket.provider(1))).isEqualTo(Admitted.WALLET_FULL);
        SomeProvider third = SomeMarket.provider(2);
        assertThat(admit(third)).isEqualTo(Admitted.NEW);
        assertThat(admit(SomeMarket.provider(3))).isEqualTo(Admitted.FULL);
        assertThat(admit(third.numbered(2, 2))).isEqualTo(Admitted.REPLACED);
        assertThat(admit(third.of(SomeMarket.wallet(1)).numbered(3, 3)))
                .isEqualTo(Admitted.WALLET_FULL);
        assertThat(admit(third.of(SomeMarket.wallet(4)).numbered(3, 3)))
                .isEqualTo(Admitted.REPLACED);
        assertThat(index.remove(new NodeId(SomeMarket.wallet(2), third.node()))).isFalse();
        assertThat(index.remove(new NodeId(SomeMarket.wallet(4), third.node()))).isTrue();
        assertThat(admit(SomeMarket.provider(3))).isEqualTo(Admitted.NEW);
    }

    @Test
    void filters_are_kept_to() throws Exception {
        SomeProvider dutch = SomeMarket.provider(1);
        SomeProvider german = SomeMarket.provider(2).in("DE").priced(SomeMarket.milli(50));
        SomeProvider silent = SomeMarket.provider(3).in("").serving(0);
        for (SomeProvider each : List.of(dutch, german, silent)) {
            admit(each);
        }
        assertThat(
                        nodes(
                                new Query(
                                        Optional.of(new Country("DE")),
                                        Optional.empty(),
                                        0,
                                        Query.Sort.PRICE,
                                        9,
                                        Optional.empty())))
                .containsExactly(german.node());
        assertThat(
                        nodes(
                                new Query(
                                        Optional.empty(),
                                        Optional.of(SomeMarket.milli(20)),
                                        1,
                                        Query.Sort.PRICE,
                                        9,
                                        Optional.empty())))
                .containsExactly(dutch.node());
        assertThat(
                        nodes(
                                new Query(
                                        Optional.empty(),
                                        Optional.of(
                                                new TokenAmount(
                                                        SomeMarket.milli(20)
                                                                .units()
                                                                .subtract(
                                                                        java.math.BigInteger.ONE))),
                                        0,
                                        Query.Sort.PRICE,
                                        9,
                                        Optional.empty())))
                .isEmpty();
        assertThat(
                        nodes(
                                new Query(
                                        Optional.empty(),
                                        Optional.of(TokenAmount.MOST),
                                        100_000_001,
                                        Query.Sort.SPEED,
                                        9,
                                        Optional.empty())))
                .isEmpty();
    }

    @Test
    void pages_follow_each_other_without_a_gap_or_a_repetition() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<SomeProvider> all = new ArrayList<>();
        for (int i = 0; i < 237; i++) {
            SomeProvider provider =
                    SomeMarket.provider(i)
                            .priced(SomeMarket.milli(1 + random.nextInt(9)))
                            .serving(random.nextInt(5) * 1_000_000L);
            all.add(provider);
            admit(provider);
        }
        for (Query.Sort sort : Query.Sort.values()) {
            List<NodeKey> seen = new ArrayList<>();
            Query query = query(sort, 10);
            Optional<String> next = Optional.empty();
            do {
                Index.Found found =
                        index.search(next.map(cursor -> after(query, cursor)).orElse(query), NOW);
                found.listed().forEach(each -> seen.add(each.node()));
                next = found.next();
                index.save(true);
            } while (next.isPresent());
            assertThat(seen).hasSize(all.size()).doesNotHaveDuplicates();
            assertThat(nodes(query(sort, 100))).isEqualTo(seen.subList(0, 100));
        }
    }

    @Test
    void a_cursor_of_another_order_or_of_nobody_is_refused() throws Exception {
        for (int i = 0; i < 3; i++) {
            admit(SomeMarket.provider(i));
        }
        Query byPrice = query(Query.Sort.PRICE, 1);
        String cursor = index.search(byPrice, NOW).next().orElseThrow();
        for (String wrong :
                List.of("x", "", "q" + cursor.substring(1), cursor + "0000000000", cursor + "\n")) {
            assertThatThrownBy(() -> index.search(after(byPrice, wrong), NOW))
                    .isInstanceOf(MalformedCursorException.class);
        }
    }

    @Test
    void the_cheapest_the_fastest_and_the_best_come_first() throws Exception {
        SomeProvider cheap = SomeMarket.provider(1).priced(SomeMarket.milli(1));
        SomeProvider fast = SomeMarket.provider(2).serving(1_000_000_000);
        SomeProvider alive = SomeMarket.provider(3);
        for (SomeProvider each : List.of(cheap, fast, alive)) {
            admit(each);
        }
        assertThat(index.hear(alive.beat(NOW, 1), NOW)).isEqualTo(Pulse.Outcome.ACCEPTED);
        assertThat(nodes(query(Query.Sort.PRICE, 1))).containsExactly(cheap.node());
        assertThat(nodes(query(Query.Sort.SPEED, 1))).containsExactly(fast.node());
        assertThat(nodes(query(Query.Sort.QUALITY, 1))).containsExactly(alive.node());
    }

    @Test
    void who_is_silent_for_long_is_not_shown_and_strangers_are_not_heard() throws Exception {
        SomeProvider provider = SomeMarket.provider(1);
        assertThat(index.hear(provider.beat(NOW, 1), NOW)).isEqualTo(Pulse.Outcome.FULL);
        admit(provider);
        assertThat(index.hear(provider.beat(NOW, 1), NOW)).isEqualTo(Pulse.Outcome.ACCEPTED);
        assertThat(index.hear(provider.beat(NOW, 1), NOW)).isEqualTo(Pulse.Outcome.OLD);
        assertThat(index.search(Query.ANY, NOW.plusSeconds(599)).listed()).hasSize(1);
        assertThat(index.search(Query.ANY, NOW.plusSeconds(600)).listed()).isEmpty();
        assertThat(index.get(provider.node(), NOW.plusSeconds(600))).isPresent();
    }

    @Test
    void all_of_it_is_there_again_after_a_restart() throws Exception {
        SomeProvider heard = SomeMarket.provider(1);
        SomeProvider gone = SomeMarket.provider(2);
        SomeProvider changed = SomeMarket.provider(3);
        for (SomeProvider each : List.of(heard, gone, changed)) {
            admit(each);
        }
        index.hear(heard.beat(NOW, 1), NOW);
        index.save(false);
        assertThat(index.remove(new NodeId(gone.wallet(), gone.node()))).isTrue();
        admit(changed.priced(SomeMarket.milli(1)).numbered(2, 2));
        ByteString digest = digest();
        index.close();
        open();
        assertThat(index.size()).isEqualTo(2);
        assertThat(digest()).isEqualTo(digest);
        assertThat(nodes(query(Query.Sort.PRICE, 5))).containsExactly(changed.node(), heard.node());
        assertThat(index.get(heard.node(), NOW).orElseThrow().heardAt()).contains(NOW);
        assertThat(index.get(heard.node(), NOW).orElseThrow().listing())
                .isEqualTo(ByteString.copyFrom(heardListing(heard)));
        assertThat(admit(changed)).isEqualTo(Admitted.OLD);
    }

    private byte[] heardListing(SomeProvider heard) throws Exception {
        return index.get(heard.node(), NOW).orElseThrow().listing().toByteArray();
    }

    private ByteString digest() {
        ByteString all = ByteString.EMPTY;
        for (int i = 0; i < Prefix.FAN; i++) {
            all = all.concat(index.digest(Prefix.ALL.below(i)));
        }
        return all;
    }

    @Test
    void a_broken_file_is_begun_anew() throws Exception {
        index.close();
        Files.writeString(folder.resolve("market.db"), "this is no database at all, is it? no.");
        open();
        assertThat(index.size()).isZero();
        assertThat(admit(SomeMarket.provider(1))).isEqualTo(Admitted.NEW);
    }

    @Test
    void equal_markets_have_equal_digests_whatever_the_order_they_came_in() throws Exception {
        List<SomeProvider> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(SomeMarket.provider(i));
        }
        for (SomeProvider each : all) {
            admit(each);
        }
        try (Index other = Index.open(folder.resolve("other.db"), Bounds.DEFAULT, NOW)) {
            for (SomeProvider each : all.reversed()) {
                var _ = other.admit(each.listing(), STAKE, NOW);
            }
            for (int i = 0; i < Prefix.FAN; i++) {
                Prefix part = Prefix.ALL.below(i);
                assertThat(other.digest(part)).isEqualTo(index.digest(part));
                assertThat(other.branch(part)).isEqualTo(index.branch(part));
            }
            assertThat(other.branch(Prefix.ALL)).isEqualTo(index.branch(Prefix.ALL));
            var _ = other.admit(all.getFirst().numbered(2, 2).listing(), STAKE, NOW);
            assertThat(other.branch(Prefix.ALL)).isNotEqualTo(index.branch(Prefix.ALL));
        }
    }

    @Test
    void more_than_a_thousand_records_are_told_part_by_part() throws Exception {
        for (int i = 0; i < 1025; i++) {
            admit(SomeMarket.provider(i));
        }
        assertThat(index.branch(Prefix.ALL)).isInstanceOf(Branch.Parts.class);
        List<ByteString> digests = ((Branch.Parts) index.branch(Prefix.ALL)).digests();
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < Prefix.FAN; i++) {
            Branch below = index.branch(Prefix.ALL.below(i));
            items.addAll(((Branch.Items) below).items());
            assertThat(digests.get(i).isEmpty())
                    .isEqualTo(((Branch.Items) below).items().isEmpty());
        }
        assertThat(new HashSet<>(items)).hasSize(1025);
    }

    @Test
    void the_market_is_counted() throws Exception {
        for (int i = 0; i < 4; i++) {
            admit(
                    SomeMarket.provider(i / 2)
                            .priced(SomeMarket.milli(10L * (i + 1)))
                            .in(i == 0 ? "" : "DE"));
        }
        SomeProvider heard = SomeMarket.provider(9);
        admit(heard);
        index.hear(heard.beat(NOW, 1), NOW);
        index.upkeep(NOW.plusSeconds(10));
        MarketSummary summary = index.summary();
        assertThat(summary.offers()).isEqualTo(5);
        assertThat(summary.wallets()).isEqualTo(3);
        assertThat(summary.online()).isEqualTo(1);
        assertThat(summary.unheard()).isEqualTo(4);
        assertThat(summary.sessions()).isEqualTo(3);
        assertThat(summary.countries())
                .containsOnly(
                        java.util.Map.entry("??", 1),
                        java.util.Map.entry("DE", 3),
                        java.util.Map.entry("NL", 1));
        assertThat(summary.prices().getFirst()).isEqualTo(1e16);
        assertThat(summary.prices().getLast()).isEqualTo(4e16);
    }
}
