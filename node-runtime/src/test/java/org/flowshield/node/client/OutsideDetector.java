package org.flowshield.node.client;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;

/**
 * Counts, on the lab's router and so outside of what the product makes, packets from the client
 * that are neither for the provider's port nor neighbours finding each other: by kind, so that a
 * failure says what it was.
 */
public final class OutsideDetector {

    static final int PROVIDER_PORT = 4001;

    private static final Pattern COUNTER = Pattern.compile("counter (\\w+) \\{\\s*packets (\\d+)");

    private final Lab lab;

    OutsideDetector(Lab lab) throws LabException, InterruptedException {
        this(lab, List.of(), "0");
    }

    /**
     * Begins to count.
     *
     * @param alsoAllowed conditions of nft for more that may leave
     * @param chainPort where the chain is asked, whose packets are a kind of their own
     */
    public OutsideDetector(Lab lab, List<String> alsoAllowed, String chainPort)
            throws LabException, InterruptedException {
        this.lab = lab;
        lab.nft(
                Namespace.ROUTER,
                """
                table inet outside {
                    counter tcp_begin { }
                    counter tcp_rest { }
                    counter datagrams { }
                    counter errors { }
                    counter others { }
                    counter to_chain { }
                    chain in {
                        type filter hook prerouting priority raw; policy accept;
                        iifname != "client" accept
                        ip daddr %s tcp dport %d accept
                        %s
                        tcp dport %s counter name to_chain accept
                        icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
                        icmpv6 type { nd-router-solicit, mld2-listener-report } accept
                        tcp flags & (syn | ack) == syn counter name tcp_begin accept
                        meta l4proto tcp counter name tcp_rest accept
                        meta l4proto udp counter name datagrams accept
                        icmp type destination-unreachable counter name errors accept
                        icmpv6 type destination-unreachable counter name errors accept
                        meta nfproto { ipv4, ipv6 } counter name others
                    }
                }
                """
                        .formatted(
                                Link.PROVIDER.ipv4().getHostAddress(),
                                PROVIDER_PORT,
                                alsoAllowed.stream()
                                        .map(condition -> condition + " accept")
                                        .collect(Collectors.joining("\n")),
                                chainPort));
    }

    /** Packets since the last call, of the kinds of which there were any. */
    public Map<String, Long> take() throws LabException, InterruptedException {
        String said =
                lab.run(Namespace.ROUTER, "nft", "reset", "counters", "table", "inet", "outside")
                        .output();
        Matcher matcher = COUNTER.matcher(said);
        Map<String, Long> packets = new TreeMap<>();
        while (matcher.find()) {
            long count = Long.parseLong(matcher.group(2));
            if (count > 0) {
                packets.put(matcher.group(1), count);
            }
        }
        return packets;
    }
}
