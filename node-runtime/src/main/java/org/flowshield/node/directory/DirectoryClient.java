package org.flowshield.node.directory;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Deadline;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.node.directory.DirectoryAnswer.Branch;
import org.flowshield.node.directory.DirectoryAnswer.Comparison;
import org.flowshield.node.directory.DirectoryAnswer.Entry;
import org.flowshield.node.directory.DirectoryAnswer.Found;
import org.flowshield.node.directory.DirectoryAnswer.Records;
import org.flowshield.node.directory.DirectoryAnswer.Refused;
import org.flowshield.node.directory.DirectoryAnswer.Told;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.market.heartbeat.Liveness;
import org.flowshield.node.market.heartbeat.MalformedHeartbeatException;
import org.flowshield.node.market.heartbeat.Pulse;
import org.flowshield.node.market.heartbeat.SignedHeartbeat;
import org.flowshield.node.market.listing.MalformedListingException;
import org.flowshield.node.market.listing.SignedListing;
import org.flowshield.node.market.matching.Market;
import org.flowshield.node.market.matching.Match;
import org.flowshield.node.market.matching.Query;

/**
 * The market as one fullnode tells it. What providers have signed is verified, and left out where
 * it is not what was asked for; all else is the fullnode's word. Safe for use by any thread; waits
 * for the fullnode.
 */
public final class DirectoryClient implements Market {

    /** A page of a hundred over a slow line, after a wait behind others. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    private final Connection fullnode;
    private final MarketNetwork network;
    private final InstantSource time;

    /** More of them say nothing new. */
    private static final int MOST_CLOCKS = 256;

    /** What was told as signed, and is not. */
    private final AtomicInteger lies = new AtomicInteger();

    private final Map<NodeKey, Duration> clocks = new ConcurrentHashMap<>();

    /**
     * @param fullnode stays the caller's to close
     * @param network offers of others are left out
     * @param time for what has expired, and who is there
     */
    public DirectoryClient(Connection fullnode, MarketNetwork network, InstantSource time) {
        this.fullnode = fullnode;
        this.network = network;
        this.time = time;
    }

    /**
     * Those that fit, as far as what they have signed says so.
     *
     * @throws DirectoryRefusedException if the fullnode does not serve this now
     * @throws IOException if it does not answer, or not so that it can be read
     */
    @Override
    public Page find(Query query) throws IOException {
        DirectoryAnswer.Page page = ask(query);
        List<Match> matches = new ArrayList<>();
        Set<NodeKey> seen = new HashSet<>();
        for (Entry entry : page.entries()) {
            believed(entry)
                    .filter(match -> query.fits(match.listing().offer()))
                    .filter(match -> seen.add(match.listing().node()))
                    .ifPresent(matches::add);
        }
        return new Page(matches, page.next());
    }

    /** How much of what it told as signed by a provider of this network is not. */
    public int lies() {
        return lies.get();
    }

    /**
     * By how much the clocks of providers are ahead of this machine's: by the times in their
     * heartbeats, and the fullnode's word of how long ago they came. Of those, too, whose offers
     * are over by this machine's clock; of 256 at the most.
     */
    public Map<NodeKey, Duration> clocks() {
        return Map.copyOf(clocks);
    }

    private DirectoryAnswer.Page ask(Query query) throws IOException {
        if (ask(new DirectoryRequest.Search(query)) instanceof DirectoryAnswer.Page page
                && page.entries().size() <= query.limit()) {
            return page;
        }
        throw other();
    }

    /** What is known of one provider. */
    public Optional<Match> get(NodeKey node) throws IOException {
        if (ask(new DirectoryRequest.Get(node)) instanceof Found(Optional<Entry> entry)) {
            return entry.flatMap(this::believed)
                    .filter(match -> match.listing().node().equals(node));
        }
        throw other();
    }

    /** What the fullnode knows below some prefixes, in their order. */
    public List<Branch> compare(List<Prefix> prefixes) throws IOException {
        if (ask(new DirectoryRequest.Compare(prefixes)) instanceof Comparison(List<Branch> branches)
                && branches.size() == prefixes.size()) {
            return branches;
        }
        throw other();
    }

    /** The records of some nodes, as the fullnode tells them: nothing in them is verified. */
    public List<Told> fetch(List<NodeKey> nodes) throws IOException {
        if (ask(new DirectoryRequest.Fetch(nodes)) instanceof Records(List<Told> records)) {
            return records;
        }
        throw other();
    }

    private static IOException other() {
        return new IOException("the fullnode answers something else than it was asked");
    }

    private DirectoryAnswer ask(DirectoryRequest request) throws IOException {
        DirectoryAnswer answer;
        try (Stream stream = fullnode.openStream(DirectoryProtocol.ID)) {
            ByteString bytes =
                    Deadline.within(
                            ANSWER_WITHIN,
                            stream,
                            () -> {
                                stream.output()
                                        .write(
                                                DirectoryProtocol.framed(
                                                        DirectoryWire.encode(request)));
                                stream.output().flush();
                                stream.closeWrite();
                                return read(stream);
                            });
            answer = DirectoryWire.parseAnswer(bytes);
        } catch (MalformedDirectoryException e) {
            throw unreadable(e);
        }
        if (answer instanceof Refused refused) {
            throw new DirectoryRefusedException(refused);
        }
        return answer;
    }

    private static ByteString read(Stream stream) throws IOException {
        try {
            return DirectoryProtocol.read(stream.input(), DirectoryProtocol.MAX_ANSWER);
        } catch (MalformedDirectoryException e) {
            throw unreadable(e);
        }
    }

    private static IOException unreadable(MalformedDirectoryException e) {
        return new IOException("the fullnode's answer can't be read: " + e.getMessage(), e);
    }

    /** A provider, if what it has signed is signed, of this network, and still holds. */
    private Optional<Match> believed(Entry entry) {
        Instant now = time.instant();
        SignedListing listing;
        try {
            listing = SignedListing.open(entry.told().listing().toByteArray());
        } catch (MalformedListingException e) {
            lies.incrementAndGet();
            return Optional.empty();
        }
        if (!listing.offer().channels().equals(network.channels())) {
            lies.incrementAndGet();
            return Optional.empty();
        }
        Optional<SignedHeartbeat> heartbeat = heartbeat(entry.told(), listing.node());
        heartbeat.ifPresent(signed -> compareClocks(entry, signed, now));
        if (!listing.offer().isValidAt(now)) {
            return Optional.empty();
        }
        return Optional.of(
                new Match(
                        listing,
                        heartbeat,
                        heardAt(entry, heartbeat, now).map(heard -> Liveness.of(heard, now)),
                        entry.stake(),
                        entry.score(),
                        entry.reasons()));
    }

    private void compareClocks(Entry entry, SignedHeartbeat signed, Instant now) {
        if (clocks.size() < MOST_CLOCKS) {
            entry.heardAgo()
                    .map(signed.heartbeat().sentAt()::plus)
                    .ifPresent(theirs -> clocks.put(signed.node(), Duration.between(now, theirs)));
        }
    }

    private static Optional<SignedHeartbeat> heartbeat(Told told, NodeKey node) {
        if (told.heartbeat().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(SignedHeartbeat.open(told.heartbeat().toByteArray()))
                    .filter(heartbeat -> heartbeat.node().equals(node));
        } catch (MalformedHeartbeatException e) {
            return Optional.empty(); // a lie
        }
    }

    /**
     * Nobody was heard of after what it signed last could have come: so a fullnode does not keep a
     * dead provider alive. Without a heartbeat there is no word of the provider's own.
     */
    private static Optional<Instant> heardAt(
            Entry entry, Optional<SignedHeartbeat> heartbeat, Instant now) {
        return heartbeat.flatMap(
                signed ->
                        entry.heardAgo()
                                .map(now::minus)
                                .map(
                                        claimed ->
                                                earlier(
                                                        claimed,
                                                        signed.heartbeat()
                                                                .sentAt()
                                                                .plus(Pulse.DRIFT))));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
