package org.flowshield.node.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.role.Distrust;

/**
 * Whom a client goes to on one request, one after the other, and why it left those that failed. Who
 * was left out of {@link Distrust} is not gone to again, whoever else is there. Pure, immutable.
 *
 * @param request its number
 * @param ranked all that may be gone to, the best first; the present one among them
 * @param present whom it is with, or tries
 * @param tried since a session was open last, or since all were tried
 * @param left whom it left, and why; one that is open again is not among them
 */
record Tour(
        long request, List<Stop> ranked, Target present, Set<Multiaddr> tried, List<Left> left) {

    /**
     * One that may be gone to.
     *
     * @param ready whether it can be paid without asking anybody first
     */
    record Stop(Target target, boolean ready) {}

    /** One that was left. */
    record Left(Multiaddr provider, Failure why) {}

    Tour {
        ranked = List.copyOf(ranked);
        tried = Set.copyOf(tried);
        left = List.copyOf(left);
    }

    /** To one alone, until others are known. */
    static Tour to(long request, Target target) {
        return new Tour(request, List.of(new Stop(target, true)), target, Set.of(), List.of());
    }

    /** The same with others to go over to. Who is left out is not gone to again. */
    Tour ranked(List<Stop> stops) {
        List<Stop> all = new ArrayList<>(stops);
        if (stops.stream().noneMatch(stop -> isPresent(stop.target()))) {
            all.addFirst(new Stop(present, true));
        }
        Tour now = new Tour(request, all, present, tried, left);
        return isSpent() ? now.anyOther() : now;
    }

    /** A tour that was at its end goes on if there is somebody new. */
    private Tour anyOther() {
        return next(Set.of(), true)
                .or(() -> next(Set.of(), false))
                .map(next -> new Tour(request, ranked, next, Set.of(), left))
                .orElse(this);
    }

    /** Whether there is nobody left to go to: nobody but those that are distrusted. */
    boolean isSpent() {
        return isDistrusted(present);
    }

    /** How many there are. */
    int size() {
        return ranked.size();
    }

    /** Whether there is one that was not tried yet, beside the present one. */
    boolean hasMore() {
        return next(afterPresent(), false).isPresent();
    }

    /** The present one is open. */
    Tour arrived() {
        return new Tour(request, ranked, present, Set.of(), leftBut(present.asked()));
    }

    /**
     * An open session broke. Another one that is ready comes next; else the same once more, as most
     * breaks are short.
     */
    Tour broken(Failure why) {
        if (Distrust.isDueTo(why.problem())) {
            return failed(why);
        }
        return next(afterPresent(), true)
                .map(next -> goingTo(next, afterPresent(), why))
                .orElse(this);
    }

    /** An attempt failed. Those that are ready come first; after the last the best again. */
    Tour failed(Failure why) {
        if (Distrust.isDueTo(why.problem()) && !isSpent()) {
            return leaving(why).failed(why);
        }
        Set<Multiaddr> done = afterPresent();
        Optional<Target> next = next(done, true).or(() -> next(done, false));
        return next.isPresent()
                ? goingTo(next.orElseThrow(), done, why)
                : next(Set.of(), false).map(best -> goingTo(best, Set.of(), why)).orElse(this);
    }

    private Tour leaving(Failure why) {
        List<Left> leaving = leftBut(present.asked());
        leaving.add(new Left(present.asked(), why));
        return new Tour(request, ranked, present, tried, leaving);
    }

    private Tour goingTo(Target next, Set<Multiaddr> done, Failure why) {
        if (isPresent(next)) {
            return new Tour(request, ranked, present, done, left);
        }
        return new Tour(request, ranked, next, done, leaving(why).left());
    }

    private Set<Multiaddr> afterPresent() {
        Set<Multiaddr> done = new HashSet<>(tried);
        done.add(present.asked());
        return done;
    }

    private Optional<Target> next(Set<Multiaddr> done, boolean ready) {
        return ranked.stream()
                .filter(stop -> stop.ready() || !ready)
                .map(Stop::target)
                .filter(target -> !done.contains(target.asked()) && !isDistrusted(target))
                .findFirst();
    }

    /** By its key: it may have been named by several addresses. */
    private boolean isDistrusted(Target target) {
        return left.stream()
                .filter(each -> Distrust.isDueTo(each.why().problem()))
                .anyMatch(each -> isSame(each.provider(), target.asked()));
    }

    private static boolean isSame(Multiaddr one, Multiaddr other) {
        return one.equals(other)
                || (one.peerId().isPresent() && one.peerId().equals(other.peerId()));
    }

    private List<Left> leftBut(Multiaddr provider) {
        List<Left> others = new ArrayList<>(left);
        others.removeIf(each -> each.provider().equals(provider));
        return others;
    }

    private boolean isPresent(Target target) {
        return target.asked().equals(present.asked());
    }
}
