package org.flowshield.node.finder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client keeps of the nodes that it has found. */
final class FoundNodesTest {

    private static final SecureRandom KEYS = new SecureRandom();
    private static final RandomGenerator ORDER = new Random(1);

    private @TempDir Path folder;
    private Instant now = Instant.parse("2026-03-01T22:15:30.123Z");

    private Path file() {
        return folder.resolve("found.nodes");
    }

    private FoundNodes open(AddressPolicy policy) {
        return FoundNodes.open(file(), policy, () -> now, ORDER);
    }

    private FoundNodes open() {
        return open(AddressPolicy.INTERNET);
    }

    private static Multiaddr node(String ip) {
        try (PrivateKey key = PrivateKey.generate(KEYS)) {
            return Told.at("/ip4/" + ip + "/tcp/4001").withPeer(PeerId.of(key.publicKey()));
        }
    }

    /** Each of a network of its own. */
    private static List<Multiaddr> nodes(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> node("198.%d.%d.1".formatted(20 + i / 250, i % 250)))
                .toList();
    }

    private void days(int count) {
        now = now.plus(Duration.ofDays(count));
    }

    @Test
    void are_there_after_a_restart_with_their_day_and_no_more() throws IOException {
        List<Multiaddr> all = nodes(0, 3);
        open().answered(all);
        assertThat(open().some()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(Files.readString(file()))
                .contains("2026-03-01 /ip4/198.20.0.1/tcp/4001/p2p/")
                .doesNotContain("22:15");
        assertThat(Files.getPosixFilePermissions(file()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void the_order_of_the_file_says_nothing_of_the_order_in_which_they_answered()
            throws IOException {
        List<Multiaddr> all = nodes(0, 5);
        FoundNodes found = open();
        found.answered(List.of(all.get(3)));
        found.answered(all.reversed());
        List<String> lines =
                Files.readAllLines(file()).stream().filter(it -> !it.startsWith("#")).toList();
        assertThat(lines).isSorted().hasSize(5);
    }

    @Test
    void nothing_is_written_where_nothing_is_new() throws IOException {
        List<Multiaddr> all = nodes(0, 3);
        FoundNodes found = open();
        found.answered(all);
        Files.delete(file());
        found.answered(all);
        assertThat(file()).doesNotExist();
        days(1);
        found.answered(all);
        assertThat(Files.readString(file())).contains("2026-03-02 ").doesNotContain("2026-03-01");
    }

    @Test
    void newcomers_of_the_same_day_push_nobody_out() {
        List<Multiaddr> first = nodes(0, FoundNodes.MOST);
        FoundNodes found = open();
        found.answered(first);
        found.answered(nodes(500, 500));
        assertThat(found.size()).isEqualTo(FoundNodes.MOST);
        assertThat(first).containsAll(found.some());
        days(1);
        List<Multiaddr> later = nodes(2_000, 10);
        found.answered(later);
        assertThat(found.size()).isEqualTo(FoundNodes.MOST);
        assertThat(found.some()).hasSize(FoundNodes.BEGUN_WITH).containsAll(later);
    }

    @Test
    void of_one_network_a_few_are_kept() {
        FoundNodes found = open();
        found.answered(IntStream.range(1, 200).mapToObj(i -> node("198.51.100." + i)).toList());
        assertThat(found.size()).isEqualTo(FoundNodes.MOST_OF_A_NETWORK);
        found.answered(nodes(0, 1));
        assertThat(found.size()).isEqualTo(FoundNodes.MOST_OF_A_NETWORK + 1);
    }

    @Test
    void inner_addresses_and_names_are_neither_kept_nor_read() throws IOException {
        List<Multiaddr> inner =
                List.of(
                        node("10.0.0.1"),
                        node("127.0.0.1"),
                        Told.at("/dns4/example.org/tcp/4001")
                                .withPeer(node("198.51.100.1").peerId().orElseThrow()),
                        Told.at("/ip4/198.51.100.1/tcp/4001"));
        open().answered(inner);
        assertThat(file()).doesNotExist();
        Files.writeString(file(), "2026-03-01 " + inner.getFirst() + "\n");
        assertThat(open().some()).isEmpty();
        assertThat(open(AddressPolicy.ANY).some()).hasSize(1);
    }

    @Test
    void the_old_and_those_of_the_future_are_forgotten() throws IOException {
        open().answered(nodes(0, 3));
        days((int) FoundNodes.KEPT.toDays());
        assertThat(open().some()).hasSize(3);
        days(1);
        assertThat(open().some()).isEmpty();
        days(-200);
        assertThat(open().some()).as("the clock was set back").isEmpty();
    }

    @Test
    void what_can_not_be_read_costs_no_more_than_itself() throws IOException {
        Multiaddr good = nodes(0, 1).getFirst();
        Files.writeString(
                file(),
                "# a comment\n\n2026-03-01 %s\n2026-02-30 %s\nnonsense\n2026-03-01 /ip4/x\n\0\n"
                        .formatted(good, good));
        assertThat(open().some()).containsExactly(good);
        Files.writeString(file(), "2026-03-01 " + good + "\n" + "#".repeat(64 * 1024));
        assertThat(open().some()).isEmpty();
        Files.delete(file());
        Files.createDirectory(file());
        FoundNodes unwritable = open();
        unwritable.answered(List.of(good));
        assertThat(unwritable.some()).as("serves for this run").containsExactly(good);
    }
}
