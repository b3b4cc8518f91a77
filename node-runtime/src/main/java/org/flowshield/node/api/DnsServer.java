package org.flowshield.node.api;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.flowshield.node.api.MalformedDnsServerException.Reason;

/**
 * A server that is asked for names: an IP address to which a tunnel can lead. It may lie in a
 * private network: then it is one of the provider's side. Immutable.
 */
public record DnsServer(InetAddress address) {

    /** A resolver of the system looks at no more (resolv.conf(5), MAXNS). */
    public static final int MAX_SERVERS = 3;

    /** The longest way to write one: IPv6 with an IPv4 address at its end. */
    private static final int MAX_CHARS = 45;

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern ZEROS = Pattern.compile("(?:^|:)(0(?::0)+)(?::|$)");
    private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");

    /**
     * @throws IllegalArgumentException if nobody can be asked there through a tunnel
     */
    public DnsServer {
        if (!isElsewhere(address)) {
            throw new IllegalArgumentException(
                    address.getHostAddress() + " can't be asked through a tunnel");
        }
    }

    /**
     * Reads an address of IPv4 or IPv6 as people write it.
     *
     * @throws MalformedDnsServerException if it is none, or none of a server elsewhere
     */
    public static DnsServer parse(String text) throws MalformedDnsServerException {
        InetAddress address = literal(text);
        if (!isElsewhere(address)) {
            throw new MalformedDnsServerException(Reason.NOT_ELSEWHERE, text);
        }
        return new DnsServer(address);
    }

    /**
     * Reads several with commas or spaces between them, the first to be asked first.
     *
     * @throws MalformedDnsServerException for the first that is wrong, one that is named twice, or
     *     more than {@link #MAX_SERVERS}
     */
    public static List<DnsServer> parseAll(String text) throws MalformedDnsServerException {
        List<DnsServer> servers = new ArrayList<>();
        for (String word : BETWEEN.split(text, -1)) {
            if (word.isEmpty()) {
                continue;
            }
            DnsServer server = parse(word);
            if (servers.contains(server)) {
                throw new MalformedDnsServerException(Reason.TWICE, word);
            }
            if (servers.size() == MAX_SERVERS) {
                throw new MalformedDnsServerException(Reason.TOO_MANY, word);
            }
            servers.add(server);
        }
        return List.copyOf(servers);
    }

    public boolean isIpv4() {
        return address instanceof Inet4Address;
    }

    /** Never a name, which would have to be asked for. */
    private static InetAddress literal(String text) throws MalformedDnsServerException {
        boolean written =
                text.length() <= MAX_CHARS
                        && (IPV4.matcher(text).matches() || IPV6.matcher(text).matches());
        if (written) {
            try {
                return InetAddress.ofLiteral(text);
            } catch (IllegalArgumentException e) {
                throw new MalformedDnsServerException(Reason.NOT_AN_ADDRESS, text, e);
            }
        }
        throw new MalformedDnsServerException(Reason.NOT_AN_ADDRESS, text);
    }

    /** Whether packets to it leave this machine and its link. */
    private static boolean isElsewhere(InetAddress address) {
        byte first = address.getAddress()[0];
        boolean reserved =
                address instanceof Inet4Address && (first == 0 || (first & 0xf0) == 0xf0);
        return !reserved
                && !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isMulticastAddress();
    }

    /** An address as people write it: of IPv6 the longest run of zeros is left out (RFC 5952). */
    public static String text(InetAddress address) {
        String whole = address.getHostAddress();
        if (address instanceof Inet4Address) {
            return whole;
        }
        MatchResult longest =
                ZEROS.matcher(whole)
                        .results()
                        .max(Comparator.comparingInt(run -> run.group(1).length()))
                        .orElse(null);
        return longest == null
                ? whole
                : whole.substring(0, longest.start()) + "::" + whole.substring(longest.end());
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return text(address);
    }
}
