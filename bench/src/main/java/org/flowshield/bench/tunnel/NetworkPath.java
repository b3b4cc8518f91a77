package org.flowshield.bench.tunnel;

import java.time.Duration;
import java.util.List;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;

/**
 * What the network between client and provider is like. All but {@link #DIRECT} pass each packet
 * through {@link DelayRelay} in the router, with a rate limit before and random loss after it, in
 * both directions alike.
 */
enum NetworkPath {
    DIRECT("direct", "straight through the router", 0),
    LOSS_0("loss_0", "40 ms, 100 Mb/s, no loss", 0),
    LOSS_0_1("loss_0.1", "40 ms, 100 Mb/s, 0.1 % loss each way", 10),
    LOSS_1("loss_1", "40 ms, 100 Mb/s, 1 % loss each way", 100);

    /** The relay's device for packets from the client. */
    static final String UP_DEVICE = "delayup";

    /** And to the client. */
    static final String DOWN_DEVICE = "delaydown";

    static final Duration ONE_WAY = Duration.ofMillis(20);

    /** tbf's bucket: above what 100 Mb/s bring between two ticks of a 250 Hz kernel. */
    private static final int BURST = 64 * 1024;

    /** The queue before the bottleneck: one bandwidth-delay product. */
    private static final int QUEUE = 500_000;

    private static final Duration RELAY_START = Duration.ofSeconds(30);

    private final String key;
    private final String title;
    private final int lossPer10000;

    NetworkPath(String key, String title, int lossPer10000) {
        this.key = key;
        this.title = title;
        this.lossPer10000 = lossPer10000;
    }

    String key() {
        return key;
    }

    String title() {
        return title;
    }

    /** Puts a lab's relay between its client and its provider; it stays until the lab ends. */
    static void insertRelay(Lab lab) throws LabException, InterruptedException {
        LabProcess relay =
                lab.startJava(
                        Namespace.ROUTER,
                        DelayRelay.class,
                        Long.toString(ONE_WAY.toMillis()),
                        UP_DEVICE,
                        DOWN_DEVICE);
        var _ = relay.awaitLine(DelayRelay.READY, DelayRelay.READY::equals, RELAY_START);
        divert(lab, UP_DEVICE, "101", "iif " + Link.CLIENT.machine().label());
        divert(
                lab,
                DOWN_DEVICE,
                "102",
                "iif %s to %s".formatted(Link.PROVIDER.machine().label(), Link.CLIENT.subnetV4()));
    }

    private static void divert(Lab lab, String device, String table, String what)
            throws LabException, InterruptedException {
        lab.run(
                Namespace.ROUTER,
                "tc",
                "qdisc",
                "add",
                "dev",
                device,
                "root",
                "tbf",
                "rate",
                "100mbit",
                "burst",
                Integer.toString(BURST),
                "limit",
                Integer.toString(QUEUE));
        lab.ip(
                Namespace.ROUTER,
                List.of(
                        "route add default dev %s table %s".formatted(device, table),
                        "rule add pref %s %s lookup %s".formatted(table, what, table)));
    }

    /** Sets the loss of a lab whose relay is in place. */
    void apply(Lab lab) throws LabException, InterruptedException {
        if (this == DIRECT) throw new IllegalStateException("the relay stays");
        String rule =
                lossPer10000 == 0
                        ? ""
                        : "iifname { \"%s\", \"%s\" } numgen random mod 10000 < %d drop"
                                .formatted(UP_DEVICE, DOWN_DEVICE, lossPer10000);
        lab.nft(
                Namespace.ROUTER,
                """
                table ip path
                delete table ip path
                table ip path {
                    chain loss {
                        type filter hook forward priority filter;
                        %s
                    }
                }
                """
                        .formatted(rule));
    }
}
