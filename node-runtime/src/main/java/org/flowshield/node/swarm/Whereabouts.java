package org.flowshield.node.swarm;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.flowshield.libp2p.multiaddr.Multiaddr;

/**
 * Where a node is: what it knows itself, what it was told, and what its peers have proven. Pure;
 * guarded by itself.
 *
 * <pre>
 *  listeners x machine's addresses --+
 *  the operator's word --------------+--> candidates --+--> tried by peers --> proven
 *  a port mapping -------------------+                 |                  `--> failed
 *  listeners x where peers see us ------> guesses -----+
 * </pre>
 */
final class Whereabouts {

    /** Of what a peer is asked to try at a time; a listing holds no more. */
    static final int MOST = 16;

    /** Whoever has more is behind something that makes up a new one each time. */
    private static final int MOST_OBSERVED = 4;

    /** What became of the last round in which an address was tried. */
    private sealed interface Verdict {
        record Reached() implements Verdict {}

        record Failed(String why) implements Verdict {}
    }

    private final List<Multiaddr> said;

    private boolean ownWord;

    private List<Multiaddr> listening = List.of();
    private List<InetAddress> machine = List.of();
    private List<Multiaddr> mapped = List.of();
    private final Set<InetAddress> observed = new LinkedHashSet<>();
    private final Map<Multiaddr, Verdict> verdicts = new HashMap<>();

    /**
     * @param ownWord whether it is told as it is known, for want of peers that could try
     * @param said where the operator says that the node is
     */
    Whereabouts(boolean ownWord, List<Multiaddr> said) {
        this.ownWord = ownWord;
        this.said = List.copyOf(said);
    }

    /** The node takes its place anew, with or without peers that could try. */
    synchronized void begin(boolean byOwnWord) {
        ownWord = byOwnWord;
    }

    // ---- what is known; each returns whether something has changed ----

    synchronized boolean listening(List<Multiaddr> addresses) {
        boolean changed = !addresses.equals(listening);
        listening = List.copyOf(addresses);
        forget();
        return changed;
    }

    synchronized boolean machine(List<InetAddress> addresses) {
        boolean changed = !addresses.equals(machine);
        machine = List.copyOf(addresses);
        forget();
        return changed;
    }

    /** What leads here from outside, in place of what did before. */
    synchronized boolean mapped(List<Multiaddr> addresses) {
        List<Multiaddr> bare = addresses.stream().map(Multiaddr::withoutPeer).toList();
        boolean changed = !bare.equals(mapped);
        mapped = bare;
        forget();
        return changed;
    }

    /** A peer of the internet sees us there: of use only if it is proven. */
    synchronized boolean observed(Multiaddr address) {
        Optional<InetAddress> ip = address.ip();
        return ip.isPresent()
                && !address.isPrivate()
                && !address.isLoopback()
                && !address.isUnspecified()
                && !machine.contains(ip.get())
                && observed.size() < MOST_OBSERVED
                && observed.add(ip.get());
    }

    /**
     * What peers met in one round.
     *
     * @param reached where at least one got through
     * @param failed where those that tried did not, and why
     */
    synchronized boolean tried(Set<Multiaddr> reached, Map<Multiaddr, String> failed) {
        Map<Multiaddr, Verdict> before = Map.copyOf(verdicts);
        failed.forEach((address, why) -> verdicts.put(address, new Verdict.Failed(why)));
        reached.forEach(address -> verdicts.put(address, new Verdict.Reached()));
        forget();
        return !before.equals(verdicts);
    }

    private void forget() {
        verdicts.keySet().retainAll(Set.copyOf(toTry()));
    }

    // ---- what follows ----

    /** Where the node may be by its own knowledge. */
    synchronized List<Multiaddr> candidates() {
        return Stream.of(ListenAddresses.dialled(listening, machine), said, mapped)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private List<Multiaddr> guesses() {
        List<InetAddress> seen = new ArrayList<>(observed);
        return ListenAddresses.dialled(
                listening.stream().filter(Multiaddr::isUnspecified).toList(), seen);
    }

    /** What peers are asked to try. */
    synchronized List<Multiaddr> toTry() {
        return Stream.concat(candidates().stream(), guesses().stream())
                .distinct()
                .limit(MOST)
                .toList();
    }

    /** What is told to the market. */
    synchronized List<Multiaddr> advertised() {
        return ownWord
                ? Stream.concat(candidates().stream(), proven().stream()).distinct().toList()
                : proven();
    }

    /**
     * What is told to each peer, and kept in the DHT: without what has failed; and where something
     * is proven, without what is not. Inner addresses can't be proven by strangers, and are told to
     * neighbours alone.
     */
    synchronized List<Multiaddr> told() {
        if (ownWord) {
            return advertised();
        }
        boolean any = !proven().isEmpty();
        return Stream.concat(
                        proven().stream(),
                        candidates().stream()
                                .filter(at -> !verdicts.containsKey(at))
                                .filter(at -> !any || at.isPrivate() || at.isLoopback()))
                .distinct()
                .toList();
    }

    private List<Multiaddr> proven() {
        return toTry().stream().filter(at -> verdicts.get(at) instanceof Verdict.Reached).toList();
    }

    /**
     * Whether others get here.
     *
     * @param nobody why nobody has tried, if so
     */
    synchronized Reach reach(String nobody) {
        List<Multiaddr> proven = proven();
        if (!proven.isEmpty()) {
            return new Reach.Proven(proven);
        }
        for (Multiaddr address : toTry()) {
            if (verdicts.get(address) instanceof Verdict.Failed(String why)) {
                return new Reach.NotProven(address + ": " + why);
            }
        }
        return new Reach.Unknown(nobody);
    }

    /** The TCP ports that are listened at. */
    synchronized List<Integer> ports() {
        return listening.stream()
                .flatMap(address -> address.socketAddress().stream())
                .map(InetSocketAddress::getPort)
                .distinct()
                .toList();
    }
}
