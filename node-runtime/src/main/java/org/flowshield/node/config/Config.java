package org.flowshield.node.config;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.fullnode.index.Bounds;
import org.flowshield.node.hours.WeeklyHours;
import org.flowshield.node.payment.Country;

/**
 * The configuration of a daemon. Options of the command line go before the environment, the
 * environment before the file, the file before defaults. Immutable.
 */
public final class Config {

    private final List<Source> sources;
    private final Map<Key<?>, Object> values = new LinkedHashMap<>();

    private Config(List<Source> sources) {
        this.sources = List.copyOf(sources);
    }

    /**
     * Reads all sources and checks every value.
     *
     * @param file need not exist
     * @param options each {@code KEY=VALUE}
     * @throws ConfigException if anything is wrong, with everything that is
     * @throws IOException if the file is there and can't be read
     */
    public static Config read(Path file, Map<String, String> environment, List<String> options)
            throws ConfigException, IOException {
        List<String> problems = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        sources.add(Source.ofOptions(options, problems));
        sources.add(Source.ofEnvironment(environment));
        if (Files.exists(file)) {
            sources.add(TomlFile.read(file, problems));
        }
        Config config = new Config(sources);
        sources.forEach(source -> unknown(source, problems));
        Keys.ALL.forEach(key -> config.take(key, problems));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return config;
    }

    private static void unknown(Source source, List<String> problems) {
        source.said()
                .forEach(
                        (path, said) -> {
                            if (Keys.find(path).isEmpty()) {
                                problems.add(
                                        "%s: there is no '%s'; allowed are %s"
                                                .formatted(
                                                        said.place(),
                                                        path,
                                                        String.join(", ", Keys.paths())));
                            }
                        });
    }

    private void take(Key<?> key, List<String> problems) {
        Optional<Source.Said> said = said(key);
        List<String> words = said.map(Source.Said::words).orElse(key.otherwise());
        try {
            values.put(key, key.reader().read(words));
        } catch (IllegalArgumentException e) {
            problems.add(
                    "%s: %s: %s; allowed: %s"
                            .formatted(
                                    said.map(Source.Said::place).orElse("default"),
                                    key.path(),
                                    e.getMessage(),
                                    key.allowed()));
        }
    }

    private Optional<Source.Said> said(Key<?> key) {
        return sources.stream()
                .flatMap(source -> Optional.ofNullable(source.said().get(key.path())).stream())
                .findFirst();
    }

    @SuppressWarnings("unchecked") // the key's own reader made it
    private <T> T value(Key<T> key) {
        return (T) java.util.Objects.requireNonNull(values.get(key));
    }

    public LogFormat logFormat() {
        return value(Keys.LOG_FORMAT);
    }

    public LogLevel logLevel() {
        return value(Keys.LOG_LEVEL);
    }

    /** The roles to switch on at the start. */
    public Set<RoleName> roles() {
        return value(Keys.ROLES);
    }

    /** The wallet that this node belongs to, if the operator has named one. */
    public Optional<EvmAddress> identityWallet() {
        return value(Keys.IDENTITY_WALLET).or(this::payee);
    }

    /** Nodes to begin with, before those of the network file. */
    public List<Multiaddr> bootstrap() {
        return value(Keys.NETWORK_BOOTSTRAP);
    }

    /** Where this machine can be dialled besides where it knows itself. */
    public List<Multiaddr> announce() {
        return value(Keys.NETWORK_ANNOUNCE);
    }

    /** Whether peers of private addresses and of one neighbourhood are taken. */
    public boolean isLocal() {
        return value(Keys.NETWORK_LOCAL);
    }

    /** Whether the router is asked to pass ports on. */
    public boolean mapsPorts() {
        return value(Keys.NETWORK_MAP_PORTS);
    }

    /** Whether a client keeps where nodes are that it found. */
    public boolean remembers() {
        return value(Keys.NETWORK_REMEMBER);
    }

    /** Whether peers are looked for in the local network, and told. */
    public boolean mdns() {
        return value(Keys.NETWORK_MDNS);
    }

    /** Whom to connect to at the start. */
    public Optional<Destination> connect() {
        return value(Keys.CLIENT_CONNECT);
    }

    /** Where the best of the market is to be. */
    public Optional<Country> connectIn() {
        return value(Keys.CLIENT_COUNTRY);
    }

    /** Whom else to go to, the best first. */
    public List<Multiaddr> providers() {
        return value(Keys.CLIENT_PROVIDERS);
    }

    public int lanes() {
        return value(Keys.CLIENT_LANES);
    }

    /** How the client's connections are to be where nobody has chosen while the node ran. */
    public ClientSettings clientSettings() {
        return new ClientSettings(value(Keys.CLIENT_DNS), value(Keys.CLIENT_LAN));
    }

    public List<Multiaddr> listen() {
        return value(Keys.PROVIDER_LISTEN);
    }

    /** Whether nobody has said where to listen. */
    public boolean listensByDefault() {
        return said(Keys.PROVIDER_LISTEN).isEmpty();
    }

    public List<Cidr> exitAllow() {
        return value(Keys.PROVIDER_EXIT_ALLOW);
    }

    /** Empty: the system's own resolvers. */
    public List<InetSocketAddress> resolvers() {
        return value(Keys.PROVIDER_DNS);
    }

    public int maxSessions() {
        return value(Keys.PROVIDER_SESSIONS);
    }

    public int maxFlowsPerSession() {
        return value(Keys.PROVIDER_FLOWS);
    }

    public Optional<BitRate> rate() {
        return value(Keys.PROVIDER_RATE);
    }

    public Optional<BitRate> ratePerSession() {
        return value(Keys.PROVIDER_SESSION_RATE);
    }

    /** The network file, absolute or from the data directory; empty if nobody named one. */
    public Optional<Path> network() {
        return value(Keys.CHAIN_NETWORK).map(Path::of);
    }

    /** Who says which wallet a node belongs to. */
    public RegistryBy registryBy() {
        return value(Keys.CHAIN_REGISTRY);
    }

    public Optional<EvmAddress> wallet() {
        return value(Keys.CLIENT_WALLET);
    }

    /** The most that is paid for a GiB where nobody says otherwise. */
    public Optional<TokenAmount> maxPrice() {
        return value(Keys.CLIENT_MAX_PRICE);
    }

    public Cap capPerSession() {
        return cap(Keys.CLIENT_SESSION_CAP);
    }

    public Cap capPerDay() {
        return cap(Keys.CLIENT_DAY_CAP);
    }

    public Cap capPerMonth() {
        return cap(Keys.CLIENT_MONTH_CAP);
    }

    private Cap cap(Key<TokenAmount> key) {
        return new Cap(value(key), said(key).isPresent());
    }

    /** What is locked in a new channel. */
    public TokenAmount deposit() {
        return value(Keys.CLIENT_DEPOSIT);
    }

    /** How many channels are kept to other providers. */
    public int standby() {
        return value(Keys.CLIENT_STANDBY);
    }

    /** Whether the provider serves for nothing. */
    public boolean free() {
        return value(Keys.PROVIDER_FREE);
    }

    /** Of a GiB. */
    public Optional<TokenAmount> price() {
        return value(Keys.PROVIDER_PRICE);
    }

    public Optional<EvmAddress> payee() {
        return value(Keys.PROVIDER_PAYEE);
    }

    /** Where the provider says that its clients are taken to be. */
    public Optional<Country> country() {
        return value(Keys.PROVIDER_COUNTRY);
    }

    /** In which the provider role is switched on by itself. */
    public Optional<WeeklyHours> hours() {
        return value(Keys.PROVIDER_HOURS);
    }

    /** For carrying an order. */
    public TokenAmount relayFee() {
        return value(Keys.PROVIDER_RELAY_FEE);
    }

    /** What a coin for gas is worth in FLOW. */
    public TokenAmount gasWorth() {
        return value(Keys.PROVIDER_GAS_WORTH);
    }

    /** Whether the provider carries its clients' orders to the chain. */
    public boolean relays() {
        return value(Keys.PROVIDER_RELAY);
    }

    /**
     * A limit of spending. Immutable.
     *
     * @param said whether somebody has configured it: then nothing goes above it
     */
    public record Cap(TokenAmount amount, boolean said) {}

    /** Where a fullnode awaits its peers. */
    public List<Multiaddr> fullnodeListen() {
        return value(Keys.FULLNODE_LISTEN);
    }

    /** Whether nobody has said where. */
    public boolean fullnodeListensByDefault() {
        return said(Keys.FULLNODE_LISTEN).isEmpty();
    }

    /** Where a fullnode tells the market by HTTP; empty: nowhere. */
    public Optional<InetSocketAddress> fullnodeHttp() {
        return value(Keys.FULLNODE_HTTP);
    }

    /** How much a fullnode holds. */
    public Bounds fullnodeBounds() {
        return new Bounds(
                value(Keys.FULLNODE_OFFERS),
                value(Keys.FULLNODE_PER_WALLET),
                Bounds.DEFAULT.validFor());
    }

    public Optional<InetSocketAddress> metrics() {
        return value(Keys.METRICS);
    }

    /** One entry of {@link #describe}. */
    public record Entry(
            String path,
            boolean list,
            List<String> words,
            String place,
            String allowed,
            String help) {

        public Entry {
            words = List.copyOf(words);
        }
    }

    /** Every key with its value, where the value comes from, and what is allowed. */
    public List<Entry> describe() {
        List<Entry> entries = new ArrayList<>();
        for (Key<?> key : Keys.ALL) {
            Optional<Source.Said> said = said(key);
            entries.add(
                    new Entry(
                            key.path(),
                            key.list(),
                            said.map(Source.Said::words).orElse(key.otherwise()),
                            said.map(Source.Said::place).orElse("default"),
                            key.allowed(),
                            key.help()));
        }
        return entries;
    }
}
