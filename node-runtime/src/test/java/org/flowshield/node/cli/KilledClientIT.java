package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.client.OutsideDetector;
import org.flowshield.node.demo.LabDaemon;
import org.flowshield.node.demo.Prerequisites;
import org.flowshield.node.demo.WebVisit;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A daemon that is killed while it keeps traffic back, and those that are started after it. The
 * client's machine pings all the time; the router counts what comes past the tunnel.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class KilledClientIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String WEB = Link.INTERNET.ipv4().getHostAddress();
    private static final String WEB6 = Link.INTERNET.ipv6().getHostAddress();
    private static final String EXIT = Link.PROVIDER.ipv4().getHostAddress();

    private Lab lab;
    private URI web;
    private OutsideDetector outside;
    private LabDaemon provider;
    private @Nullable LabDaemon client;
    private List<String> before;
    private final List<LabProcess> pings = new ArrayList<>();

    @BeforeEach
    void a_client_is_connected() throws Exception {
        Assumptions.assumeTrue(Prerequisites.isRoot(), "makes network namespaces: needs root");
        Assumptions.assumeTrue(
                Prerequisites.missingPackages().isEmpty(),
                "needs the packages " + Prerequisites.missingPackages());
        lab = Lab.create(line -> System.out.println("KilledClientIT: " + line));
        web = lab.startWebServer();
        outside = new OutsideDetector(lab, List.of(), "0");
        before = network();
        provider =
                LabDaemon.start(
                        lab,
                        Namespace.PROVIDER,
                        FlowShield.class,
                        "--free",
                        "--set",
                        "roles.enabled=provider",
                        "--set",
                        "provider.listen=/ip4/" + EXIT + "/tcp/4001");
        start();
        for (String to : List.of(WEB, WEB6)) {
            pings.add(lab.start(Namespace.CLIENT, "ping", "-n", "-i", "0.02", to));
        }
        awaitLeak();
        ClientStatus connected =
                client().api().connect(new ConnectRequest(provider.multiaddr(), 1));
        assertThat(connected.state()).isEqualTo(ClientState.CONNECTED);
        var _ = outside.take(); // from before
        assertThat(seen()).isEqualTo(EXIT);
    }

    @AfterEach
    void end() throws Exception {
        if (client != null) {
            client.close();
        }
        if (provider != null) {
            provider.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void traffic_is_kept_back_until_it_is_connected_again() throws Exception {
        for (int i = 0; i < 2; i++) { // killed while connected, and while it only holds
            kill();
            start();
            assertHeld();
        }
        ClientStatus again = client().api().connect(new ConnectRequest(provider.multiaddr(), 1));
        assertThat(again.state()).isEqualTo(ClientState.CONNECTED);
        assertThat(seen()).isEqualTo(EXIT);
        assertThat(outside.take()).isEmpty();

        kill();
        String whom = provider.multiaddr();
        start("--set", "client.connect=" + whom);
        await(ClientState.CONNECTED);
        assertThat(seen()).isEqualTo(EXIT);
        assertThat(outside.take()).isEmpty();

        assertThat(client().api().disconnect().state()).isEqualTo(ClientState.DISCONNECTED);
        awaitLeak();
        client().end();
        assertThat(network()).isEqualTo(before);
    }

    @Test
    void traffic_is_kept_back_until_somebody_disconnects() throws Exception {
        kill();
        start();
        assertHeld();
        assertThat(client().api().disconnect().state()).isEqualTo(ClientState.DISCONNECTED);
        awaitLeak();
        client().end();
        assertThat(network()).isEqualTo(before);
    }

    @Test
    void who_fails_to_connect_again_is_kept_back_still() throws Exception {
        kill();
        provider.signal("KILL");
        start();
        assertHeld();
        String nobody = "/ip4/" + EXIT + "/tcp/4001";
        assertThatThrownBy(() -> client().api().connect(new ConnectRequest(nobody, 1)))
                .isInstanceOf(RefusedException.class);
        assertThat(client().api().status().client()).isNotNull();
        assertThat(await(ClientState.RECONNECTING).provider()).isEqualTo(nobody);
        pause();
        assertThat(outside.take()).isEmpty();
        assertThat(client().api().disconnect().state()).isEqualTo(ClientState.DISCONNECTED);
        awaitLeak();
    }

    @Test
    void a_role_that_can_not_be_switched_on_keeps_traffic_back_as_well() throws Exception {
        kill();
        lab.run(Namespace.CLIENT, "ip", "tuntap", "add", "flowshield0", "mode", "tap");
        start();
        assertThat(client().api().status().role(RoleName.CLIENT).state())
                .isEqualTo(RoleState.FAILED);
        assertHeld();
        kill();
        start();
        assertHeld();
        assertThat(client().api().disconnect().state()).isEqualTo(ClientState.DISCONNECTED);
        awaitLeak();
        lab.run(Namespace.CLIENT, "ip", "link", "del", "flowshield0");
        client().end();
        assertThat(network()).isEqualTo(before);
    }

    @Test
    void a_daemon_that_ends_in_order_and_cleaning_up_let_traffic_out() throws Exception {
        kill();
        start();
        assertHeld();
        client().end();
        awaitLeak();
        assertThat(network()).isEqualTo(before);

        start();
        ClientStatus _ = client().api().connect(new ConnectRequest(provider.multiaddr(), 1));
        kill();
        start();
        kill();
        lab.startJava(Namespace.CLIENT, FlowShield.class, "cleanup").awaitSuccess(PATIENCE);
        awaitLeak();
        assertThat(network()).isEqualTo(before);
    }

    /** What a person sees, and that nothing gets out. */
    private void assertHeld() throws Exception {
        ClientStatus held = await(ClientState.RECONNECTING);
        assertThat(held.provider()).isNull();
        assertThat(held.problem()).isNotNull().extracting(Problem::code).isEqualTo("restarted");
        pause();
        assertThat(outside.take()).isEmpty();
    }

    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
    }

    private LabDaemon client() {
        if (client == null) {
            throw new IllegalStateException("it does not run");
        }
        return client;
    }

    private void start(String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("--set", "roles.enabled=client"));
        all.addAll(List.of(options));
        client =
                LabDaemon.start(
                        lab, Namespace.CLIENT, FlowShield.class, all.toArray(String[]::new));
    }

    private void kill() throws Exception {
        client().signal("KILL");
        client().awaitEnd(PATIENCE);
        client().close();
        assertThat(network()).isNotEqualTo(before);
    }

    private ClientStatus await(ClientState state) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        ClientStatus now = client().api().status().client();
        while (now == null || now.state() != state) {
            assertThat(System.nanoTime() - end).as("%s is waited for: %s", state, now).isNegative();
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            now = client().api().status().client();
        }
        return now;
    }

    /** A detector that sees nothing is none: until pings come past the tunnel. */
    private void awaitLeak() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!outside.take().containsKey("others")) {
            assertThat(System.nanoTime() - end).as("no ping comes past the tunnel").isNegative();
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private String seen() throws Exception {
        return lab.startJava(
                        Namespace.CLIENT,
                        WebVisit.class,
                        "get",
                        web.resolve("/address").toString(),
                        Long.toString(PATIENCE.toMillis()))
                .awaitSuccess(PATIENCE)
                .output()
                .strip();
    }

    /** All of the client machine's network that a daemon changes. */
    private List<String> network() throws LabException, InterruptedException {
        return lab.run(
                        Namespace.CLIENT,
                        "sh",
                        "-c",
                        "nft list ruleset; ip -4 rule; ip -6 rule; ip -4 route show table all;"
                                + " ip -6 route show table all; ip -o link; cat /etc/resolv.conf")
                .output()
                .lines()
                .toList();
    }
}
