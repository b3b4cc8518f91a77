package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.payment.ChannelClosing;
import org.flowshield.node.api.payment.ChannelStatus;
import org.flowshield.node.api.payment.Earnings;
import org.flowshield.node.api.payment.Quote;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.api.payment.Settlement;
import org.flowshield.node.api.payment.Spending;
import org.flowshield.node.api.payment.SpendingCaps;
import org.flowshield.node.demo.LabDaemon;
import org.flowshield.node.demo.Prerequisites;
import org.flowshield.node.demo.WebVisit;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import org.flowshield.node.payment.channel.SessionSigner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two daemons and a chain: a session is paid per byte, settled and closed. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class PaidDaemonIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String RPC_PORT = "8545";
    private static final TokenAmount PRICE = MemoryPayments.flow("0.5");

    /** With what the visit downloads to warm up. */
    private static final long DOWNLOAD = 8_000_000;

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

    /** The address of a key that a daemon will find in its data directory. */
    private static EvmAddress key(Lab lab, Namespace namespace, String name) throws Exception {
        Path file = Files.createDirectories(lab.data(namespace)).resolve(name);
        try (SessionSigner key = SessionSigner.loadOrCreate(file, new SecureRandom())) {
            return key.address();
        }
    }

    private static LabDaemon client(Lab lab, Path network, String wallet) throws Exception {
        return LabDaemon.start(
                lab,
                Namespace.CLIENT,
                FlowShield.class,
                "--set",
                "chain.network=" + network,
                "--set",
                "client.wallet=" + wallet);
    }

    private static LabDaemon provider(Lab lab, Path network, String payee) throws Exception {
        return LabDaemon.start(
                lab,
                Namespace.PROVIDER,
                FlowShield.class,
                "--set",
                "roles.enabled=provider",
                "--set",
                "provider.listen=/ip4/" + Link.PROVIDER.ipv4().getHostAddress() + "/tcp/4001",
                "--set",
                "chain.network=" + network,
                "--set",
                "provider.price=" + PRICE.decimal(),
                "--set",
                "provider.payee=" + payee);
    }

    @Test
    void a_session_is_paid_per_byte_settled_on_chain_and_its_channel_closed() throws Exception {
        Path network = folder.resolve("network.toml");
        try (Lab lab = Lab.create(line -> System.out.println("PaidDaemonIT: " + line))) {
            LabProcess market =
                    lab.startJava(
                            Namespace.INTERNET,
                            MarketMain.class,
                            network.toString(),
                            Link.INTERNET.ipv4().getHostAddress(),
                            RPC_PORT,
                            key(lab, Namespace.CLIENT, "signer.key").toString(),
                            key(lab, Namespace.CLIENT, "operator.key").toString(),
                            key(lab, Namespace.PROVIDER, "operator.key").toString());
            URI web = lab.startWebServer();
            String[] ready =
                    market.awaitLine("ready", line -> line.startsWith("ready"), PATIENCE)
                            .split(" ", -1);
            try (LabDaemon provider = provider(lab, network, ready[2]);
                    LabDaemon client = client(lab, network, ready[1])) {
                agreesFirst(client, provider.multiaddr());
                pays(lab, web, client, provider);
                saysThatACapIsNear(lab, client);
                settles(provider);
                closes(client);
                closesAfterTheSession(client, provider.multiaddr());
            }
        }
    }

    /** Its operator key has none: the provider carries its orders, for a fee from the purse. */
    @Test
    void a_client_without_gas_opens_fills_and_closes_through_its_provider() throws Exception {
        Path network = folder.resolve("network.toml");
        try (Lab lab = Lab.create(line -> System.out.println("PaidDaemonIT: " + line))) {
            LabProcess market =
                    lab.startJava(
                            Namespace.INTERNET,
                            MarketMain.class,
                            network.toString(),
                            Link.INTERNET.ipv4().getHostAddress(),
                            RPC_PORT,
                            key(lab, Namespace.CLIENT, "signer.key").toString(),
                            "-",
                            key(lab, Namespace.PROVIDER, "operator.key").toString());
            String[] ready =
                    market.awaitLine("ready", line -> line.startsWith("ready"), PATIENCE)
                            .split(" ", -1);
            try (LabDaemon provider = provider(lab, network, ready[2]);
                    LabDaemon client = client(lab, network, ready[1])) {
                ClientStatus connected =
                        client.api().connect(new ConnectRequest(provider.multiaddr(), 1, PRICE));
                assertThat(connected.state()).isEqualTo(ClientState.CONNECTED);
                ChannelStatus opened = client.api().payments().channels().getFirst();
                assertThat(opened.deposit()).isEqualTo(MemoryPayments.flow("1"));
                ChannelStatus filled =
                        client.api().payments().topUp(opened.id(), MemoryPayments.flow("0.5"));
                assertThat(filled.deposit()).isEqualTo(MemoryPayments.flow("1.5"));
                assertThat(client.api().disconnect().state()).isEqualTo(ClientState.DISCONNECTED);
                ChannelClosing closing = client.api().payments().close(opened.id());
                assertThat(closing.cooperative()).isFalse();
                assertThat(closing.channel().state()).isEqualTo(ChannelStatus.State.CLOSING);
                assertThat(closing.transaction()).isNotNull();
                assertThat(provider.api().payments().status().problem()).isNull();
            }
        }
    }

    private static void agreesFirst(LabDaemon client, String address) throws Exception {
        Quote quote = client.api().payments().quote(address);
        assertThat(quote.pricePerGib()).isEqualTo(PRICE);
        assertThat(quote.deposit()).isEqualTo(MemoryPayments.flow("1"));
        assertRefused(client, new ConnectRequest(address, 1), "payment_required");
        assertRefused(
                client,
                new ConnectRequest(address, 1, MemoryPayments.flow("0.4")),
                "price_too_high");
        assertThat(client.api().payments().channels()).isEmpty();
        ClientStatus connected = client.api().connect(new ConnectRequest(address, 1, PRICE));
        assertThat(connected.state()).isEqualTo(ClientState.CONNECTED);
    }

    private static void assertRefused(LabDaemon client, ConnectRequest request, String code) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> client.api().connect(request))
                .satisfies(
                        e -> {
                            assertThat(e.problem().code()).isEqualTo(code);
                            assertThat(e.kind()).isEqualTo(RefusedException.Kind.REFUSED);
                        });
    }

    private static void pays(Lab lab, URI web, LabDaemon client, LabDaemon provider)
            throws Exception {
        lab.startJava(
                        Namespace.CLIENT,
                        WebVisit.class,
                        "download",
                        web.toString(),
                        Long.toString(DOWNLOAD))
                .awaitSuccess(PATIENCE);
        await(
                () -> {
                    SessionPayment payment = payment(client);
                    return payment != null
                            && payment.billedBytes() > DOWNLOAD
                            && payment.unpaidBytes() == 0;
                });
        SessionPayment paid = Objects.requireNonNull(payment(client));
        assertThat(paid.pricePerGib()).isEqualTo(PRICE);
        assertThat(paid.paid()).isGreaterThan(TokenAmount.ZERO);
        assertThat(paid.deposit()).isEqualTo(MemoryPayments.flow("1"));
        assertThat(client.api().payments().spending().session())
                .isGreaterThanOrEqualTo(paid.paid());
        ProviderStatus serving = Objects.requireNonNull(provider.api().status().provider());
        SessionPayment earned = Objects.requireNonNull(serving.sessions().getFirst().payment());
        assertThat(earned.channel()).isEqualTo(paid.channel());
        assertThat(earned.paid()).isGreaterThanOrEqualTo(paid.paid());
    }

    private static void saysThatACapIsNear(Lab lab, LabDaemon client) throws Exception {
        assertThat(Objects.requireNonNull(payment(client)).problem()).isNull();
        Spending before = client.api().payments().spending();
        SpendingCaps caps = before.caps();
        // Less than a window is left: the session would end within it.
        TokenAmount little = before.session().plus(MemoryPayments.flow("0.01"));
        Spending _ =
                client.api()
                        .payments()
                        .cap(new SpendingCaps(little, caps.perDay(), caps.perMonth()));
        pingUntil(lab, client, payment -> payment.problem() != null);
        assertThat(Objects.requireNonNull(payment(client)).problem())
                .satisfies(
                        problem -> {
                            assertThat(problem.code()).isEqualTo("spending_cap");
                            assertThat(problem.message()).contains("a session is reached but for");
                            assertThat(problem.action()).contains("flowshield spending set");
                        });
        Spending _ = client.api().payments().cap(caps);
        pingUntil(lab, client, payment -> payment.problem() == null);
    }

    /** What passes is paid for soon, and caps are looked at with each payment. */
    private static void pingUntil(Lab lab, LabDaemon client, Predicate<SessionPayment> wanted)
            throws Exception {
        lab.run(
                Namespace.CLIENT,
                "ping",
                "-c",
                "2",
                "-i",
                "0.2",
                Link.INTERNET.ipv4().getHostAddress());
        await(() -> wanted.test(Objects.requireNonNull(payment(client))));
    }

    private static @Nullable SessionPayment payment(LabDaemon client) throws Exception {
        ClientStatus status = client.api().status().client();
        return status == null ? null : status.payment();
    }

    private static void settles(LabDaemon provider) throws Exception {
        Earnings before = provider.api().payments().earnings(1);
        assertThat(before.earned()).isGreaterThan(TokenAmount.ZERO);
        assertThat(before.settled()).isEqualTo(TokenAmount.ZERO);
        List<Settlement> settlements = provider.api().payments().settle();
        assertThat(settlements)
                .singleElement()
                .satisfies(
                        settlement -> {
                            assertThat(settlement.state()).isEqualTo(Settlement.State.SETTLED);
                            assertThat(settlement.amount())
                                    .isGreaterThanOrEqualTo(before.unsettled());
                            assertThat(settlement.transaction()).isNotNull();
                        });
        Earnings after = provider.api().payments().earnings(1);
        assertThat(after.settled()).isEqualTo(settlements.getFirst().amount());
        assertThat(after.days()).hasSize(1);
    }

    private static void closes(LabDaemon client) throws Exception {
        ChannelStatus channel = client.api().payments().channels().getFirst();
        ChannelClosing closing = client.api().payments().close(channel.id());
        assertThat(closing.cooperative()).as(closing.toString()).isTrue();
        assertThat(closing.channel().state()).isEqualTo(ChannelStatus.State.CLOSED);
        assertThat(closing.refund()).isLessThan(MemoryPayments.flow("1"));
        assertThat(client.api().payments().channels()).isEmpty();
        assertThat(Objects.requireNonNull(client.api().status().client()).state())
                .isEqualTo(ClientState.DISCONNECTED);
        TokenAmount purse = MemoryPayments.flow("19").plus(closing.refund());
        await(() -> purse.equals(client.api().payments().status().purse()));
    }

    /** A channel whose session is over is closed in agreement too, and used no more. */
    private static void closesAfterTheSession(LabDaemon client, String address) throws Exception {
        ClientStatus connected = client.api().connect(new ConnectRequest(address, 1, PRICE));
        assertThat(connected.state()).isEqualTo(ClientState.CONNECTED);
        ChannelStatus channel = client.api().payments().channels().getFirst();
        assertThat(client.api().disconnect().state()).isEqualTo(ClientState.DISCONNECTED);
        ChannelClosing closing = client.api().payments().close(channel.id());
        assertThat(closing.cooperative()).as(closing.toString()).isTrue();
        assertThat(closing.channel().state()).isEqualTo(ChannelStatus.State.CLOSED);
        assertThat(client.api().payments().channels()).isEmpty();
    }

    private static void await(Callable<Boolean> state) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!state.call()) {
            assertThat(System.nanoTime() - end).isNegative();
            LockSupport.parkNanos(50_000_000);
        }
    }
}
