package org.flowshield.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** The few statistics that benchmarks report. Nothing is assumed about the distribution. */
public final class Statistics {

    /** The confidence that an interval of the median is to have. */
    public static final double CONFIDENCE = 0.95;

    /**
     * A median and the interval in which the true median lies with the confidence given.
     *
     * @param low an order statistic: the smallest value if there are too few for {@link
     *     #CONFIDENCE}
     * @param confidence what the interval really has: at least {@link #CONFIDENCE} from 6 values on
     * @param count of how many values
     */
    public record Median(double value, double low, double high, double confidence, int count) {

        @Override
        public String toString() {
            return "%.2f [%.2f, %.2f]".formatted(value, low, high);
        }
    }

    private Statistics() {}

    public static double mean(Collection<Double> values) {
        requireSome(values);
        return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    }

    /**
     * The value below or at which the share {@code quantile} of the values lies, by linear
     * interpolation between the neighbours.
     */
    public static double quantile(Collection<Double> values, double quantile) {
        requireSome(values);
        if (!(quantile >= 0 && quantile <= 1))
            throw new IllegalArgumentException("quantile: " + quantile);
        double[] sorted = sorted(values);
        double position = quantile * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /**
     * The median with its interval by order statistics: the number of values below the true median
     * is binomial, whatever they are distributed like.
     */
    public static Median median(Collection<Double> values) {
        double[] sorted = sorted(values);
        int n = sorted.length;
        int rank = innermostRank(n);
        double tail = cumulativeHalf(n, rank);
        return new Median(
                quantile(values, 0.5), sorted[rank], sorted[n - 1 - rank], 1 - 2 * tail, n);
    }

    /** The quotient of each pair measured together, in order. */
    public static List<Double> ratios(List<Double> ours, List<Double> theirs) {
        if (ours.size() != theirs.size()) throw new IllegalArgumentException("not pairs");
        Double[] ratios = new Double[ours.size()];
        for (int i = 0; i < ratios.length; i++) ratios[i] = ours.get(i) / theirs.get(i);
        return List.of(ratios);
    }

    /** The innermost rank, from 0, whose interval still has {@link #CONFIDENCE}; 0 if none has. */
    private static int innermostRank(int n) {
        int rank = 0;
        while (rank + 1 <= (n - 1) / 2 && 1 - 2 * cumulativeHalf(n, rank + 1) >= CONFIDENCE) rank++;
        return rank;
    }

    /** The probability that of n fair coins at most {@code heads} show heads. */
    private static double cumulativeHalf(int n, int heads) {
        double term = Math.pow(0.5, n);
        double sum = term;
        for (int k = 1; k <= heads; k++) {
            term = term * (n - k + 1) / k;
            sum += term;
        }
        return sum;
    }

    private static double[] sorted(Collection<Double> values) {
        requireSome(values);
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private static void requireSome(Collection<Double> values) {
        if (values.isEmpty()) throw new IllegalArgumentException("no values");
    }
}
