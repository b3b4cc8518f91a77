package org.flowshield.node.identity.chain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/** Asks several at the same time, so that a silent one costs no more than a moment. Any thread. */
final class Asking {

    private Asking() {}

    /**
     * Asks all of them. Those that are not waited for go on, each within limits of its own: what
     * they open may be of use to the next question.
     *
     * @param limit for all of them
     * @param enough whether the rest is waited for no longer, asked after each answer
     * @return answers of use, as they came
     */
    static <T, R> List<R> all(
            List<? extends T> whom,
            Duration limit,
            Function<T, Optional<R>> ask,
            Predicate<List<R>> enough)
            throws InterruptedException {
        BlockingQueue<Optional<R>> answers = new LinkedBlockingQueue<>();
        for (T one : whom) {
            Thread.ofVirtual()
                    .name("registry-ask")
                    .start(
                            () -> {
                                Optional<R> answer = Optional.empty();
                                try {
                                    answer = ask.apply(one);
                                } finally {
                                    answers.add(answer);
                                }
                            });
        }
        long end = System.nanoTime() + limit.toNanos();
        List<R> useful = new ArrayList<>();
        for (int i = 0; i < whom.size(); i++) {
            Optional<R> next =
                    answers.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            next.ifPresent(useful::add);
            if (next.isPresent() && enough.test(useful)) {
                break;
            }
        }
        return useful;
    }

    /** The first answer that is of use. */
    static <T, R> Optional<R> first(
            List<? extends T> whom, Duration limit, Function<T, Optional<R>> ask)
            throws InterruptedException {
        return Asking.<T, R>all(whom, limit, ask, _ -> true).stream().findFirst();
    }
}
