package org.flowshield.node.fullnode.sync;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.flowshield.node.directory.DirectoryAnswer.Branch;
import org.flowshield.node.directory.DirectoryAnswer.Item;
import org.flowshield.node.directory.DirectoryRequest;
import org.flowshield.node.directory.Prefix;
import org.flowshield.node.identity.NodeKey;

/**
 * Catching up with one other fullnode: goes down where digests differ, and fetches what is news.
 * Whatever the other says, it costs at most {@link #MOST_REQUESTS} questions, and what it leaves
 * out others tell. For one thread.
 *
 * <pre>
 *   *  ── differs ──> 00* ... ff*  ── differ ──> 0000* ... ffff*  ──> records ──> fetch
 * </pre>
 */
public final class Sync {

    /** Of a million records: 4,096 comparisons and 16,384 fetches. */
    static final int MOST_REQUESTS = 25_000;

    /** Who tells so many records that nobody signed is asked no further. */
    static final int MOST_LIES = 16;

    /**
     * Who tells so many nodes for whom the chain does not vouch is not asked on this time: each
     * made the chain be asked. An honest fullnode may be late with a few.
     */
    static final int MOST_STRANGERS = 1_000;

    /** What is fetched before more is compared, so that little is kept meanwhile. */
    private static final int FETCH_AT = 1024;

    /**
     * How it went.
     *
     * @param news records that were taken in
     * @param requests that it took
     * @param complete false if it was given up: the other lies, or there is no end to it
     */
    public record Outcome(int news, int requests, int lies, boolean complete) {}

    private final Local local;
    private final Remote remote;
    private final Deque<Prefix> open = new ArrayDeque<>(List.of(Prefix.ALL));
    private final Set<NodeKey> wanted = new LinkedHashSet<>();
    private int news;
    private int lies;
    private int strangers;
    private int requests;

    private Sync(Local local, Remote remote) {
        this.local = local;
        this.remote = remote;
    }

    /**
     * Catches up once.
     *
     * @throws IOException if the other does not answer, or not so that it can be read; what it told
     *     before stays
     */
    public static Outcome run(Local local, Remote remote) throws IOException, InterruptedException {
        Sync sync = new Sync(local, remote);
        boolean complete = sync.run();
        return new Outcome(sync.news, sync.requests, sync.lies, complete);
    }

    private boolean run() throws IOException, InterruptedException {
        while (!open.isEmpty()) {
            if (isEnough()) {
                return false;
            }
            compareSome();
            while (wanted.size() >= FETCH_AT && !isEnough()) {
                fetchSome();
            }
        }
        while (!wanted.isEmpty()) {
            if (isEnough()) {
                return false;
            }
            fetchSome();
        }
        return !isTooMuch();
    }

    private boolean isEnough() {
        return requests >= MOST_REQUESTS || isTooMuch();
    }

    private boolean isTooMuch() {
        return lies > MOST_LIES || strangers > MOST_STRANGERS;
    }

    private void compareSome() throws IOException, InterruptedException {
        List<Prefix> asked = new ArrayList<>();
        while (!open.isEmpty() && asked.size() < DirectoryRequest.MOST_PREFIXES) {
            asked.add(open.removeFirst());
        }
        requests++;
        List<Branch> branches = remote.compare(asked);
        for (int i = 0; i < asked.size(); i++) {
            switch (branches.get(i)) {
                case Branch.Items(List<Item> items) -> want(items);
                case Branch.Parts(List<ByteString> digests) -> goDown(asked.get(i), digests);
            }
        }
    }

    private void want(List<Item> items) {
        for (Item item : items) {
            if (local.wants(item.node(), item.offer(), item.where())) {
                wanted.add(item.node());
            }
        }
    }

    /** Below the deepest prefix there is nothing: who says so is not heard. */
    private void goDown(Prefix prefix, List<ByteString> digests) {
        if (prefix.isDeepest()) {
            lies++;
            return;
        }
        for (int i = 0; i < digests.size(); i++) {
            Prefix below = prefix.below(i);
            if (!digests.get(i).isEmpty() && !digests.get(i).equals(local.digest(below))) {
                open.addLast(below);
            }
        }
    }

    private void fetchSome() throws IOException, InterruptedException {
        List<NodeKey> asked = wanted.stream().limit(DirectoryRequest.MOST_KEYS).toList();
        asked.forEach(wanted::remove);
        requests++;
        Local.Taken taken = local.take(remote.fetch(asked));
        news += taken.news();
        lies += taken.lies();
        strangers += taken.strangers();
    }
}
