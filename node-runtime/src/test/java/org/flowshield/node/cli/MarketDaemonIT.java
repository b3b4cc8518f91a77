package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.market.FoundProvider;
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.api.payment.NetworkStatus;
import org.flowshield.node.demo.LabDaemon;
import org.flowshield.node.demo.LabMarket;
import org.flowshield.node.demo.Prerequisites;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A fullnode, a provider, a client and a chain: the client is told of the fullnode alone, and
 * finds, checks and pays a provider, by the fullnode's directory, with the fullnode killed, and
 * after a restart with nobody there but the provider.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class MarketDaemonIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PRICE = "0.5";
    private static final String FULLNODE =
            "/ip4/" + Link.INTERNET.ipv4().getHostAddress() + "/tcp/4001";

    @BeforeEach
    void needs_root_and_anvil() {
        assumeTrue(Prerequisites.isRoot(), "makes network namespaces: needs root");
        List<String> missing = Prerequisites.missingPackages();
        assumeTrue(missing.isEmpty(), "needs the packages " + missing);
        Path contracts = Path.of("").toAbsolutePath().resolveSibling("contracts");
        String anvil = Anvil.missing(Anvil.binary(contracts));
        assumeTrue(anvil.isEmpty(), anvil);
    }

    private static LabDaemon daemon(Lab lab, Namespace namespace, List<String> more)
            throws Exception {
        List<String> options = new ArrayList<>(List.of("--set", "network.local=true"));
        options.addAll(more);
        return LabDaemon.start(lab, namespace, FlowShield.class, options.toArray(String[]::new));
    }

    private static LabDaemon fullnode(Lab lab, LabMarket market) throws Exception {
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "--set",
                                "roles.enabled=fullnode",
                                "--set",
                                "fullnode.listen=" + FULLNODE));
        options.addAll(market.earning(PRICE));
        return daemon(lab, Namespace.INTERNET, options);
    }

    private static LabDaemon provider(Lab lab, LabMarket market, String begin) throws Exception {
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "--set",
                                "roles.enabled=provider",
                                "--set",
                                "provider.country=NL",
                                "--set",
                                "network.bootstrap=" + begin,
                                "--set",
                                "provider.listen=/ip4/"
                                        + Link.PROVIDER.ipv4().getHostAddress()
                                        + "/tcp/4001"));
        options.addAll(market.earning(PRICE));
        return daemon(lab, Namespace.PROVIDER, options);
    }

    private static LabDaemon client(Lab lab, LabMarket market, String... begin) throws Exception {
        List<String> options =
                new ArrayList<>(List.of("--set", "network.bootstrap=" + String.join(",", begin)));
        options.addAll(market.paying("1"));
        return daemon(lab, Namespace.CLIENT, options);
    }

    private static FoundProviders await(LabDaemon client, Predicate<FoundProviders> claim)
            throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            FoundProviders found = client.api().market().find(ProviderQuery.ANY);
            if (claim.test(found)) {
                return found;
            }
            assertThat(System.nanoTime() - end).as(found.toString()).isNegative();
            LockSupport.parkNanos(500_000_000);
        }
    }

    @Test
    void the_best_is_found_checked_and_paid_with_a_fullnode_and_without() throws Exception {
        try (Lab lab = Lab.create(line -> System.out.println("MarketDaemonIT: " + line))) {
            URI web = lab.startWebServer();
            LabMarket market = LabMarket.open(lab, System.out::println);
            try (LabDaemon fullnode = fullnode(lab, market)) {
                String begin = FULLNODE + "/p2p/" + fullnode.api().peerId();
                try (LabDaemon provider = provider(lab, market, begin);
                        LabDaemon client = client(lab, market, begin)) {
                    market.allow(provider, client);
                    new Scene(lab, web, fullnode, provider, client).play();
                    client.end();
                    try (LabDaemon restarted = client(lab, market, begin)) {
                        new Scene(lab, web, fullnode, provider, restarted).playRestarted();
                    }
                }
            }
        }
    }

    /**
     * The client's network file names three RPCs, one of which is gone. Of the others it believes
     * no more than what both say of a block; the fullnode proves the rest.
     */
    @Test
    void who_is_to_be_paid_is_proved_where_no_single_rpc_is_believed() throws Exception {
        try (Lab lab = Lab.create(line -> System.out.println("MarketDaemonIT: " + line))) {
            URI web = lab.startWebServer();
            LabMarket market = LabMarket.open(lab, System.out::println);
            try (LabDaemon fullnode = fullnode(lab, market)) {
                String begin = FULLNODE + "/p2p/" + fullnode.api().peerId();
                try (LabDaemon provider = provider(lab, market, begin);
                        LabDaemon client = provingClient(lab, market, begin)) {
                    market.allow(provider, client);
                    new Scene(lab, web, fullnode, provider, client).playProved();
                }
            }
        }
    }

    private static LabDaemon provingClient(Lab lab, LabMarket market, String begin)
            throws Exception {
        Path shipped = lab.data(Namespace.INTERNET).resolve("network.toml");
        Path proving = lab.data(Namespace.INTERNET).resolve("proving.toml");
        String host = Link.INTERNET.ipv4().getHostAddress();
        Files.writeString(
                proving,
                Files.readString(shipped)
                        .replaceFirst(
                                "rpc = .*",
                                "rpc = [\"http://%s:8545\", \"http://[::ffff:%s]:8545\", \"http://%s:1\"]"
                                        .formatted(host, host, host)));
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "--set",
                                "network.bootstrap=" + begin,
                                "--set",
                                "chain.registry=proofs"));
        market.paying("1")
                .forEach(
                        option ->
                                options.add(
                                        option.startsWith("chain.network=")
                                                ? "chain.network=" + proving
                                                : option));
        return daemon(lab, Namespace.CLIENT, options);
    }

    /** What happens, act by act. */
    private record Scene(
            Lab lab, URI web, LabDaemon fullnode, LabDaemon provider, LabDaemon client) {

        void play() throws Exception {
            FoundProviders found = await(client, one -> !one.providers().isEmpty());
            FoundProvider best = found.providers().getFirst();
            assertThat(provider.multiaddr()).endsWith(best.peerId());
            assertThat(best.vouched()).isTrue();
            assertThat(best.country()).isEqualTo("NL");
            assertThat(best.stake()).isEqualTo(MemoryPayments.flow("100"));
            assertThat(best.pricePerGib()).isEqualTo(MemoryPayments.flow(PRICE));

            assertRefused(client, ConnectRequest.best(null, 1, null), "payment_required");
            assertRefused(
                    client,
                    ConnectRequest.best(null, 1, MemoryPayments.flow("0.4")),
                    "no_provider");
            assertRefused(
                    client, ConnectRequest.best("DE", 1, MemoryPayments.flow("1")), "no_provider");
            connects(ConnectRequest.best("NL", 1, MemoryPayments.flow(PRICE)));
            throughTheTunnel();
            assertThat(client.api().disconnect().state()).isEqualTo(ClientState.DISCONNECTED);

            fullnode.signal("KILL");
            FoundProviders without =
                    await(client, one -> one.directories() == 0 && one.problem() == null);
            assertThat(without.providers())
                    .extracting(FoundProvider::peerId)
                    .containsExactly(best.peerId());
            connects(new ConnectRequest(best.peerId(), 1, MemoryPayments.flow(PRICE)));
            assertThat(client.api().disconnect().state()).isEqualTo(ClientState.DISCONNECTED);
        }

        /** The client was told of nobody who lives, and has found others before. */
        void playRestarted() throws Exception {
            FoundProviders found =
                    await(client, one -> one.problem() == null && !one.providers().isEmpty());
            assertThat(found.directories()).isZero();
            assertThat(provider.multiaddr()).endsWith(found.providers().getFirst().peerId());
            connects(ConnectRequest.best("NL", 1, MemoryPayments.flow(PRICE)));
            assertThat(client.api().disconnect().state()).isEqualTo(ClientState.DISCONNECTED);
        }

        void playProved() throws Exception {
            assertThat(
                            Objects.requireNonNull(client.api().payments().status().network())
                                    .identities())
                    .isEqualTo(NetworkStatus.Identities.PROOFS);
            chain("evm_mine", "");
            FoundProviders found =
                    await(
                            client,
                            one ->
                                    !one.providers().isEmpty()
                                            && one.providers().getFirst().vouched());
            assertThat(provider.multiaddr()).endsWith(found.providers().getFirst().peerId());
            connects(ConnectRequest.best("NL", 1, MemoryPayments.flow(PRICE)));
            assertThat(client.api().disconnect().state()).isEqualTo(ClientState.DISCONNECTED);

            chain("evm_increaseTime", "3600");
            chain("evm_mine", "");
            FoundProviders unproved =
                    await(
                            client,
                            one ->
                                    !one.providers().isEmpty()
                                            && !one.providers().getFirst().vouched());
            assertThat(Objects.requireNonNull(unproved.problem()).message())
                    .contains("is of the future");
            assertRefused(
                    client, ConnectRequest.best(null, 1, MemoryPayments.flow("1")), "not_vouched");
        }

        private void chain(String method, String parameter) throws Exception {
            String rpc = "http://" + Link.INTERNET.ipv4().getHostAddress() + ":8545";
            assertThat(
                            lab.run(
                                            Namespace.INTERNET,
                                            "curl",
                                            "-s",
                                            "-H",
                                            "content-type: application/json",
                                            "-d",
                                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[%s]}"
                                                    .formatted(method, parameter),
                                            rpc)
                                    .output())
                    .contains("result");
        }

        private void connects(ConnectRequest request) throws Exception {
            ClientStatus connected = client.api().connect(request);
            assertThat(connected.state()).isEqualTo(ClientState.CONNECTED);
            assertThat(connected.provider()).isEqualTo(provider.multiaddr());
            assertThat(Objects.requireNonNull(connected.payment()).pricePerGib())
                    .isEqualTo(MemoryPayments.flow(PRICE));
            assertThat(
                            lab.run(Namespace.CLIENT, "curl", "-s", "-m", "20", web + "address")
                                    .output()
                                    .strip())
                    .isEqualTo(Link.PROVIDER.ipv4().getHostAddress());
        }

        /** By sockets without a mark: the fullnode answers there, too. */
        private void throughTheTunnel() throws Exception {
            Instant before = client.api().market().find(ProviderQuery.ANY).at();
            FoundProviders inside = await(client, one -> one.at().isAfter(before));
            assertThat(inside.directories()).isEqualTo(1);
            assertThat(inside.providers()).hasSize(1);
        }
    }

    private static void assertRefused(LabDaemon client, ConnectRequest request, String code) {
        assertThatThrownBy(() -> client.api().connect(request))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
