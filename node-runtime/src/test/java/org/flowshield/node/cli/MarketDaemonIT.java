package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.market.FoundProvider;
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.market.ProviderQuery;
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
 * Two daemons and a chain: the client is told nobody's address but a node to begin with, and finds,
 * checks and pays a provider without any fullnode.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class MarketDaemonIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PRICE = "0.5";

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

    private static LabDaemon provider(Lab lab, LabMarket market) throws Exception {
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "--set",
                                "roles.enabled=provider",
                                "--set",
                                "provider.listen=/ip4/"
                                        + Link.PROVIDER.ipv4().getHostAddress()
                                        + "/tcp/4001"));
        options.addAll(market.earning(PRICE));
        return daemon(lab, Namespace.PROVIDER, options);
    }

    private static LabDaemon client(Lab lab, LabMarket market, String begin) throws Exception {
        List<String> options = new ArrayList<>(List.of("--set", "network.bootstrap=" + begin));
        options.addAll(market.paying("1"));
        return daemon(lab, Namespace.CLIENT, options);
    }

    private static FoundProvider await(LabDaemon client) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            FoundProviders found = client.api().market().find(ProviderQuery.ANY);
            if (!found.providers().isEmpty()) {
                assertThat(found.directories()).isZero();
                assertThat(found.problem()).isNull();
                return found.providers().getFirst();
            }
            assertThat(System.nanoTime() - end).as(found.toString()).isNegative();
            LockSupport.parkNanos(500_000_000);
        }
    }

    @Test
    void the_best_is_found_without_a_fullnode_checked_and_paid() throws Exception {
        try (Lab lab = Lab.create(line -> System.out.println("MarketDaemonIT: " + line))) {
            URI web = lab.startWebServer();
            LabMarket market = LabMarket.open(lab, System.out::println);
            try (LabDaemon provider = provider(lab, market);
                    LabDaemon client = client(lab, market, provider.multiaddr())) {
                market.allow(provider, client);
                FoundProvider found = await(client);
                assertThat(provider.multiaddr()).endsWith(found.peerId());
                assertThat(found.vouched()).isTrue();
                assertThat(found.stake()).isEqualTo(MemoryPayments.flow("100"));
                assertThat(found.pricePerGib()).isEqualTo(MemoryPayments.flow(PRICE));

                assertRefused(client, ConnectRequest.best(null, 1, null), "payment_required");
                assertRefused(
                        client,
                        ConnectRequest.best(null, 1, MemoryPayments.flow("0.4")),
                        "no_provider");
                ClientStatus connected =
                        client.api()
                                .connect(ConnectRequest.best(null, 1, MemoryPayments.flow(PRICE)));
                assertThat(connected.state()).isEqualTo(ClientState.CONNECTED);
                assertThat(connected.provider()).isEqualTo(provider.multiaddr());
                assertThat(Objects.requireNonNull(connected.payment()).pricePerGib())
                        .isEqualTo(MemoryPayments.flow(PRICE));
                assertThat(
                                lab.run(Namespace.CLIENT, "curl", "-s", "-m", "20", web + "address")
                                        .output()
                                        .strip())
                        .isEqualTo(Link.PROVIDER.ipv4().getHostAddress());

                // Through the tunnel, by sockets without a mark.
                assertThat(client.api().market().find(ProviderQuery.ANY).providers())
                        .extracting(FoundProvider::peerId)
                        .containsExactly(found.peerId());
                assertThat(client.api().disconnect().state()).isEqualTo(ClientState.DISCONNECTED);
            }
        }
    }

    private static void assertRefused(LabDaemon client, ConnectRequest request, String code) {
        assertThatThrownBy(() -> client.api().connect(request))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
