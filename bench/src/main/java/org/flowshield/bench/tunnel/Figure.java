package org.flowshield.bench.tunnel;

import java.util.Locale;

/** What is measured of one contender in one round. */
enum Figure {
    THROUGHPUT_UP_1(Unit.MBIT),
    THROUGHPUT_UP_4(Unit.MBIT),
    THROUGHPUT_DOWN_1(Unit.MBIT),
    THROUGHPUT_DOWN_4(Unit.MBIT),
    RTT_MEAN(Unit.MILLIS),
    RTT_P50(Unit.MILLIS),
    RTT_P99(Unit.MILLIS),
    LOADED_RTT_MEAN(Unit.MILLIS),
    LOADED_RTT_P50(Unit.MILLIS),
    LOADED_RTT_P99(Unit.MILLIS),
    /** Of the tunnel's own processes, both ends. */
    CPU_UP_1(Unit.CPU),
    CPU_UP_4(Unit.CPU),
    CPU_DOWN_1(Unit.CPU),
    CPU_DOWN_4(Unit.CPU),
    /** Of the whole machine, the kernel's forwarding and iperf3 included. */
    CPU_TOTAL_UP_1(Unit.CPU),
    CPU_TOTAL_UP_4(Unit.CPU),
    CPU_TOTAL_DOWN_1(Unit.CPU),
    CPU_TOTAL_DOWN_4(Unit.CPU);

    enum Unit {
        MBIT("Mb/s", "%.0f"),
        MILLIS("ms", "%.3f"),
        CPU("CPU s/GB", "%.2f");

        private static final double SMALL_MBIT = 100;

        private final String label;
        private final String format;

        Unit(String label, String format) {
            this.label = label;
            this.format = format;
        }

        String label() {
            return label;
        }

        String format(double value) {
            // A lossy path brings a few megabits: whole ones would hide half of the difference.
            boolean small = this == MBIT && value < SMALL_MBIT;
            return (small ? "%.1f" : format).formatted(value);
        }
    }

    private final Unit unit;

    Figure(Unit unit) {
        this.unit = unit;
    }

    Unit unit() {
        return unit;
    }

    /** As the results name it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
