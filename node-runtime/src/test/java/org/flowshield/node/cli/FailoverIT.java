package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.api.payment.ChannelClosing;
import org.flowshield.node.api.payment.ChannelStatus;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.api.payment.Settlement;
import org.flowshield.node.client.OutsideDetector;
import org.flowshield.node.demo.LabDaemon;
import org.flowshield.node.demo.Prerequisites;
import org.flowshield.node.demo.WebVisit;
import org.flowshield.node.lab.Completed;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import org.flowshield.node.payment.channel.SessionSigner;
import org.flowshield.node.wallet.agent.AgentClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client whose wallet is locked, and nobody is there: its provider is killed, stopped or cut off,
 * it goes on through another one and pays that from the purse.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class FailoverIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String RPC_PORT = "8545";
    private static final TokenAmount PRICE = MemoryPayments.flow("0.5");
    private static final long DOWNLOAD = 1_000_000;

    /** The development chain's, whose second account has the market's money. */
    private static final String WORDS =
            "test test test test test test test test test test test junk";

    private static final String FIRST_EXIT = Link.PROVIDER.ipv4().getHostAddress();

    /** The second provider is on the router, where the client's cable ends. */
    private static final String SECOND = Link.CLIENT.routerIpv4().getHostAddress();

    private static final String SECOND_EXIT = Link.INTERNET.routerIpv4().getHostAddress();

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void needs_root_and_anvil() {
        assumeTrue(Prerequisites.isRoot(), "makes network namespaces: needs root");
        List<String> missing = Prerequisites.missingPackages();
        assumeTrue(missing.isEmpty(), "needs the packages " + missing);
        Path contracts = Path.of("").toAbsolutePath().resolveSibling("contracts");
        String anvil = Anvil.missing(Anvil.binary(contracts));
        assumeTrue(anvil.isEmpty(), anvil);
    }

    /** What befalls the first provider, and what comes after the client has found the second. */
    @FunctionalInterface
    private interface Plot {
        void in(Scene scene, OutsideDetector outside) throws Exception;
    }

    @Test
    void the_next_provider_is_paid_from_the_purse_with_the_wallet_locked() throws Exception {
        play(
                (scene, outside) -> {
                    scene.failsOver(outside, () -> scene.first().signal("KILL"));
                    scene.asksTheChainWhileBlocked(outside);
                });
    }

    /** Its kernel still answers for its connections, which never break. */
    @Test
    void a_provider_that_hangs_is_left_for_the_next() throws Exception {
        play(
                (scene, outside) -> {
                    scene.failsOver(outside, () -> scene.first().signal("STOP"));
                    scene.first().signal("KILL");
                });
    }

    /** Nothing comes from it any more, neither data nor the end of a connection. */
    @Test
    void a_provider_that_has_lost_its_network_is_left_for_the_next() throws Exception {
        play((scene, outside) -> scene.failsOver(outside, scene::cutOffFirst));
    }

    private void play(Plot plot) throws Exception {
        Path network = folder.resolve("network.toml");
        try (Lab lab = Lab.create(line -> System.out.println("FailoverIT: " + line))) {
            LabProcess market =
                    lab.startJava(
                            Namespace.INTERNET,
                            MarketMain.class,
                            network.toString(),
                            Link.INTERNET.ipv4().getHostAddress(),
                            RPC_PORT,
                            "-",
                            key(lab, Namespace.CLIENT, "operator.key").toString(),
                            key(lab, Namespace.PROVIDER, "operator.key").toString(),
                            key(lab, Namespace.ROUTER, "operator.key").toString());
            URI web = lab.startWebServer();
            String[] ready =
                    market.awaitLine("ready", line -> line.startsWith("ready"), PATIENCE)
                            .split(" ", -1);
            lend(lab, network, key(lab, Namespace.CLIENT, "signer.key"));
            try (LabDaemon first =
                            provider(lab, Namespace.PROVIDER, FIRST_EXIT, network, ready[2]);
                    LabDaemon second = provider(lab, Namespace.ROUTER, SECOND, network, ready[3]);
                    LabDaemon client = client(lab, network, ready[1], second.multiaddr())) {
                new Scene(lab, web, first, second, client).play(plot);
            }
        }
    }

    /** The wallet's owner fills the purse, lets the node pay from it, and locks the wallet. */
    private void lend(Lab lab, Path network, EvmAddress signer) throws Exception {
        Path wallet = folder.resolve("wallet");
        Path password = secret("password", "four little ponies");
        Path words = secret("words", WORDS);
        verb("wallet restore --accounts 2 --mnemonic-file " + words, wallet, password);
        verb("wallet unlock", wallet, password);
        for (String line :
                List.of(
                        "purse deposit --yes 20",
                        "purse authorise --yes --total 10 --per-payee 5 --days 7 --signer "
                                + signer)) {
            List<String> arguments = new ArrayList<>(List.of(line.split(" ", -1)));
            arguments.addAll(List.of("--account", "1", "--wallet", wallet.toString()));
            arguments.addAll(List.of("--network", network.toString()));
            lab.startJava(Namespace.CLIENT, FlowShield.class, arguments.toArray(String[]::new))
                    .awaitSuccess(PATIENCE);
        }
        CommandLineRun.of("wallet", "lock", "--wallet", wallet.toString()).ok();
        AgentClient agent = new AgentClient(wallet);
        await(() -> !agent.isThere());
    }

    private static void verb(String line, Path wallet, Path password) {
        List<String> arguments = new ArrayList<>(List.of(line.split(" ", -1)));
        arguments.addAll(List.of("--wallet", wallet.toString()));
        arguments.addAll(List.of("--password-file", password.toString()));
        CommandLineRun.of(arguments.toArray(String[]::new)).ok();
    }

    private Path secret(String name, String content) throws Exception {
        Path file = folder.resolve(name + ".secret");
        Files.writeString(file, content + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** The address of a key that a daemon will find in its data directory. */
    private static EvmAddress key(Lab lab, Namespace namespace, String name) throws Exception {
        Path file = Files.createDirectories(lab.data(namespace)).resolve(name);
        try (SessionSigner key = SessionSigner.loadOrCreate(file, new SecureRandom())) {
            return key.address();
        }
    }

    private static LabDaemon provider(
            Lab lab, Namespace namespace, String address, Path network, String payee)
            throws Exception {
        return LabDaemon.start(
                lab,
                namespace,
                FlowShield.class,
                "--set",
                "roles.enabled=provider",
                "--set",
                "provider.listen=/ip4/" + address + "/tcp/4001",
                "--set",
                "provider.exit-allow=" + Link.INTERNET.ipv4().getHostAddress() + "/32",
                "--set",
                "chain.network=" + network,
                "--set",
                "provider.price=" + PRICE.decimal(),
                "--set",
                "provider.payee=" + payee);
    }

    private static LabDaemon client(Lab lab, Path network, String wallet, String other)
            throws Exception {
        return LabDaemon.start(
                lab,
                Namespace.CLIENT,
                FlowShield.class,
                "--set",
                "chain.network=" + network,
                "--set",
                "client.wallet=" + wallet,
                "--set",
                "client.max-price=" + PRICE.decimal(),
                "--set",
                "client.providers=" + other);
    }

    /** How the first provider goes. */
    @FunctionalInterface
    private interface Departure {
        void happen() throws Exception;
    }

    /** What happens, act by act. */
    private record Scene(Lab lab, URI web, LabDaemon first, LabDaemon second, LabDaemon client) {

        void play(Plot plot) throws Exception {
            OutsideDetector outside =
                    new OutsideDetector(
                            lab, List.of("ip daddr " + SECOND + " tcp dport 4001"), RPC_PORT);
            // Somebody tries to get out all the time; first it does.
            lab.start(Namespace.CLIENT, "ping", "-i", "0.2", Link.INTERNET.ipv4().getHostAddress());
            await(() -> outside.take().containsKey("others"));
            standsBy(outside);
            plot.in(this, outside);
        }

        private void cutOffFirst() throws Exception {
            lab.ip(Namespace.PROVIDER, List.of("link set " + Namespace.INTERFACE + " down"));
        }

        private void standsBy(OutsideDetector outside) throws Exception {
            ClientStatus connected = connect();
            assertThat(connected.provider()).isEqualTo(first.multiaddr());
            await(() -> open().size() == 2);
            assertThat(visitor()).isEqualTo(FIRST_EXIT);
            awaitQuiet(outside);
        }

        private ClientStatus connect() throws Exception {
            return client.api().connect(new ConnectRequest(first.multiaddr(), 1));
        }

        /** Nobody on the client's side reaches the chain meanwhile. */
        private void failsOver(OutsideDetector outside, Departure departure) throws Exception {
            lab.nft(Namespace.ROUTER, CHAIN_OFF);
            String gone = first.multiaddr();
            String other = second.multiaddr();
            departure.happen();
            await(
                    () -> {
                        ClientStatus now = status();
                        return now.state() == ClientState.CONNECTED && other.equals(now.provider());
                    });
            assertThat(status().failed())
                    .singleElement()
                    .satisfies(failed -> assertFirst(failed, gone));
            download();
            assertThat(visitor()).isEqualTo(SECOND_EXIT);
            assertThat(outside.take()).doesNotContainKeys(LEAKS);
            lab.nft(Namespace.ROUTER, "delete table inet chain_off");
            pays();
        }

        private void download() throws Exception {
            try {
                Completed _ =
                        lab.startJava(
                                        Namespace.CLIENT,
                                        WebVisit.class,
                                        "download",
                                        web.toString(),
                                        Long.toString(DOWNLOAD))
                                .awaitSuccess(PATIENCE);
            } catch (LabException e) {
                throw new AssertionError(
                        "the client's log:\n%s\nand the provider's:\n%s"
                                .formatted(client.log(), second.log()),
                        e);
            }
        }

        private static void assertFirst(FailedProvider failed, String address) {
            assertThat(failed.provider()).isEqualTo(address);
            assertThat(failed.problem().message()).isNotBlank();
        }

        private void pays() throws Exception {
            await(
                    () -> {
                        SessionPayment payment = status().payment();
                        return payment != null
                                && payment.billedBytes() > DOWNLOAD
                                && payment.unpaidBytes() == 0;
                    });
            SessionPayment paid = Objects.requireNonNull(status().payment());
            List<Settlement> settled = second.api().payments().settle();
            assertThat(settled)
                    .singleElement()
                    .satisfies(
                            settlement -> {
                                assertThat(settlement.state()).isEqualTo(Settlement.State.SETTLED);
                                assertThat(settlement.channel()).isEqualTo(paid.channel());
                                assertThat(settlement.amount()).isGreaterThanOrEqualTo(paid.paid());
                            });
        }

        /** With nobody left to go to, the chain is still asked, and nothing else gets out. */
        private void asksTheChainWhileBlocked(OutsideDetector outside) throws Exception {
            second.signal("KILL");
            await(() -> status().state() == ClientState.RECONNECTING);
            Map<String, Long> _ = outside.take();
            String away = status().failed().getFirst().provider();
            ChannelStatus dead =
                    open().stream()
                            .filter(channel -> away.endsWith("" + channel.peer()))
                            .findFirst()
                            .orElseThrow();
            ChannelClosing closing = client.api().payments().close(dead.id());
            assertThat(closing.cooperative()).isFalse();
            assertThat(closing.channel().state()).isEqualTo(ChannelStatus.State.CLOSING);
            assertThat(status().state()).isEqualTo(ClientState.RECONNECTING);
            assertThat(outside.take()).containsOnlyKeys("to_chain");
            assertThat(client.api().disconnect().state()).isEqualTo(ClientState.DISCONNECTED);
        }

        private ClientStatus status() throws Exception {
            return Objects.requireNonNull(client.api().status().client());
        }

        private List<ChannelStatus> open() throws Exception {
            return client.api().payments().channels().stream()
                    .filter(channel -> channel.state() == ChannelStatus.State.OPEN)
                    .toList();
        }

        private String visitor() throws Exception {
            return lab.run(Namespace.CLIENT, "curl", "-s", "-m", "20", web + "address")
                    .output()
                    .strip();
        }

        /** Connections from before still end. */
        private void awaitQuiet(OutsideDetector outside) throws Exception {
            await(() -> outside.take().isEmpty());
        }
    }

    private static final String CHAIN_OFF =
            """
            table inet chain_off {
                chain in {
                    type filter hook forward priority filter; policy accept;
                    iifname "client" tcp dport %s drop
                }
            }
            """
                    .formatted(RPC_PORT);

    /** All that the detector knows but the chain, which may be asked. */
    private static final String[] LEAKS = {
        "tcp_begin", "tcp_rest", "datagrams", "errors", "others"
    };

    private static void await(Callable<Boolean> state) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!state.call()) {
            assertThat(System.nanoTime() - end).isNegative();
            LockSupport.parkNanos(50_000_000);
        }
    }
}
