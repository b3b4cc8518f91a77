package org.flowshield.node.finder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.kad.routing.Network;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.disk.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes of the network that have answered this client's searches, kept in a file of its owner's, so
 * that a client finds the network again when none of those that it was told of lives. Of each it
 * keeps an address and the day of its last answer: neither the hour, nor what it was asked, nor
 * whether it was ever paid. Safe for use by any thread; writes on the caller's.
 */
public final class FoundNodes {

    private static final Logger LOG = LoggerFactory.getLogger(FoundNodes.class);

    /** With a tenth of them alive there is still one among those that are begun with. */
    static final int MOST = 64;

    /** What one operator has for little money. */
    static final int MOST_OF_A_NETWORK = 4;

    /** Dialled at the same time, when nobody else answers. */
    static final int BEGUN_WITH = 16;

    /** Somebody who is back from a holiday still finds the network. */
    static final Duration KEPT = Duration.ofDays(90);

    /** Sixty-four lines, each of a long multiaddr, and room for what an owner writes. */
    private static final int MOST_BYTES = 32 * 1024;

    private static final String HEAD =
            """
            # Nodes of the network that have answered, and on which day (UTC). They are begun with
            # when no other node answers. Delete this file as you like.
            """;

    /**
     * One of them.
     *
     * @param at a numeric address that ends in {@code /p2p/ID}
     */
    private record Node(Multiaddr at, LocalDate answered) {

        Optional<Network> network() {
            return AddressPolicy.counted(at);
        }
    }

    private final Optional<Path> file;
    private final AddressPolicy policy;
    private final InstantSource time;
    private final RandomGenerator random;

    /** Guarded by this, as is writing the file. */
    private final Map<PeerId, Node> nodes = new HashMap<>();

    private FoundNodes(
            Optional<Path> file, AddressPolicy policy, InstantSource time, RandomGenerator random) {
        this.file = file;
        this.policy = policy;
        this.time = time;
        this.random = random;
    }

    /**
     * Those of earlier runs, and of this one. What can't be read is left out, and said.
     *
     * @param file need not be there
     * @param policy where remembered addresses may lead
     */
    public static FoundNodes open(
            Path file, AddressPolicy policy, InstantSource time, RandomGenerator random) {
        FoundNodes found = new FoundNodes(Optional.of(file), policy, time, random);
        found.read(file);
        return found;
    }

    /** Those of this run alone. */
    public static FoundNodes inMemory(
            AddressPolicy policy, InstantSource time, RandomGenerator random) {
        return new FoundNodes(Optional.empty(), policy, time, random);
    }

    private synchronized void read(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                LOG.warn(
                        "{} has more than {} bytes and is not read: this client begins with the"
                                + " nodes of its configuration alone",
                        path,
                        MOST_BYTES);
                return;
            }
            int wrong = 0;
            for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    Optional<Node> node = node(line);
                    node.ifPresent(this::put);
                    wrong += node.isPresent() ? 0 : 1;
                }
            }
            if (wrong > 0) {
                LOG.warn("{} of the nodes in {} can't be read and are left out", wrong, path);
            }
        } catch (IOException e) {
            LOG.warn("the nodes found in earlier runs are not known: {}", e.toString());
        }
    }

    private Optional<Node> node(String line) {
        String[] words = line.strip().split(" ", -1);
        if (words.length != 2) {
            return Optional.empty();
        }
        try {
            Multiaddr at = Multiaddr.parse(words[1]);
            return isUsable(at)
                    ? Optional.of(new Node(at, LocalDate.parse(words[0])))
                    : Optional.empty();
        } catch (MalformedMultiaddrException | DateTimeException e) {
            LOG.debug("'{}' is no remembered node: {}", line, e.getMessage());
            return Optional.empty();
        }
    }

    private boolean isUsable(Multiaddr at) {
        return at.isTcp()
                && !at.isRelayed()
                && at.peerId().isPresent()
                && !policy.of(List.of(at)).isEmpty();
    }

    /** Some to begin with: those that answered on the latest days, in no order. */
    public synchronized List<Multiaddr> some() {
        forgetOld();
        List<Node> all = new ArrayList<>(nodes.values());
        Collections.shuffle(all, random);
        return all.stream()
                .sorted(Comparator.comparing(Node::answered).reversed())
                .limit(BEGUN_WITH)
                .map(Node::at)
                .toList();
    }

    /**
     * They have answered just now.
     *
     * @param addresses where they were dialled, each ending in {@code /p2p/ID}
     */
    public synchronized void answered(Collection<Multiaddr> addresses) {
        Map<PeerId, Node> before = Map.copyOf(nodes);
        LocalDate today = today();
        addresses.stream().filter(this::isUsable).forEach(address -> put(new Node(address, today)));
        forgetOld();
        if (!before.equals(nodes)) {
            file.ifPresent(this::write);
        }
    }

    /** Those that have answered later stay, and of these those that were there before. */
    private void put(Node node) {
        PeerId peer = node.at().peerId().orElseThrow();
        boolean isKnown = nodes.containsKey(peer);
        nodes.put(peer, node);
        node.network()
                .ifPresent(
                        network ->
                                makeRoom(
                                        nodes.values().stream()
                                                .filter(
                                                        one ->
                                                                one.network()
                                                                        .filter(network::equals)
                                                                        .isPresent())
                                                .toList(),
                                        MOST_OF_A_NETWORK,
                                        isKnown ? Optional.empty() : Optional.of(node)));
        makeRoom(List.copyOf(nodes.values()), MOST, isKnown ? Optional.empty() : Optional.of(node));
    }

    private void makeRoom(List<Node> crowd, int most, Optional<Node> newcomer) {
        if (crowd.size() > most) {
            Node least =
                    crowd.stream()
                            .min(
                                    Comparator.comparing(Node::answered)
                                            .thenComparing(
                                                    one -> newcomer.filter(one::equals).isEmpty())
                                            .thenComparing(one -> one.at().toString()))
                            .orElseThrow();
            nodes.remove(least.at().peerId().orElseThrow());
        }
    }

    /** Those of days that are yet to come are of a clock that was wrong. */
    private void forgetOld() {
        LocalDate today = today();
        nodes.values()
                .removeIf(
                        node ->
                                node.answered().isAfter(today.plusDays(1))
                                        || node.answered().plusDays(KEPT.toDays()).isBefore(today));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(time.instant(), ZoneOffset.UTC);
    }

    /** In an order that says nothing of when they were met. */
    private void write(Path path) {
        String content =
                nodes.values().stream()
                        .map(node -> node.answered() + " " + node.at())
                        .sorted()
                        .collect(Collectors.joining("\n", HEAD, "\n"));
        try {
            DurableFile.writeForOwner(path, content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn(
                    "the nodes that were found can't be kept for the next start: {}", e.toString());
        }
    }

    synchronized int size() {
        return nodes.size();
    }
}
