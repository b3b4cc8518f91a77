package org.flowshield.app.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.settings.Settings;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.ReachStatus;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.SessionStatus;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.TunnelStatus;
import org.flowshield.node.api.logs.LogEntry;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.api.payment.NetworkStatus;
import org.flowshield.node.api.payment.PaymentStatus;
import org.junit.jupiter.api.Test;

final class ReportTest {

    private static final String PEER = "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";
    private static final String WALLET = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
    private static final Instant SINCE = Instant.parse("2026-03-01T12:00:00Z");

    /** All that is planted below. */
    private static final List<String> SECRETS =
            List.of(
                    PEER,
                    "12D3KooW",
                    WALLET.substring(2),
                    "198.51.100.7",
                    "203.0.113.2",
                    "2001:db8::7",
                    "100.64.3.9",
                    "fd00:aa::3",
                    "ann",
                    "rpc.example.org",
                    "12.5",
                    "7777",
                    "4242",
                    "31415926535");

    @Test
    void nothing_of_what_is_planted_is_in_it() throws Exception {
        String report = report(new DaemonState.Live(status()));
        assertThat(report).doesNotContain(SECRETS.toArray(String[]::new));
    }

    @Test
    void what_helps_is_in_it() throws Exception {
        assertThat(report(new DaemonState.Live(status())))
                .contains(
                        "app: 0.1.0",
                        "service: 0.1.0",
                        "role provider: ON",
                        "client: RECONNECTING, for 30 min",
                        "mtu 1420, lanes 4, datagram lane true, v4 true, v6 true",
                        "[timeout: ",
                        "client gave one up",
                        "provider reach: NOT_PROVEN",
                        "provider refused, port: 12",
                        "chain: 31337, STALE, RPC",
                        "wallet true, authorised false, gas true");
    }

    @Test
    void a_service_that_is_away_is_said_to_be() {
        assertThat(
                        report(
                                new DaemonState.Away(
                                        DaemonState.Reason.STOPPED,
                                        "nobody answers at /home/ann/api.sock")))
                .contains("service: away, STOPPED")
                .doesNotContain("ann/");
        assertThat(
                        report(
                                new DaemonState.Away(
                                        DaemonState.Reason.STOPPED,
                                        "the name rpc.ann-home.example does not resolve")))
                .contains("service: away, STOPPED", "does not resolve")
                .doesNotContain("ann-home");
    }

    @Test
    void the_last_troubles_are_told_without_what_they_name() {
        String report =
                report(
                        new DaemonState.Unknown(),
                        new Report.Troubles(
                                List.of(
                                        trouble(
                                                LogLevel.WARN,
                                                "not connected to /ip4/198.51.100.7/tcp/4001/p2p/"
                                                        + PEER
                                                        + ": no answer"),
                                        trouble(
                                                LogLevel.ERROR,
                                                "it broke at rpc.example.org for "
                                                        + WALLET
                                                        + "\njava.io.IOException: /home/ann/x.db"
                                                        + "\n\tat org.flowshield.node.A.b(A.java:7)")),
                                List.of(trouble(LogLevel.WARN, "no tray for ann@203.0.113.2"))));
        assertThat(report)
                .contains(
                        """
                        service log: last warnings and errors: 2
                        2026-03-01T12:00:00Z WARN Some: not connected to [network address] no answer
                        2026-03-01T12:00:00Z ERROR Some: it broke at […] for [hex]
                            java.io.IOException: […]""",
                        "\n    \tat org.flowshield.node.A.b(A.java:7)\n",
                        "app log: last warnings and errors: 1\n",
                        "WARN Some: no tray for [mail]")
                .doesNotContain(SECRETS.toArray(String[]::new));
    }

    @Test
    void a_service_that_does_not_tell_its_log_is_said_to_be_one() {
        assertThat(report(new DaemonState.Unknown(), new Report.Troubles(null, List.of())))
                .contains("service log: not known\n", "app log: last warnings and errors: 0");
    }

    @Test
    void of_a_long_trace_the_beginning_is_told() {
        String trace = "it broke" + "\n\tat java.lang.Thread.run(Thread.java:1)".repeat(500);
        String report =
                report(
                        new DaemonState.Unknown(),
                        new Report.Troubles(List.of(trouble(LogLevel.ERROR, trace)), List.of()));
        assertThat(report.lines().filter(line -> line.contains("Thread.java")).count())
                .isEqualTo(40);
    }

    private static LogEntry trouble(LogLevel level, String message) {
        return new LogEntry(1, SINCE, level, "org.flowshield.node.Some", message);
    }

    private static String report(DaemonState state) {
        return report(state, new Report.Troubles(List.of(), List.of()));
    }

    private static String report(DaemonState state, Report.Troubles troubles) {
        Facts facts =
                new Facts(
                        "0.1.0",
                        Path.of("/home/ann/.config/flowshield/app.json"),
                        Path.of("/home/ann/network.toml"),
                        "Linux 6.12, amd64",
                        "Java 25, JavaFX 26",
                        "GNOME, wayland");
        return Report.of(
                facts,
                Settings.DEFAULT.withFavourite(PEER, true).withLastProvider(PEER),
                state,
                troubles,
                Contexts.NOW);
    }

    private static NodeStatus status() throws Exception {
        EvmAddress wallet = EvmAddress.parse(WALLET);
        TokenAmount money = TokenAmount.parse("7777");
        Problem timeout =
                new Problem(
                        "timeout",
                        "/ip4/198.51.100.7/tcp/4001/p2p/" + PEER + " did not answer",
                        "try another");
        Traffic traffic = new Traffic(31415926535L, 4242, 31415926535L, 4242, 3);
        ClientStatus client =
                new ClientStatus(
                        ClientState.RECONNECTING,
                        SINCE,
                        "/ip4/198.51.100.7/tcp/4001/p2p/" + PEER,
                        new TunnelStatus(
                                "flow0",
                                "100.64.3.9",
                                "fd00:aa::3",
                                List.of("100.64.3.9"),
                                1420,
                                4,
                                true),
                        2,
                        null,
                        timeout,
                        traffic,
                        null,
                        List.of(
                                new FailedProvider(
                                        "/ip6/2001:db8::7/tcp/1/p2p/" + PEER,
                                        new Problem(
                                                "price_too_high",
                                                PEER + " asks for 12.5 FLOW per GiB",
                                                ""))));
        ProviderStatus provider =
                new ProviderStatus(
                        List.of("/ip4/203.0.113.2/tcp/4001/p2p/" + PEER),
                        new ReachStatus(
                                ReachStatus.State.NOT_PROVEN,
                                "nobody got through to 203.0.113.2:4001",
                                "open the port"),
                        true,
                        false,
                        1500,
                        List.of(
                                new SessionStatus(
                                        PEER, "100.64.3.9", null, SINCE, traffic, 0, null)),
                        traffic,
                        Map.of("port", 12L));
        NetworkStatus network =
                new NetworkStatus(
                        "ann's chain",
                        31337,
                        "ETH",
                        NetworkStatus.Rpc.STALE,
                        4242L,
                        SINCE,
                        NetworkStatus.Identities.RPC);
        PaymentStatus payment =
                new PaymentStatus(
                        network,
                        wallet,
                        wallet,
                        new Wei(BigInteger.valueOf(4242)),
                        wallet,
                        money,
                        null,
                        null,
                        money,
                        money,
                        money,
                        new Problem(
                                "chain_stale",
                                "https://rpc.example.org/key lags behind; the purse of "
                                        + WALLET
                                        + " holds 12.5 FLOW",
                                "wait"));
        return new NodeStatus(
                "0.1.0",
                PEER,
                SINCE,
                List.of(
                        new RoleStatus(RoleName.CLIENT, RoleState.ON, null),
                        new RoleStatus(RoleName.PROVIDER, RoleState.ON, null)),
                client,
                provider,
                null,
                payment,
                List.of());
    }
}
