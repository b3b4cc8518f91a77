package org.flowshield.node.fullnode;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.flowshield.node.directory.Directory;
import org.flowshield.node.directory.DirectoryAnswer;
import org.flowshield.node.directory.DirectoryAnswer.Comparison;
import org.flowshield.node.directory.DirectoryAnswer.Entry;
import org.flowshield.node.directory.DirectoryAnswer.Found;
import org.flowshield.node.directory.DirectoryAnswer.Page;
import org.flowshield.node.directory.DirectoryAnswer.Records;
import org.flowshield.node.directory.DirectoryAnswer.Refused;
import org.flowshield.node.directory.DirectoryAnswer.Told;
import org.flowshield.node.directory.DirectoryRequest;
import org.flowshield.node.fullnode.index.Index;
import org.flowshield.node.fullnode.index.Listed;
import org.flowshield.node.fullnode.index.MalformedCursorException;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.heartbeat.SignedHeartbeat;

/** The index as peers ask it. Safe for use by any thread. */
public final class MarketDirectory implements Directory {

    private final Index index;
    private final InstantSource time;
    private final Supplier<Optional<String>> trouble;

    /**
     * @param trouble why nothing is served now; empty: it is
     */
    public MarketDirectory(Index index, InstantSource time, Supplier<Optional<String>> trouble) {
        this.index = index;
        this.time = time;
        this.trouble = trouble;
    }

    @Override
    public DirectoryAnswer answer(DirectoryRequest request)
            throws IOException, InterruptedException {
        Optional<String> why = trouble.get();
        if (why.isPresent()) {
            return new Refused(Refused.Reason.UNAVAILABLE, why.orElseThrow());
        }
        Instant now = time.instant();
        return switch (request) {
            case DirectoryRequest.Search search -> {
                try {
                    Index.Found found = index.search(search.query(), now);
                    yield new Page(
                            found.listed().stream().map(each -> entry(each, now)).toList(),
                            found.next());
                } catch (MalformedCursorException e) {
                    yield new Refused(Refused.Reason.MALFORMED, String.valueOf(e.getMessage()));
                }
            }
            case DirectoryRequest.Get get ->
                    new Found(index.get(get.node(), now).map(each -> entry(each, now)));
            case DirectoryRequest.Compare compare ->
                    new Comparison(compare.prefixes().stream().map(index::branch).toList());
            case DirectoryRequest.Fetch fetch -> {
                List<Told> told = new ArrayList<>();
                for (NodeKey node : fetch.nodes()) {
                    index.get(node, now).ifPresent(each -> told.add(told(each)));
                }
                yield new Records(told);
            }
        };
    }

    private static Entry entry(Listed listed, Instant now) {
        return new Entry(
                told(listed),
                listed.heardAt()
                        .map(heard -> Duration.between(heard, now))
                        .map(ago -> ago.isNegative() ? Duration.ZERO : ago),
                Optional.of(listed.stake()),
                listed.score(),
                listed.reasons());
    }

    private static Told told(Listed listed) {
        return new Told(
                listed.listing(),
                listed.heartbeat()
                        .map(SignedHeartbeat::encoded)
                        .map(ByteString::copyFrom)
                        .orElse(ByteString.EMPTY));
    }
}
