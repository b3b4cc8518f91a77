package org.flowshield.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.flowshield.node.cli.FlowShield;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.Cleanup;
import org.flowshield.node.restore.linux.LinuxMachine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A client in a lab, to whose provider all that can happen does happen. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClientRoleIT {

    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final String WEB = Link.INTERNET.ipv4().getHostAddress();
    private static final String WEB6 = Link.INTERNET.ipv6().getHostAddress();
    private static final String EXIT = Link.PROVIDER.ipv4().getHostAddress();

    /** The router has addresses of a network at home; only echoes to these may go beside. */
    private static final List<String> NEIGHBOUR = List.of("192.168.77.1", "fd77::1");

    /** Private, and of no network that the client is in. */
    private static final List<String> FAR = List.of("10.9.9.9", "fd99::9");

    private static final List<String> ECHOES =
            List.of(
                    "ip daddr 192.168.77.1 icmp type echo-request",
                    "ip6 daddr fd77::1 icmpv6 type echo-request");

    private Path folder;
    private Lab lab;
    private OutsideDetector outside;
    private List<String> before;
    private LabProcess provider;
    private String address = "";
    private LabProcess process;
    private @Nullable SocketChannel driver;
    private int started;

    @BeforeAll
    void make_the_lab(@TempDir Path temporary) throws Exception {
        Assumptions.assumeTrue(
                Files.isWritable(Path.of("/proc/sys/net/ipv4/ip_forward")),
                "makes network namespaces: needs root");
        folder = temporary;
        lab = Lab.create(_ -> {});
        var _ = lab.startWebServer();
        LabProcess names = lab.startJava(Namespace.INTERNET, NameServer.class, WEB);
        var _ = names.awaitLine("ready", NameServer.READY::equals, START_WITHIN);
        address(Namespace.ROUTER, "192.168.77.1/24", "fd77::1/64");
        address(Namespace.CLIENT, "192.168.77.2/24", "fd77::2/64");
        outside = new OutsideDetector(lab, ECHOES, "0");
        before = network();
    }

    @AfterAll
    void remove_the_lab() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    @BeforeEach
    void both_run() throws Exception {
        if (provider == null || !provider.isAlive()) {
            startProvider();
        }
        if (process == null || !process.isAlive()) {
            startClient();
        }
        // A detector that sees nothing is none.
        assertThat(ask("get " + WEB)).isEqualTo(Link.CLIENT.ipv4().getHostAddress());
        knockEverywhere();
        assertThat(outside.take()).containsKeys("tcp_begin", "tcp_rest", "datagrams");
        awaitQuiet();
    }

    @AfterEach
    void disconnecting_leaves_the_machine_as_it_was() throws Exception {
        if (process.isAlive()) {
            assertThat(ask("choose provider off")).isEqualTo("ok");
            assertThat(ask("disconnect")).isEqualTo("DISCONNECTED");
        }
        assertThat(network()).isEqualTo(before);
    }

    @Test
    void pages_come_through_the_provider_and_nothing_goes_beside_it() throws Exception {
        assertThat(ask("connect " + address)).isEqualTo("ok");
        assertThat(ask("get " + WEB)).isEqualTo(EXIT);
        assertThat(ask("get " + WEB6)).isEqualTo(Link.PROVIDER.ipv6().getHostAddress());
        assertThat(network()).isNotEqualTo(before);
        // Over to a new session, with whatever goes on meanwhile.
        assertThat(ask("begin " + address)).isEqualTo("ok");
        knockEverywhere();
        assertThat(ask("connect " + address)).isEqualTo("ok");
        assertThat(ask("get " + WEB)).isEqualTo(EXIT);
        assertThat(outside.take()).isEmpty();
    }

    @Test
    void names_are_asked_through_the_tunnel_or_not_at_all() throws Exception {
        assertThat(resolve()).isEqualTo(WEB);
        assertThat(outside.take()).containsKey("datagrams");
        awaitQuiet();
        assertThat(ask("connect " + address)).isEqualTo("ok");
        assertThat(resolvConf()).contains("By FlowShield", "nameserver 100.");
        assertThat(resolve()).isEqualTo(WEB);
        kill(provider);
        assertThat(ask("await RECONNECTING")).isEqualTo("ok");
        assertThat(resolve()).isEmpty();
        assertThat(outside.take()).isEmpty();
    }

    @Test
    void a_killed_provider_is_found_again_when_it_is_back_with_its_key() throws Exception {
        assertThat(ask("connect " + address)).isEqualTo("ok");
        kill(provider);
        assertThat(ask("await RECONNECTING")).isEqualTo("ok");
        assertThat(ask("get " + WEB)).isEqualTo("failed");
        assertThat(ask("get " + WEB6)).isEqualTo("failed");
        knockEverywhere();
        startProvider();
        assertThat(ask("await CONNECTED")).isEqualTo("ok");
        assertThat(ask("get " + WEB)).isEqualTo(EXIT);
        assertThat(outside.take()).isEmpty();
    }

    @Test
    void a_stopped_provider_is_noticed_and_found_again_when_it_goes_on() throws Exception {
        assertThat(ask("connect " + address)).isEqualTo("ok");
        signal(provider, "-STOP");
        assertThat(ask("get " + WEB)).isEqualTo("failed"); // somebody waits for an answer
        assertThat(ask("await RECONNECTING")).isEqualTo("ok");
        knockEverywhere();
        signal(provider, "-CONT");
        assertThat(ask("await CONNECTED")).isEqualTo("ok");
        assertThat(ask("get " + WEB)).isEqualTo(EXIT);
        assertThat(outside.take()).isEmpty();
    }

    @Test
    void disconnecting_while_connecting_does_not_wait_for_who_does_not_answer() throws Exception {
        signal(provider, "-STOP"); // the kernel accepts for it
        assertThat(ask("begin " + address)).isEqualTo("ok");
        assertThat(ask("await CONNECTING")).isEqualTo("ok");
        knockEverywhere();
        assertThat(outside.take()).isEmpty();
        assertThat(ask("disconnect")).isEqualTo("DISCONNECTED");
        signal(provider, "-CONT");
        assertThat(network()).isEqualTo(before);
    }

    @Test
    void disconnecting_while_reconnecting_leaves_nothing() throws Exception {
        assertThat(ask("connect " + address)).isEqualTo("ok");
        kill(provider);
        assertThat(ask("await RECONNECTING")).isEqualTo("ok");
        assertThat(ask("disconnect")).isEqualTo("DISCONNECTED");
        assertThat(network()).isEqualTo(before);
    }

    @Test
    void who_can_not_be_reached_is_told_and_nothing_is_changed() throws Exception {
        kill(provider);
        assertThat(ask("connect " + address)).isEqualTo("unreachable");
        assertThat(network()).isEqualTo(before);
        assertThat(ask("get " + WEB)).isEqualTo(Link.CLIENT.ipv4().getHostAddress());
    }

    @Test
    void the_local_network_is_reached_if_that_was_chosen_and_nothing_else_goes_there()
            throws Exception {
        assertThat(ask("connect " + address)).isEqualTo("ok");
        String since = ask("since");
        assertThat(neighbours()).isEmpty();
        for (int i = 0; i < 2; i++) {
            assertThat(ask("choose provider on")).isEqualTo("ok");
            assertThat(neighbours()).isEqualTo(NEIGHBOUR);
            knockFar();
            assertThat(ask("get " + WEB)).isEqualTo(EXIT);
            assertThat(ask("choose provider off")).isEqualTo("ok");
            assertThat(neighbours()).isEmpty();
        }
        assertThat(ask("since")).isEqualTo(since);
        assertThat(ask("choose provider on")).isEqualTo("ok");
        kill(provider);
        assertThat(ask("await RECONNECTING")).isEqualTo("ok");
        assertThat(neighbours()).isEqualTo(NEIGHBOUR);
        knockFar();
        knockEverywhere();
        assertThat(ask("choose provider off")).isEqualTo("ok");
        assertThat(neighbours()).isEmpty();
        assertThat(outside.take()).isEmpty();
    }

    @Test
    void names_are_asked_of_who_was_chosen_and_of_nobody_else() throws Exception {
        assertThat(ask("connect " + address)).isEqualTo("ok");
        String since = ask("since");
        String granted = ask("servers");
        assertThat(granted).startsWith("100.");
        assertThat(ask("choose " + WEB + " off")).isEqualTo("ok");
        assertThat(ask("servers")).isEqualTo(WEB);
        assertThat(servers()).containsExactly("nameserver " + WEB);
        assertThat(resolve()).isEqualTo(WEB);
        // Nobody answers there, and the provider is not asked instead.
        assertThat(ask("choose " + EXIT + " off")).isEqualTo("ok");
        assertThat(servers()).containsExactly("nameserver " + EXIT);
        assertThat(resolve()).isEmpty();
        assertThat(ask("choose provider off")).isEqualTo("ok");
        assertThat(ask("servers")).isEqualTo(granted);
        assertThat(resolve()).isEqualTo(WEB);
        assertThat(ask("since")).isEqualTo(since);
        assertThat(outside.take()).isEmpty();
    }

    @Test
    void a_neighbour_is_not_asked_for_names_although_the_local_network_is_reached()
            throws Exception {
        assertThat(ask("choose " + NEIGHBOUR.getFirst() + " on")).isEqualTo("ok");
        assertThat(ask("connect " + address)).isEqualTo("ok");
        assertThat(neighbours()).isEqualTo(NEIGHBOUR);
        assertThat(servers()).containsExactly("nameserver " + NEIGHBOUR.getFirst());
        assertThat(resolve()).isEmpty();
        kill(provider);
        assertThat(ask("await RECONNECTING")).isEqualTo("ok");
        assertThat(resolve()).isEmpty();
        assertThat(outside.take()).isEmpty();
    }

    @Test
    void a_killed_client_leaves_traffic_blocked_until_cleanup() throws Exception {
        assertThat(ask("choose provider on")).isEqualTo("ok");
        assertThat(ask("connect " + address)).isEqualTo("ok");
        kill(process);
        driver().close();
        assertThat(neighbours()).isEqualTo(NEIGHBOUR);
        for (String to : List.of(WEB, WEB6)) {
            assertThat(
                            lab.start(Namespace.CLIENT, "ping", "-c", "2", "-W", "1", to)
                                    .await(START_WITHIN)
                                    .succeeded())
                    .isFalse();
        }
        assertThat(outside.take()).isEmpty();
        lab.startJava(Namespace.CLIENT, FlowShield.class, "cleanup").awaitSuccess(START_WITHIN);
        assertThat(network()).isEqualTo(before);
    }

    /** Those of whom an echo comes back. */
    private List<String> neighbours() throws LabException, InterruptedException {
        List<String> answering = new ArrayList<>();
        for (String at : NEIGHBOUR) {
            boolean answers =
                    lab.start(Namespace.CLIENT, "ping", "-c", "1", "-W", "1", at)
                            .await(START_WITHIN)
                            .succeeded();
            if (answers) {
                answering.add(at);
            }
        }
        return answering;
    }

    private void knockFar() throws IOException {
        for (String to : FAR) {
            assertThat(ask("knock " + to)).isEqualTo("ok");
        }
    }

    private List<String> servers() throws LabException, InterruptedException {
        return resolvConf().lines().filter(line -> line.startsWith("nameserver")).toList();
    }

    private void address(Namespace of, String ipv4, String ipv6)
            throws LabException, InterruptedException {
        String device = of == Namespace.ROUTER ? "client" : Namespace.INTERFACE;
        var _ = lab.run(of, "ip", "address", "add", ipv4, "dev", device);
        var _ = lab.run(of, "ip", "-6", "address", "add", ipv6, "dev", device, "nodad");
    }

    /** Connections that ended before still say goodbye, and late answers are refused. */
    private void awaitQuiet() throws LabException, InterruptedException {
        for (int quiet = 0; quiet < 2; quiet++) {
            if (!outside.take().isEmpty()) {
                quiet = -1;
            }
        }
    }

    private String resolvConf() throws LabException, InterruptedException {
        return lab.run(Namespace.CLIENT, "cat", "/etc/resolv.conf").output();
    }

    /** As any program does; empty if nobody answers. */
    private String resolve() throws LabException, InterruptedException {
        String said =
                lab.start(Namespace.CLIENT, "getent", "ahostsv4", "web.example")
                        .await(START_WITHIN)
                        .output();
        return said.split(" ", -1)[0];
    }

    private void knockEverywhere() throws IOException {
        for (String to : List.of(WEB, WEB6, EXIT)) {
            assertThat(ask("knock " + to)).isEqualTo("ok");
        }
    }

    private void startProvider() throws IOException, InterruptedException {
        // As a daemon does when it starts: the one before may have been killed.
        var _ = new Cleanup(new ChangeJournal(ChangeJournal.SYSTEM), LinuxMachine::find).run();
        provider =
                lab.startJava(
                        Namespace.PROVIDER,
                        FlowShield.class,
                        "node",
                        "provider",
                        "--free",
                        "--listen",
                        "/ip4/" + EXIT + "/tcp/" + OutsideDetector.PROVIDER_PORT,
                        "--key",
                        folder.resolve("key").toString(),
                        "--json");
        String listening =
                provider.awaitLine(
                        "listening",
                        line -> line.startsWith("{\"event\":\"listening\""),
                        START_WITHIN);
        address = JsonMapper.shared().readTree(listening).at("/multiaddrs/0").asString();
    }

    private void startClient() throws LabException, IOException, InterruptedException {
        Path socket = folder.resolve("driver" + started++);
        process = lab.startJava(Namespace.CLIENT, ClientDriver.class, socket.toString());
        String _ = process.awaitLine("ready", ClientDriver.READY::equals, START_WITHIN);
        driver = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    private SocketChannel driver() {
        return Objects.requireNonNull(driver);
    }

    private String ask(String line) throws IOException {
        OutputStream out = Channels.newOutputStream(driver());
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        // A reader of its own each time: there is never more than the one answer.
        return new BufferedReader(Channels.newReader(driver(), StandardCharsets.UTF_8)).readLine();
    }

    private void kill(LabProcess process) throws LabException, InterruptedException {
        signal(process, "-KILL");
        var _ = process.await(START_WITHIN);
    }

    private void signal(LabProcess process, String signal)
            throws LabException, InterruptedException {
        var _ = lab.run(Namespace.ROUTER, "kill", signal, Long.toString(process.pid()));
    }

    /** All of the client machine's network, byte for byte. */
    private List<String> network() throws LabException, InterruptedException {
        List<String> all = new ArrayList<>();
        for (String command :
                List.of(
                        "nft list ruleset",
                        "ip -4 rule",
                        "ip -6 rule",
                        "ip -4 route show table all",
                        "ip -6 route show table all",
                        "ip -o link",
                        "stat -c '%F %a %u %g %N' /etc/resolv.conf",
                        "cat /etc/resolv.conf",
                        "grep -rs . /proc/sys/net/ipv4 /proc/sys/net/ipv6 | sort")) {
            all.add("== " + command);
            lab.run(Namespace.CLIENT, "sh", "-c", command).output().lines().forEach(all::add);
        }
        return all;
    }
}
