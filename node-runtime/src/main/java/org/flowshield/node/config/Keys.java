package org.flowshield.node.config;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.api.MalformedDnsServerException;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.fullnode.index.Bounds;
import org.flowshield.node.hours.MalformedHoursException;
import org.flowshield.node.hours.WeeklyHours;
import org.flowshield.node.payment.Country;
import org.flowshield.node.tunnel.ProviderTerms;

/** Everything that can be configured: the one place that knows names, defaults and ranges. */
final class Keys {

    /** What one process serves. */
    static final int MOST_SESSIONS = ProviderTerms.MAX_SESSIONS;

    /** A browser needs a few hundred; a provider's table has some 262 144 by default. */
    static final int MOST_FLOWS = 65_536;

    /** Each locks a deposit; a third provider in a row that fails is not worth one. */
    static final int MOST_STANDBY = 2;

    private static final String ADDRESS = "an address: 0x and 40 digits";
    private static final String AMOUNT = "an amount of FLOW such as 0.25";
    private static final String POSITIVE = "an amount of FLOW such as 0.25, more than 0";

    static final Key<LogFormat> LOG_FORMAT =
            single(
                    "log.format",
                    "text",
                    "text, json",
                    "How the log is written to standard error: for people, or an object a line.",
                    word -> choice(word, LogFormat.values()));

    static final Key<LogLevel> LOG_LEVEL =
            single(
                    "log.level",
                    "info",
                    "error, warn, info, debug",
                    "What is written to the log.",
                    word -> choice(word, LogLevel.values()));

    static final Key<Set<RoleName>> ROLES =
            new Key<>(
                    "roles.enabled",
                    true,
                    List.of("client"),
                    "a list of client, provider, fullnode",
                    "The roles that are switched on when the daemon starts.",
                    Keys::roles);

    static final Key<Optional<Destination>> CLIENT_CONNECT =
            optional(
                    "client.connect",
                    "a provider's multiaddr, or best",
                    "Connects there when the daemon starts; best is the best of the market, which"
                            + " client.max-price has to allow.",
                    Keys::destination);

    static final Key<Optional<Country>> CLIENT_COUNTRY =
            optional(
                    "client.country",
                    "two capital letters of ISO 3166-1 such as NL",
                    "Where the best of the market is to say that it is, for client.connect;"
                            + " anywhere otherwise.",
                    Keys::country);

    static final Key<List<Multiaddr>> CLIENT_PROVIDERS =
            several(
                    "client.providers",
                    List.of(),
                    "a list of providers' multiaddrs",
                    "Whom to go over to when the provider that is connected to fails, the best"
                            + " first.",
                    Keys::multiaddr);

    static final Key<Integer> CLIENT_LANES =
            single(
                    "client.lanes",
                    "1",
                    "1 to 4",
                    "Bulk connections of a session.",
                    word -> number(word, 1, 4));

    static final Key<List<DnsServer>> CLIENT_DNS =
            new Key<>(
                    "client.dns",
                    true,
                    List.of(),
                    "a list of up to " + DnsServer.MAX_SERVERS + " IP addresses",
                    "Who is asked for names, through the tunnel; the provider's servers otherwise."
                            + " What 'flowshield settings' chose goes before it.",
                    Keys::dnsServers);

    static final Key<Boolean> CLIENT_LAN =
            single(
                    "client.lan",
                    "false",
                    "true, false",
                    "Whether devices of the local network can be reached while the client is"
                            + " connected or blocks. What 'flowshield settings' chose goes before"
                            + " it.",
                    Keys::yesOrNo);

    static final Key<List<Multiaddr>> PROVIDER_LISTEN =
            several(
                    "provider.listen",
                    List.of("/ip4/0.0.0.0/tcp/4001", "/ip6/::/tcp/4001"),
                    "a list of multiaddrs of TCP; port 0 takes a free one",
                    "Where clients are awaited.",
                    Keys::multiaddr);

    static final Key<List<Cidr>> PROVIDER_EXIT_ALLOW =
            several(
                    "provider.exit-allow",
                    List.of(),
                    "a list of ranges such as 192.0.2.0/24",
                    "Ranges that sessions may reach although the exit policy refuses them.",
                    Cidr::parse);

    static final Key<List<InetSocketAddress>> PROVIDER_DNS =
            several(
                    "provider.dns",
                    List.of(),
                    "a list of IP addresses, with or without a port",
                    "Who answers the sessions' questions for names; the system's own otherwise.",
                    Keys::resolver);

    static final Key<Integer> PROVIDER_SESSIONS =
            single(
                    "provider.max-sessions",
                    "200",
                    "1 to " + MOST_SESSIONS,
                    "How many clients are served at a time.",
                    word -> number(word, 1, MOST_SESSIONS));

    static final Key<Integer> PROVIDER_FLOWS =
            single(
                    "provider.max-flows-per-session",
                    "4096",
                    "1 to " + MOST_FLOWS,
                    "How many flows one session may have open at a time.",
                    word -> number(word, 1, MOST_FLOWS));

    static final Key<Optional<BitRate>> PROVIDER_RATE =
            optional(
                    "provider.rate",
                    "a rate such as '100 Mbit/s'",
                    "The most that all sessions get together, each way; no limit otherwise.",
                    BitRate::parse);

    static final Key<Optional<BitRate>> PROVIDER_SESSION_RATE =
            optional(
                    "provider.rate-per-session",
                    "a rate such as '20 Mbit/s'",
                    "The most that one session gets, each way; no limit otherwise.",
                    BitRate::parse);

    static final Key<Optional<EvmAddress>> IDENTITY_WALLET =
            optional(
                    "identity.wallet",
                    ADDRESS,
                    "The wallet that this node belongs to; provider.payee otherwise, or the one"
                            + " that 'flowshield identity register' was run with.",
                    Keys::address);

    static final Key<List<Multiaddr>> NETWORK_BOOTSTRAP =
            several(
                    "network.bootstrap",
                    List.of(),
                    "a list of multiaddrs that end in /p2p/ID",
                    "Nodes to begin with, before those of the network file. What 'flowshield network'"
                            + " chose takes the place of both.",
                    Keys::peer);

    static final Key<List<Multiaddr>> NETWORK_ANNOUNCE =
            several(
                    "network.announce",
                    List.of(),
                    "a list of multiaddrs such as /ip4/203.0.113.7/tcp/4001",
                    "Where this machine can be dialled although it does not know so itself: for"
                            + " instance where a router forwards a port to it.",
                    Keys::multiaddr);

    static final Key<Boolean> NETWORK_LOCAL =
            single(
                    "network.local",
                    "false",
                    "true, false",
                    "Whether peers of private addresses and of one and the same neighbourhood are"
                            + " taken: for a network at home or in a laboratory.",
                    Keys::yesOrNo);

    static final Key<Boolean> NETWORK_MAP_PORTS =
            single(
                    "network.map-ports",
                    "true",
                    "true, false",
                    "Whether the router at home is asked, by PCP, NAT-PMP or UPnP, to pass on the"
                            + " ports of a node that serves; not with network.local.",
                    Keys::yesOrNo);

    static final Key<Boolean> NETWORK_REMEMBER =
            single(
                    "network.remember",
                    "true",
                    "true, false",
                    "Whether a client keeps, in found.nodes of its data directory, where nodes of"
                            + " the network are that it found, and on which day: it begins with"
                            + " them when no other node answers. false deletes the file.",
                    Keys::yesOrNo);

    static final Key<Boolean> NETWORK_MDNS =
            single(
                    "network.mdns",
                    "false",
                    "true, false",
                    "Whether a node that serves tells everybody in the local network that it is"
                            + " there, and looks for others. Of use with network.local.",
                    Keys::yesOrNo);

    static final Key<Optional<String>> CHAIN_NETWORK =
            optional(
                    "chain.network",
                    "a path, absolute or from the data directory",
                    "The network file: which chain payment runs on; network.toml in the data"
                            + " directory if there is one, and no payment otherwise. RPCs that"
                            + " 'flowshield network' chose take the place of its own.",
                    Keys::path);

    static final Key<RegistryBy> CHAIN_REGISTRY =
            single(
                    "chain.registry",
                    "auto",
                    "auto, rpc, proofs",
                    "Who says which wallet a node belongs to, and whether it was revoked: the RPC"
                            + " that is asked for everything, or storage proofs from fullnodes, in"
                            + " a block that most of the RPCs name, which needs three of different"
                            + " servers. auto takes proofs where there are so many and the chain is"
                            + " none for development.",
                    word -> choice(word, RegistryBy.values()));

    static final Key<Optional<EvmAddress>> CLIENT_WALLET =
            optional(
                    "client.wallet",
                    ADDRESS,
                    "The wallet whose purse pays for sessions; nothing is paid otherwise.",
                    Keys::address);

    static final Key<Optional<TokenAmount>> CLIENT_MAX_PRICE =
            optional(
                    "client.max-price",
                    AMOUNT,
                    "The most that is paid for a GiB unless who connects says otherwise; nothing"
                            + " is paid unasked otherwise.",
                    Keys::amount);

    static final Key<TokenAmount> CLIENT_SESSION_CAP =
            single(
                    "client.cap-per-session",
                    "1",
                    AMOUNT,
                    "The most that is spent in one session; 'flowshield spending' may lower it.",
                    Keys::amount);

    static final Key<TokenAmount> CLIENT_DAY_CAP =
            single(
                    "client.cap-per-day",
                    "5",
                    AMOUNT,
                    "The most that is spent in one day, UTC; 'flowshield spending' may lower it.",
                    Keys::amount);

    static final Key<TokenAmount> CLIENT_MONTH_CAP =
            single(
                    "client.cap-per-month",
                    "50",
                    AMOUNT,
                    "The most that is spent in one month, UTC; 'flowshield spending' may lower it.",
                    Keys::amount);

    static final Key<TokenAmount> CLIENT_DEPOSIT =
            single(
                    "client.deposit",
                    "1",
                    POSITIVE,
                    "What is locked in a new payment channel; the rest comes back when it closes.",
                    Keys::positive);

    static final Key<Integer> CLIENT_STANDBY =
            single(
                    "client.standby",
                    "2",
                    "0 to " + MOST_STANDBY,
                    "How many payment channels are kept open to other providers of client.providers"
                            + " (or of the request), so that one that fails is replaced at once."
                            + " Each locks a deposit.",
                    word -> number(word, 0, MOST_STANDBY));

    static final Key<Boolean> PROVIDER_FREE =
            single(
                    "provider.free",
                    "false",
                    "true, false",
                    "Whether clients are served for nothing.",
                    Keys::yesOrNo);

    static final Key<Optional<TokenAmount>> PROVIDER_PRICE =
            optional(
                    "provider.price",
                    POSITIVE,
                    "What a GiB costs, both directions together, in FLOW.",
                    Keys::positive);

    static final Key<Optional<EvmAddress>> PROVIDER_PAYEE =
            optional(
                    "provider.payee",
                    ADDRESS,
                    "The wallet that is paid. Its key stays where it is.",
                    Keys::address);

    static final Key<Optional<Country>> PROVIDER_COUNTRY =
            optional(
                    "provider.country",
                    "two capital letters of ISO 3166-1 such as NL",
                    "Where the market is told that this provider's clients are taken to be; it is"
                            + " shown as the provider's own word. Nothing is told otherwise.",
                    Keys::country);

    static final Key<Optional<WeeklyHours>> PROVIDER_HOURS =
            optional(
                    "provider.hours",
                    "days and hours such as mon-fri=22-7,sat=0-24",
                    "The hours, in the machine's local time, in which the provider role is switched"
                            + " on, and off outside of them; it is not switched by hours otherwise."
                            + " What 'flowshield share schedule' chose goes before it.",
                    Keys::hours);

    static final Key<Boolean> PROVIDER_RELAY =
            single(
                    "provider.relay",
                    "true",
                    "true, false",
                    "Whether clients' orders are carried to the chain, for a fee in FLOW.",
                    Keys::yesOrNo);

    static final Key<TokenAmount> PROVIDER_RELAY_FEE =
            single(
                    "provider.relay-fee",
                    "0.01",
                    AMOUNT,
                    "What is taken for carrying a client's order, which costs gas.",
                    Keys::amount);

    static final Key<TokenAmount> PROVIDER_GAS_WORTH =
            single(
                    "provider.gas-worth",
                    "1000",
                    AMOUNT,
                    "What one coin for gas is worth in FLOW: what was earned is settled by itself"
                            + " when its gas takes at most a fiftieth of it.",
                    Keys::amount);

    static final Key<List<Multiaddr>> FULLNODE_LISTEN =
            several(
                    "fullnode.listen",
                    List.of("/ip4/0.0.0.0/tcp/4001", "/ip6/::/tcp/4001"),
                    "a list of multiaddrs of TCP; port 0 takes a free one",
                    "Where a fullnode awaits its peers; a provider of this node may use the same.",
                    Keys::multiaddr);

    static final Key<Optional<InetSocketAddress>> FULLNODE_HTTP =
            optional(
                    "fullnode.http",
                    "an IP address and a port such as 127.0.0.1:8080; port 0 takes a free one",
                    "Where a fullnode tells the market to browsers and scripts; nowhere"
                            + " otherwise.",
                    Keys::listener);

    static final Key<Integer> FULLNODE_OFFERS =
            single(
                    "fullnode.max-offers",
                    "" + Bounds.DEFAULT.offers(),
                    "1 to " + Bounds.DEFAULT.offers(),
                    "How many offers a fullnode lists; each takes some 600 bytes of memory and 1"
                            + " KiB of disk.",
                    word -> number(word, 1, Bounds.DEFAULT.offers()));

    static final Key<Integer> FULLNODE_PER_WALLET =
            single(
                    "fullnode.max-offers-per-wallet",
                    "" + Bounds.DEFAULT.perWallet(),
                    "1 to 1000",
                    "How many nodes of one wallet a fullnode lists.",
                    word -> number(word, 1, 1_000));

    static final Key<Optional<InetSocketAddress>> METRICS =
            optional(
                    "metrics.listen",
                    "an IP address and a port such as 127.0.0.1:9464",
                    "Where Prometheus may ask for metrics; nowhere otherwise.",
                    Keys::endpoint);

    static final List<Key<?>> ALL =
            List.of(
                    LOG_FORMAT,
                    LOG_LEVEL,
                    ROLES,
                    IDENTITY_WALLET,
                    NETWORK_BOOTSTRAP,
                    NETWORK_ANNOUNCE,
                    NETWORK_LOCAL,
                    NETWORK_MAP_PORTS,
                    NETWORK_REMEMBER,
                    NETWORK_MDNS,
                    CLIENT_CONNECT,
                    CLIENT_COUNTRY,
                    CLIENT_PROVIDERS,
                    CLIENT_LANES,
                    CLIENT_DNS,
                    CLIENT_LAN,
                    CLIENT_WALLET,
                    CLIENT_MAX_PRICE,
                    CLIENT_SESSION_CAP,
                    CLIENT_DAY_CAP,
                    CLIENT_MONTH_CAP,
                    CLIENT_DEPOSIT,
                    CLIENT_STANDBY,
                    PROVIDER_LISTEN,
                    PROVIDER_EXIT_ALLOW,
                    PROVIDER_DNS,
                    PROVIDER_SESSIONS,
                    PROVIDER_FLOWS,
                    PROVIDER_RATE,
                    PROVIDER_SESSION_RATE,
                    PROVIDER_FREE,
                    PROVIDER_PRICE,
                    PROVIDER_PAYEE,
                    PROVIDER_COUNTRY,
                    PROVIDER_HOURS,
                    PROVIDER_RELAY,
                    PROVIDER_RELAY_FEE,
                    PROVIDER_GAS_WORTH,
                    FULLNODE_LISTEN,
                    FULLNODE_HTTP,
                    FULLNODE_OFFERS,
                    FULLNODE_PER_WALLET,
                    CHAIN_NETWORK,
                    CHAIN_REGISTRY,
                    METRICS);

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private static final int DNS_PORT = 53;
    private static final int MOST_PORT = 65_535;

    private Keys() {}

    static Optional<Key<?>> find(String path) {
        return ALL.stream().filter(key -> key.path().equals(path)).findFirst();
    }

    // ---- kinds of keys ----

    private static <T> Key<T> single(
            String path, String otherwise, String allowed, String help, Function<String, T> one) {
        return new Key<>(
                path,
                false,
                List.of(otherwise),
                allowed,
                help,
                words -> one.apply(words.getFirst()));
    }

    private static <T> Key<Optional<T>> optional(
            String path, String allowed, String help, Function<String, T> one) {
        return new Key<>(
                path,
                false,
                List.of(),
                allowed,
                help,
                words -> words.stream().findFirst().map(one));
    }

    private static <T> Key<List<T>> several(
            String path,
            List<String> otherwise,
            String allowed,
            String help,
            Function<String, T> one) {
        return new Key<>(
                path, true, otherwise, allowed, help, words -> words.stream().map(one).toList());
    }

    // ---- kinds of values ----

    private static int number(String word, int least, int most) {
        int number = word.matches("\\d{1,9}") ? Integer.parseInt(word) : -1;
        if (number < least || number > most) {
            throw new IllegalArgumentException("'" + word + "' is no such number");
        }
        return number;
    }

    private static <E extends Enum<E>> E choice(String word, E[] choices) {
        for (E choice : choices) {
            if (choice.name().equalsIgnoreCase(word)) {
                return choice;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is none of them");
    }

    private static Set<RoleName> roles(List<String> words) {
        Set<RoleName> roles = EnumSet.noneOf(RoleName.class);
        for (String word : words) {
            roles.add(
                    RoleName.parse(word)
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "there is no role '" + word + "'")));
        }
        return Set.copyOf(roles);
    }

    private static Multiaddr multiaddr(String word) {
        try {
            return Multiaddr.parse(word);
        } catch (MalformedMultiaddrException e) {
            throw new IllegalArgumentException("'" + word + "': " + e.getMessage(), e);
        }
    }

    /** Whoever is named without an id could be anybody. */
    private static Multiaddr peer(String word) {
        Multiaddr address = multiaddr(word);
        if (address.peerId().isEmpty()) {
            throw new IllegalArgumentException("'" + word + "' does not end in /p2p/ID");
        }
        return address;
    }

    private static Destination destination(String word) {
        return word.equals(ConnectRequest.BEST)
                ? Destination.BEST
                : new Destination(Optional.of(multiaddr(word)));
    }

    private static Country country(String word) {
        if (!COUNTRIES.contains(word)) {
            throw new IllegalArgumentException("there is no country '" + word + "'");
        }
        return new Country(word);
    }

    private static WeeklyHours hours(String word) {
        try {
            return WeeklyHours.parse(word);
        } catch (MalformedHoursException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static boolean yesOrNo(String word) {
        if (!word.equals("true") && !word.equals("false")) {
            throw new IllegalArgumentException("'" + word + "' is none of them");
        }
        return word.equals("true");
    }

    private static TokenAmount amount(String word) {
        try {
            return TokenAmount.parse(word);
        } catch (MalformedAmountException e) {
            throw new IllegalArgumentException("'" + word + "': " + e.getMessage(), e);
        }
    }

    private static TokenAmount positive(String word) {
        TokenAmount amount = amount(word);
        if (amount.isZero()) {
            throw new IllegalArgumentException("'" + word + "' is nothing");
        }
        return amount;
    }

    private static EvmAddress address(String word) {
        EvmAddress address;
        try {
            address = EvmAddress.parse(word);
        } catch (MalformedAddressException e) {
            throw new IllegalArgumentException("'" + word + "': " + e.getMessage(), e);
        }
        if (address.isZero()) {
            throw new IllegalArgumentException("money sent to " + word + " is lost");
        }
        return address;
    }

    private static String path(String word) {
        if (word.isBlank() || word.indexOf(0) >= 0) {
            throw new IllegalArgumentException("'" + word + "' is no path");
        }
        return word;
    }

    private static List<DnsServer> dnsServers(List<String> words) {
        try {
            return DnsServer.parseAll(String.join(" ", words));
        } catch (MalformedDnsServerException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static InetSocketAddress resolver(String word) {
        boolean hasPort = word.startsWith("[") || word.indexOf(':') == word.lastIndexOf(':');
        return hasPort && word.contains(":")
                ? endpoint(word)
                : new InetSocketAddress(Cidr.parse(word).address(), DNS_PORT);
    }

    private static InetSocketAddress endpoint(String word) {
        return endpoint(word, 1);
    }

    /** Where port 0 takes a free one, which the status tells. */
    private static InetSocketAddress listener(String word) {
        return endpoint(word, 0);
    }

    private static InetSocketAddress endpoint(String word, int leastPort) {
        int colon = word.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("'" + word + "' has no port");
        }
        String address = word.substring(0, colon);
        if (address.startsWith("[") && address.endsWith("]")) {
            address = address.substring(1, address.length() - 1);
        }
        return new InetSocketAddress(
                Cidr.parse(address).address(),
                number(word.substring(colon + 1), leastPort, MOST_PORT));
    }

    /** The paths of all keys, for messages. */
    static List<String> paths() {
        List<String> paths = new ArrayList<>();
        ALL.forEach(key -> paths.add(key.path()));
        return paths;
    }
}
