package org.flowshield.bench.tunnel;

import java.util.Locale;

/** What is measured of one contender in one round. */
enum Figure {
    THROUGHPUT_UP_1("Throughput up, 1 flow", Unit.MBIT),
    THROUGHPUT_UP_4("Throughput up, 4 flows", Unit.MBIT),
    THROUGHPUT_DOWN_1("Throughput down, 1 flow", Unit.MBIT),
    THROUGHPUT_DOWN_4("Throughput down, 4 flows", Unit.MBIT),
    RTT_MEAN("Round trip, idle, mean", Unit.MILLIS),
    RTT_P50("Round trip, idle, median", Unit.MILLIS),
    RTT_P99("Round trip, idle, 99th percentile", Unit.MILLIS),
    LOADED_RTT_MEAN("Round trip under a download, mean", Unit.MILLIS),
    LOADED_RTT_P50("Round trip under a download, median", Unit.MILLIS),
    LOADED_RTT_P99("Round trip under a download, 99th percentile", Unit.MILLIS),
    /** Of the tunnel's own processes, both ends. */
    CPU_UP_1("CPU time of the tunnel, up, 1 flow", Unit.CPU),
    CPU_UP_4("CPU time of the tunnel, up, 4 flows", Unit.CPU),
    CPU_DOWN_1("CPU time of the tunnel, down, 1 flow", Unit.CPU),
    CPU_DOWN_4("CPU time of the tunnel, down, 4 flows", Unit.CPU),
    /** Of the whole machine, the kernel's forwarding and iperf3 included. */
    CPU_TOTAL_UP_1("CPU time of the machine, up, 1 flow", Unit.CPU),
    CPU_TOTAL_UP_4("CPU time of the machine, up, 4 flows", Unit.CPU),
    CPU_TOTAL_DOWN_1("CPU time of the machine, down, 1 flow", Unit.CPU),
    CPU_TOTAL_DOWN_4("CPU time of the machine, down, 4 flows", Unit.CPU);

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

    private final String title;
    private final Unit unit;

    Figure(String title, Unit unit) {
        this.title = title;
        this.unit = unit;
    }

    /** For people. */
    String title() {
        return title;
    }

    Unit unit() {
        return unit;
    }

    /** As the results name it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
