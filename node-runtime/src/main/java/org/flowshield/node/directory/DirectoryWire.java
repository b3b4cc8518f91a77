package org.flowshield.node.directory;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.directory.DirectoryAnswer.Branch;
import org.flowshield.node.directory.DirectoryAnswer.Entry;
import org.flowshield.node.directory.DirectoryAnswer.Item;
import org.flowshield.node.directory.DirectoryAnswer.Refused;
import org.flowshield.node.directory.DirectoryAnswer.Told;
import org.flowshield.node.directory.MalformedDirectoryException.Reason;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.heartbeat.SignedHeartbeat;
import org.flowshield.node.market.listing.SignedListing;
import org.flowshield.node.market.matching.Query;
import org.flowshield.node.payment.Country;

/**
 * Messages of the directory as protobuf (directory.proto), without their length. What is parsed is
 * within the protocol's bounds, also when the peer is hostile. Stateless.
 */
final class DirectoryWire {

    /** Bytes of an amount: less than 2^128. */
    private static final int AMOUNT_LENGTH = 16;

    private static final int MILLION = 1_000_000;

    /** Ten thousand years of milliseconds: nobody was silent for longer. */
    private static final long LONGEST_SILENCE = 1L << 48;

    /** An amount of stake is told with this before it, so that none is not unknown. */
    private static final ByteString KNOWN = ByteString.copyFrom(new byte[] {1});

    private DirectoryWire() {}

    // ---- requests ----

    static byte[] encode(DirectoryRequest request) {
        DirectoryProtos.Request.Builder message = DirectoryProtos.Request.newBuilder();
        switch (request) {
            case DirectoryRequest.Search(Query query) -> message.setSearch(encode(query));
            case DirectoryRequest.Get(NodeKey node) ->
                    message.getGetBuilder().setNodeKey(key(node));
            case DirectoryRequest.Compare(List<Prefix> prefixes) ->
                    prefixes.forEach(
                            prefix -> message.getCompareBuilder().addPrefixes(prefix.bytes()));
            case DirectoryRequest.Fetch(List<NodeKey> nodes) ->
                    nodes.forEach(node -> message.getFetchBuilder().addNodeKeys(key(node)));
        }
        return message.build().toByteArray();
    }

    private static DirectoryProtos.Search encode(Query query) {
        return DirectoryProtos.Search.newBuilder()
                .setCountry(query.country().map(Country::code).orElse(""))
                .setMaxPrice(query.maxPrice().map(price -> amount(price)).orElse(ByteString.EMPTY))
                .setMinBitsPerSecond(query.minBitsPerSecond())
                .setSort(DirectoryProtos.Sort.valueOf(query.sort().name()))
                .setLimit(query.limit())
                .setAfter(query.after().orElse(""))
                .build();
    }

    static DirectoryRequest parseRequest(ByteString bytes) throws MalformedDirectoryException {
        DirectoryProtos.Request message;
        try {
            message = DirectoryProtos.Request.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedDirectoryException(Reason.NOT_PROTOBUF);
        }
        return switch (message.getRequestCase()) {
            case SEARCH -> new DirectoryRequest.Search(query(message.getSearch()));
            case GET -> new DirectoryRequest.Get(key(message.getGet().getNodeKey()));
            case COMPARE -> {
                List<ByteString> told = message.getCompare().getPrefixesList();
                requireCount(told, 1, DirectoryRequest.MOST_PREFIXES);
                List<Prefix> prefixes = new ArrayList<>();
                for (ByteString prefix : told) {
                    if (prefix.size() > Prefix.DEEPEST) {
                        throw new MalformedDirectoryException(Reason.PREFIX);
                    }
                    prefixes.add(new Prefix(prefix));
                }
                yield new DirectoryRequest.Compare(prefixes);
            }
            case FETCH -> {
                List<ByteString> told = message.getFetch().getNodeKeysList();
                requireCount(told, 1, DirectoryRequest.MOST_KEYS);
                List<NodeKey> nodes = new ArrayList<>();
                for (ByteString node : told) {
                    nodes.add(key(node));
                }
                yield new DirectoryRequest.Fetch(nodes);
            }
            case REQUEST_NOT_SET -> throw new MalformedDirectoryException(Reason.EMPTY);
        };
    }

    private static Query query(DirectoryProtos.Search search) throws MalformedDirectoryException {
        if (search.getSort() == DirectoryProtos.Sort.UNRECOGNIZED) {
            throw new MalformedDirectoryException(Reason.QUERY);
        }
        Optional<TokenAmount> maxPrice =
                search.getMaxPrice().isEmpty()
                        ? Optional.empty()
                        : Optional.of(amount(search.getMaxPrice()));
        try {
            return new Query(
                    text(search.getCountry()).map(Country::new),
                    maxPrice,
                    search.getMinBitsPerSecond(),
                    Query.Sort.valueOf(search.getSort().name()),
                    search.getLimit(),
                    text(search.getAfter()));
        } catch (IllegalArgumentException e) {
            throw new MalformedDirectoryException(Reason.QUERY);
        }
    }

    // ---- answers ----

    static byte[] encode(DirectoryAnswer answer) {
        DirectoryProtos.Answer.Builder message = DirectoryProtos.Answer.newBuilder();
        switch (answer) {
            case DirectoryAnswer.Page page -> {
                DirectoryProtos.Page.Builder told = message.getPageBuilder();
                page.entries().forEach(entry -> told.addEntries(encode(entry)));
                told.setNext(page.next().orElse(""));
            }
            case DirectoryAnswer.Found found -> {
                DirectoryProtos.Found.Builder told = message.getFoundBuilder();
                found.entry().ifPresent(entry -> told.setEntry(encode(entry)));
            }
            case DirectoryAnswer.Comparison comparison -> {
                DirectoryProtos.Comparison.Builder told = message.getComparisonBuilder();
                comparison.branches().forEach(branch -> told.addBranches(encode(branch)));
            }
            case DirectoryAnswer.Records records -> {
                DirectoryProtos.Records.Builder told = message.getRecordsBuilder();
                for (Told record : records.records()) {
                    told.addRecords(
                            DirectoryProtos.Record.newBuilder()
                                    .setListing(record.listing())
                                    .setHeartbeat(record.heartbeat()));
                }
            }
            case Refused(Refused.Reason reason, String detail) ->
                    message.getRefusedBuilder()
                            .setReason(DirectoryProtos.Refused.Reason.valueOf(reason.name()))
                            .setDetail(detail);
        }
        return message.build().toByteArray();
    }

    private static DirectoryProtos.Entry encode(Entry entry) {
        return DirectoryProtos.Entry.newBuilder()
                .setListing(entry.told().listing())
                .setHeartbeat(entry.told().heartbeat())
                .setHeardAgo(entry.heardAgo().map(ago -> ago.toMillis() + 1).orElse(0L))
                .setStake(
                        entry.stake()
                                .map(stake -> KNOWN.concat(amount(stake)))
                                .orElse(ByteString.EMPTY))
                .setScore((int) Math.round(entry.score() * MILLION))
                .addAllReasons(entry.reasons())
                .build();
    }

    private static DirectoryProtos.Branch encode(Branch branch) {
        DirectoryProtos.Branch.Builder message = DirectoryProtos.Branch.newBuilder();
        switch (branch) {
            case Branch.Items(List<Item> items) -> {
                for (Item item : items) {
                    message.addItems(
                            DirectoryProtos.Item.newBuilder()
                                    .setNodeKey(key(item.node()))
                                    .setOffer(item.offer())
                                    .setWhere(item.where()));
                }
            }
            case Branch.Parts(List<ByteString> digests) -> message.addAllParts(digests);
        }
        return message.build();
    }

    static DirectoryAnswer parseAnswer(ByteString bytes) throws MalformedDirectoryException {
        DirectoryProtos.Answer message;
        try {
            message = DirectoryProtos.Answer.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedDirectoryException(Reason.NOT_PROTOBUF);
        }
        return switch (message.getAnswerCase()) {
            case PAGE -> page(message.getPage());
            case FOUND ->
                    new DirectoryAnswer.Found(
                            message.getFound().hasEntry()
                                    ? Optional.of(entry(message.getFound().getEntry()))
                                    : Optional.empty());
            case COMPARISON -> comparison(message.getComparison());
            case RECORDS -> records(message.getRecords());
            case REFUSED -> refused(message.getRefused());
            case ANSWER_NOT_SET -> throw new MalformedDirectoryException(Reason.EMPTY);
        };
    }

    private static DirectoryAnswer.Page page(DirectoryProtos.Page page)
            throws MalformedDirectoryException {
        requireCount(page.getEntriesList(), 0, Query.MOST);
        if (page.getNext().length() > Query.MAX_CURSOR_CHARS) {
            throw new MalformedDirectoryException(Reason.TEXT);
        }
        List<Entry> entries = new ArrayList<>();
        for (DirectoryProtos.Entry entry : page.getEntriesList()) {
            entries.add(entry(entry));
        }
        return new DirectoryAnswer.Page(entries, text(page.getNext()));
    }

    private static Entry entry(DirectoryProtos.Entry entry) throws MalformedDirectoryException {
        if (entry.getScore() < 0 || entry.getScore() > MILLION) {
            throw new MalformedDirectoryException(Reason.SCORE);
        }
        requireCount(entry.getReasonsList(), 0, Entry.MOST_REASONS);
        for (String reason : entry.getReasonsList()) {
            requireText(reason, Entry.MAX_REASON);
        }
        long heardAgo = entry.getHeardAgo();
        if (heardAgo < 0 || heardAgo > LONGEST_SILENCE) {
            throw new MalformedDirectoryException(Reason.RECORD);
        }
        ByteString stake = entry.getStake();
        if (!stake.isEmpty() && !stake.startsWith(KNOWN)) {
            throw new MalformedDirectoryException(Reason.AMOUNT);
        }
        return new Entry(
                told(entry.getListing(), entry.getHeartbeat()),
                heardAgo == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(heardAgo - 1)),
                stake.isEmpty() ? Optional.empty() : Optional.of(amount(stake.substring(1))),
                (double) entry.getScore() / MILLION,
                entry.getReasonsList());
    }

    private static DirectoryAnswer.Comparison comparison(DirectoryProtos.Comparison comparison)
            throws MalformedDirectoryException {
        requireCount(comparison.getBranchesList(), 1, DirectoryRequest.MOST_PREFIXES);
        List<Branch> branches = new ArrayList<>();
        for (DirectoryProtos.Branch branch : comparison.getBranchesList()) {
            branches.add(branch(branch));
        }
        return new DirectoryAnswer.Comparison(branches);
    }

    private static Branch branch(DirectoryProtos.Branch branch) throws MalformedDirectoryException {
        if (branch.getPartsCount() == 0) {
            requireCount(branch.getItemsList(), 0, Branch.Items.MOST);
            List<Item> items = new ArrayList<>();
            for (DirectoryProtos.Item item : branch.getItemsList()) {
                items.add(new Item(key(item.getNodeKey()), item.getOffer(), item.getWhere()));
            }
            return new Branch.Items(items);
        }
        requireCount(branch.getPartsList(), Prefix.FAN, Prefix.FAN);
        for (ByteString digest : branch.getPartsList()) {
            if (!digest.isEmpty() && digest.size() != Branch.Parts.DIGEST_LENGTH) {
                throw new MalformedDirectoryException(Reason.DIGEST);
            }
        }
        return new Branch.Parts(branch.getPartsList());
    }

    private static DirectoryAnswer.Records records(DirectoryProtos.Records records)
            throws MalformedDirectoryException {
        requireCount(records.getRecordsList(), 0, DirectoryRequest.MOST_KEYS);
        List<Told> told = new ArrayList<>();
        for (DirectoryProtos.Record record : records.getRecordsList()) {
            told.add(told(record.getListing(), record.getHeartbeat()));
        }
        return new DirectoryAnswer.Records(told);
    }

    private static Refused refused(DirectoryProtos.Refused refused)
            throws MalformedDirectoryException {
        requireText(refused.getDetail(), Refused.MAX_DETAIL);
        DirectoryProtos.Refused.Reason reason = refused.getReason();
        return new Refused(
                reason == DirectoryProtos.Refused.Reason.UNRECOGNIZED
                        ? Refused.Reason.UNSPECIFIED
                        : Refused.Reason.valueOf(reason.name()),
                refused.getDetail());
    }

    // ---- parts ----

    private static Told told(ByteString listing, ByteString heartbeat)
            throws MalformedDirectoryException {
        if (listing.isEmpty()
                || listing.size() > SignedListing.MAX_LENGTH
                || heartbeat.size() > SignedHeartbeat.MAX_LENGTH) {
            throw new MalformedDirectoryException(Reason.RECORD);
        }
        return new Told(listing, heartbeat);
    }

    private static void requireCount(List<?> told, int least, int most)
            throws MalformedDirectoryException {
        if (told.size() < least || told.size() > most) {
            throw new MalformedDirectoryException(Reason.COUNT);
        }
    }

    private static void requireText(String text, int most) throws MalformedDirectoryException {
        if (text.length() > most) {
            throw new MalformedDirectoryException(Reason.TEXT);
        }
    }

    private static Optional<String> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static ByteString key(NodeKey node) {
        return ByteString.copyFrom(node.bytes().bytes());
    }

    private static NodeKey key(ByteString bytes) throws MalformedDirectoryException {
        if (bytes.size() != Bytes32.LENGTH) {
            throw new MalformedDirectoryException(Reason.NODE_KEY);
        }
        return new NodeKey(new Bytes32(bytes.toByteArray()));
    }

    /** At least one byte, so that an amount of 0 is not none. */
    private static ByteString amount(TokenAmount amount) {
        byte[] bytes = amount.units().toByteArray();
        int sign = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return ByteString.copyFrom(bytes, sign, bytes.length - sign);
    }

    private static TokenAmount amount(ByteString bytes) throws MalformedDirectoryException {
        if (bytes.isEmpty()
                || bytes.size() > AMOUNT_LENGTH
                || (bytes.size() > 1 && bytes.byteAt(0) == 0)) {
            throw new MalformedDirectoryException(Reason.AMOUNT);
        }
        return new TokenAmount(new BigInteger(1, bytes.toByteArray()));
    }
}
