package org.flowshield.node.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;

/**
 * Counts, on the lab's router and so outside of what the product makes, packets from the client
 * that are neither for the provider's port nor neighbours finding each other.
 */
final class OutsideDetector {

    static final int PROVIDER_PORT = 4001;

    private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");

    private final Lab lab;

    OutsideDetector(Lab lab) throws LabException, InterruptedException {
        this.lab = lab;
        lab.nft(
                Namespace.ROUTER,
                """
                table inet outside {
                    counter outside { }
                    chain in {
                        type filter hook prerouting priority raw; policy accept;
                        iifname != "client" accept
                        ip daddr %s tcp dport %d accept
                        icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit, mld-listener-report, mld2-listener-report } accept
                        meta nfproto { ipv4, ipv6 } counter name outside
                    }
                }
                """
                        .formatted(Link.PROVIDER.ipv4().getHostAddress(), PROVIDER_PORT));
    }

    /** Packets since the last call. */
    long take() throws LabException, InterruptedException {
        String said =
                lab.run(Namespace.ROUTER, "nft", "reset", "counters", "table", "inet", "outside")
                        .output();
        Matcher matcher = PACKETS.matcher(said);
        if (!matcher.find()) {
            throw new IllegalStateException("nft said: " + said);
        }
        return Long.parseLong(matcher.group(1));
    }
}
