package org.flowshield.node.api;

import java.util.List;
import java.util.Set;

/**
 * What a person has chosen for the client's connections. Immutable.
 *
 * @param dns who is asked for names, through the tunnel, instead of the provider's servers; empty:
 *     the provider's are
 * @param lan whether devices of the local network can be reached while all else goes into the
 *     tunnel or is blocked
 */
public record ClientSettings(List<DnsServer> dns, boolean lan) {

    /** Of who has chosen nothing. */
    public static final ClientSettings DEFAULT = new ClientSettings(List.of(), false);

    /**
     * @throws IllegalArgumentException if there are more servers than can be asked, or one twice
     */
    public ClientSettings {
        dns = sound(dns);
    }

    static List<DnsServer> sound(List<DnsServer> dns) {
        if (dns.size() > DnsServer.MAX_SERVERS) {
            throw new IllegalArgumentException(
                    "at most %d DNS servers can be asked, not %d"
                            .formatted(DnsServer.MAX_SERVERS, dns.size()));
        }
        if (Set.copyOf(dns).size() < dns.size()) {
            throw new IllegalArgumentException("a DNS server is named twice");
        }
        return List.copyOf(dns);
    }
}
