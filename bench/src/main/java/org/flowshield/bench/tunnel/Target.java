package org.flowshield.bench.tunnel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flowshield.bench.Statistics.Median;

/**
 * A promise about one ratio, ours by wireguard-go's. It is met when the median reaches it.
 *
 * @param must what a release has to reach
 * @param aim what we are after
 */
record Target(NetworkPath path, Figure figure, double must, double aim) {

    private static final List<Figure> THROUGHPUT =
            List.of(
                    Figure.THROUGHPUT_UP_1,
                    Figure.THROUGHPUT_UP_4,
                    Figure.THROUGHPUT_DOWN_1,
                    Figure.THROUGHPUT_DOWN_4);

    /** All that is promised. */
    static final List<Target> ALL = all();

    private static List<Target> all() {
        List<Target> targets = new ArrayList<>();
        for (Figure figure : THROUGHPUT)
            targets.add(new Target(NetworkPath.DIRECT, figure, 2.0, 3.0));
        targets.add(new Target(NetworkPath.DIRECT, Figure.RTT_MEAN, 1.0, 0.7));
        targets.add(new Target(NetworkPath.DIRECT, Figure.RTT_P99, 1.5, 1.0));
        targets.add(new Target(NetworkPath.DIRECT, Figure.LOADED_RTT_P99, 2.0, 1.0));
        for (NetworkPath path : List.of(NetworkPath.LOSS_0_1, NetworkPath.LOSS_1)) {
            for (Figure figure : THROUGHPUT) targets.add(new Target(path, figure, 1.0, 2.0));
        }
        return List.copyOf(targets);
    }

    /** A target and what was reached. */
    record Outcome(Target target, Median reached) {

        boolean meetsMust() {
            return target.isReachedBy(reached.value(), target.must);
        }

        boolean meetsAim() {
            return target.isReachedBy(reached.value(), target.aim);
        }

        String verdict() {
            if (meetsAim()) return "aim met";
            return meetsMust() ? "met" : "NOT MET";
        }
    }

    Optional<Outcome> outcome(Results results) {
        return results.ratio(path, figure).map(reached -> new Outcome(this, reached));
    }

    static Stream<Outcome> outcomes(Results results) {
        return ALL.stream().flatMap(target -> target.outcome(results).stream());
    }

    boolean moreIsBetter() {
        return figure.unit() == Figure.Unit.MBIT;
    }

    private boolean isReachedBy(double value, double bound) {
        return moreIsBetter() ? value >= bound : value <= bound;
    }
}
