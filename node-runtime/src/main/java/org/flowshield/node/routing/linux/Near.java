package org.flowshield.node.routing.linux;

import java.util.List;
import org.flowshield.node.restore.Change.Family;

/** Which addresses are near, whatever a network says of itself, and which ports are for names. */
final class Near {

    /**
     * A range of addresses.
     *
     * @param first the first of them
     * @param bits how many bits all have in common
     */
    record Range(Family family, String first, int bits) {

        @Override
        public String toString() {
            return first + "/" + bits;
        }
    }

    /** Of the link itself; IPv4's groups of one link among them. */
    static final List<Range> LINK =
            List.of(
                    new Range(Family.V4, "169.254.0.0", 16),
                    new Range(Family.V4, "224.0.0.0", 24),
                    new Range(Family.V6, "fe80::", 10));

    /** By RFC 1918 and RFC 4193. */
    static final List<Range> PRIVATE =
            List.of(
                    new Range(Family.V4, "10.0.0.0", 8),
                    new Range(Family.V4, "172.16.0.0", 12),
                    new Range(Family.V4, "192.168.0.0", 16),
                    new Range(Family.V6, "fc00::", 7));

    /**
     * Where printers, televisions and the like are looked for (SSDP, WS-Discovery). A packet to a
     * group stays on its link, whichever route it takes. Those of mDNS are link-local.
     */
    static final String DISCOVERY = "239.255.255.250";

    /** Of names in the clear, and of names over TLS or QUIC; of TCP and UDP alike. */
    static final List<String> NAME_PORTS = List.of("53", "853");

    private Near() {}

    static List<Range> of(List<Range> ranges, Family family) {
        return ranges.stream().filter(range -> range.family() == family).toList();
    }
}
