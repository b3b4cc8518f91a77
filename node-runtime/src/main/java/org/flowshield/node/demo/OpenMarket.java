package org.flowshield.node.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.market.FoundProvider;
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;

/**
 * The demo's market: two fullnodes, and three providers that say that they are in three countries.
 * The cheapest says that it is where the dearest is, the next one dies when it is listed. One
 * thread.
 */
final class OpenMarket implements AutoCloseable {

    /** Countries are what providers say. */
    private static final String HONEST_COUNTRY = "NL";

    private static final String DEAD_COUNTRY = "FR";
    private static final String LYING_COUNTRY = "DE";

    private static final String DEAD_PRICE = "0.4";
    private static final String LYING_PRICE = "0.3";

    private static final int DEAD = 1;
    private static final int LIAR = 2;
    private static final int PROVIDERS = 3;

    private static final int PROVIDER_PORT = 4001;
    private static final int FIRST_FULLNODE_PORT = 4101;
    private static final int SECOND_FULLNODE_PORT = 4102;

    /** A heartbeat comes each ten seconds, and what was said before it came is said again. */
    private static final Duration LISTED_WITHIN = Duration.ofSeconds(90);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private static final String INTERNET = Link.INTERNET.ipv4().getHostAddress();

    /** Where nobody but itself reaches a provider, whatever it says. */
    private static final String LOOPBACK = "127.0.0.1";

    private final LabMarket money;
    private final LabDaemon honest;
    private final LabDaemon dead;
    private final List<LabDaemon> all;

    private OpenMarket(LabMarket money, LabDaemon honest, LabDaemon dead, List<LabDaemon> others) {
        this.money = money;
        this.honest = honest;
        this.dead = dead;
        all = new ArrayList<>(others);
        all.addAll(List.of(honest, dead));
    }

    /** Starts the chain; the first provider, and whom newcomers begin with, are known to it. */
    static LabMarket chain(Lab lab, Consumer<String> progress)
            throws LabException, InterruptedException {
        return LabMarket.open(
                lab,
                new LabMarket.Others(
                        Optional.of(
                                Map.entry(
                                        tcp(INTERNET, FIRST_FULLNODE_PORT),
                                        key(fullnode(lab, FIRST_FULLNODE_PORT)))),
                        List.of(key(lab.data(Namespace.ROUTER)), key(lying(lab)))),
                progress);
    }

    private static Path key(Path data) {
        return data.resolve("node.key");
    }

    private static Path fullnode(Lab lab, int port) {
        return lab.data(Namespace.INTERNET).resolve("fullnode-" + port);
    }

    private static Path lying(Lab lab) {
        return lab.data(Namespace.INTERNET).resolve("liar");
    }

    private static String tcp(String address, int port) {
        return "/ip4/" + address + "/tcp/" + port;
    }

    /** Starts fullnodes and providers on that chain; they are up when this returns. */
    static OpenMarket open(Lab lab, LabMarket money, Class<?> nodeMain)
            throws LabException, InterruptedException {
        Starter starter = new Starter(lab, nodeMain, money);
        LabDaemon first = starter.fullnode(FIRST_FULLNODE_PORT);
        first.awaitSettled();
        LabDaemon second = starter.fullnode(SECOND_FULLNODE_PORT);
        LabDaemon honest =
                starter.provider(
                        Namespace.PROVIDER,
                        lab.data(Namespace.PROVIDER),
                        Link.PROVIDER.ipv4().getHostAddress(),
                        HONEST_COUNTRY,
                        money.earning(LabMarket.PRICE));
        LabDaemon dead =
                starter.provider(
                        Namespace.ROUTER,
                        lab.data(Namespace.ROUTER),
                        Link.CLIENT.routerIpv4().getHostAddress(),
                        DEAD_COUNTRY,
                        money.earning(DEAD_PRICE, DEAD));
        LabDaemon liar =
                starter.provider(
                        Namespace.INTERNET,
                        lying(lab),
                        LOOPBACK,
                        LYING_COUNTRY,
                        money.earning(LYING_PRICE, LIAR),
                        "network.announce="
                                + tcp(Link.PROVIDER.ipv4().getHostAddress(), PROVIDER_PORT));
        OpenMarket market = new OpenMarket(money, honest, dead, List.of(first, second, liar));
        for (LabDaemon each : market.all) {
            each.awaitSettled();
        }
        return market;
    }

    /** How daemons of this market are started. */
    private record Starter(Lab lab, Class<?> nodeMain, LabMarket money) {

        LabDaemon fullnode(int port) throws LabException {
            return start(
                    Namespace.INTERNET,
                    OpenMarket.fullnode(lab, port),
                    money.knowing(),
                    "roles.enabled=fullnode",
                    "fullnode.listen=" + tcp(INTERNET, port));
        }

        LabDaemon provider(
                Namespace namespace,
                Path data,
                String address,
                String country,
                List<String> earning,
                String... more)
                throws LabException {
            List<String> settings =
                    new ArrayList<>(
                            List.of(
                                    "roles.enabled=provider",
                                    "provider.listen=" + tcp(address, PROVIDER_PORT),
                                    "provider.country=" + country));
            settings.addAll(List.of(more));
            return start(namespace, data, earning, settings.toArray(String[]::new));
        }

        private LabDaemon start(
                Namespace namespace, Path data, List<String> options, String... settings)
                throws LabException {
            List<String> words = new ArrayList<>(options);
            words.addAll(local());
            for (String setting : settings) {
                words.addAll(List.of("--set", setting));
            }
            return LabDaemon.launch(lab, namespace, data, nodeMain, words.toArray(String[]::new));
        }
    }

    /** All of the lab is one neighbourhood. */
    static List<String> local() {
        return List.of("--set", "network.local=true");
    }

    LabDaemon honest() {
        return honest;
    }

    /** Waits until a client that knows a bootstrap's address alone is told of all three. */
    void lookAround(LabDaemon client, Checks checks)
            throws LabException, NoDaemonException, RefusedException, InterruptedException {
        long end = System.nanoTime() + LISTED_WITHIN.toNanos();
        FoundProviders found = client.api().market().find(ProviderQuery.ANY);
        while (found.providers().size() < PROVIDERS && System.nanoTime() - end < 0) {
            Thread.sleep(LOOK_EVERY);
            found = client.api().market().find(ProviderQuery.ANY);
        }
        checks.check(
                "the market shows three providers in three countries",
                found.providers().size() == PROVIDERS
                        && found.providers().stream().map(FoundProvider::country).distinct().count()
                                == PROVIDERS,
                found.providers().stream()
                        .map(each -> each.country() + " for " + each.pricePerGib())
                        .collect(Collectors.joining(", ")));
        checks.check(
                "it was asked at fullnodes",
                found.directories() > 0,
                found.directories() + " of 2 answered");
    }

    /**
     * Connects to the best of the market, after one of those that are listed has died.
     *
     * @param price the most that is paid
     */
    ClientStatus connectToTheBest(LabDaemon client, TokenAmount price, Checks checks)
            throws LabException, NoDaemonException, RefusedException, InterruptedException {
        oneDies();
        long start = System.nanoTime();
        ClientStatus connected = client.api().connect(ConnectRequest.best(null, 1, price));
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        checks.check(
                "connected to the right one of the market",
                honest.multiaddr().equals(connected.provider()),
                "in %d ms, without being told its address".formatted(millis));
        List<String> given = connected.failed().stream().map(OpenMarket::words).toList();
        checks.check(
                "the dead and the lying one were given up, and it is said why",
                given.size() == PROVIDERS - 1,
                String.join("; ", given));
        return connected;
    }

    private static String words(FailedProvider failed) {
        String provider = failed.provider();
        return provider.substring(Math.max(0, provider.length() - ID_ENDS))
                + ": "
                + failed.problem().message();
    }

    /** By so much of its end people tell ids apart. */
    private static final int ID_ENDS = 6;

    /** Lets both wallets' owners allow their daemons what they are to do. */
    void allow(LabDaemon client)
            throws LabException, NoDaemonException, RefusedException, InterruptedException {
        money.allow(honest, client);
    }

    /** Lets the honest provider's wallet's owner allow its daemon to settle. */
    void earn() throws LabException, NoDaemonException, RefusedException, InterruptedException {
        money.earn(honest);
    }

    /** One of those that are listed dies, without a word. */
    void oneDies() throws LabException, InterruptedException {
        dead.signal("KILL");
    }

    /** Ends all but the honest provider in order. */
    void endOthers() throws LabException, InterruptedException {
        for (LabDaemon each : all) {
            if (each != honest && each != dead) {
                each.end();
            }
        }
    }

    @Override
    public void close() {
        all.forEach(LabDaemon::close);
    }
}
