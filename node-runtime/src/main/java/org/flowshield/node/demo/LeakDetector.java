package org.flowshield.node.demo;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;

/**
 * Counts, on the lab's router, packets from the client's own network to the internet: while the
 * tunnel stands there must be none.
 */
final class LeakDetector {

    private static final String TABLE = "inet demo_leaks";
    private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");

    private final Lab lab;

    LeakDetector(Lab lab) throws LabException, InterruptedException {
        this.lab = lab;
        lab.nft(
                Namespace.ROUTER,
                """
                table %s {
                    counter leaks { }
                    chain forward {
                        type filter hook forward priority filter; policy accept;
                        ip saddr %s ip daddr %s counter name leaks
                        ip6 saddr %s ip6 daddr %s counter name leaks
                    }
                }
                """
                        .formatted(
                                TABLE,
                                Link.CLIENT.subnetV4(),
                                Link.INTERNET.subnetV4(),
                                Link.CLIENT.subnetV6(),
                                Link.INTERNET.subnetV6()));
    }

    /** Packets since the last call. */
    long takePackets() throws LabException, InterruptedException {
        String said =
                lab.run(Namespace.ROUTER, "nft", "reset", "counters", "table", "inet", "demo_leaks")
                        .output();
        Matcher matcher = PACKETS.matcher(said);
        if (!matcher.find()) {
            throw new IllegalStateException("nft said: " + said);
        }
        return Long.parseLong(matcher.group(1));
    }
}
