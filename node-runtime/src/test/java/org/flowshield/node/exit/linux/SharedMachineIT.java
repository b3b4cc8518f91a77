package org.flowshield.node.exit.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.exit.Egress;
import org.flowshield.node.exit.Exit;
import org.flowshield.node.exit.ExitPlan;
import org.flowshield.node.exit.ExitPolicy;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.MachineException;
import org.flowshield.node.restore.TestNamespace;
import org.flowshield.node.routing.ClientRoutes;
import org.flowshield.node.routing.RoutePlan;
import org.flowshield.node.routing.linux.PolicyRoutes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One machine that is a client and a provider. Cables stand for the devices of both tunnels. The
 * same addresses answer behind its physical link and behind its own tunnel; who was asked tells
 * which way a packet went.
 */
final class SharedMachineIT {

    private static final String SERVER = "192.0.2.80";
    private static final String SERVER6 = "2001:db8:f::80";

    /** Hardware addresses of the shared machine and of the others. */
    private static final String HERE = "02:00:00:00:00:01";

    private static final String THERE = "02:00:00:00:00:02";

    @TempDir private Path folder;

    /** Has a session with the shared machine. */
    private TestNamespace client;

    private TestNamespace shared;

    /** Behind the physical link. */
    private TestNamespace internet;

    /** What the shared machine's own tunnel leads to. */
    private TestNamespace tunnel;

    @BeforeEach
    void make_the_four() throws IOException {
        client = new TestNamespace();
        shared = new TestNamespace();
        internet = new TestNamespace();
        tunnel = new TestNamespace();
        cable("flowshield-exit", client, "tun");
        cable("eth0", internet, "eth0");
        cable("flowshield0", tunnel, "far");
        address(shared, "flowshield-exit", "100.64.16.1/20", "fd00:1::1/48");
        address(shared, "eth0", "203.0.113.2/24", "2001:db8:b::2/64");
        address(shared, "flowshield0", "100.64.32.2/32", "fd00:2::2/128");
        address(client, "tun", "100.64.16.2/32", "fd00:1::2/128");
        address(internet, "eth0", "203.0.113.1/24", "2001:db8:b::1/64");
        address(tunnel, "far", "100.64.32.1/32", "fd00:2::1/128");
        for (TestNamespace answers : List.of(internet, tunnel)) {
            answers.run("ip address add " + SERVER + "/32 dev lo");
            answers.run("ip address add " + SERVER6 + "/128 dev lo nodad");
        }
        // TUN devices have no neighbours to ask for.
        client.run("ip route add default dev tun");
        client.run("ip -6 route add default dev tun");
        tunnel.run("ip route add 100.64.32.2 dev far");
        tunnel.run("ip -6 route add fd00:2::2 dev far");
        neighbours();
        shared.run("ip route add default via 203.0.113.1");
        shared.run("ip -6 route add default via 2001:db8:b::1");
    }

    @AfterEach
    void remove_the_four() throws IOException {
        for (TestNamespace made : new TestNamespace[] {client, shared, internet, tunnel}) {
            if (made != null) { // without root there is none
                made.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void its_own_traffic_goes_through_its_tunnel_and_its_clients_traffic_does_not(
            boolean clientStartsFirst, boolean clientStopsFirst) throws IOException {
        List<String> before = shared.snapshot();
        ClientRoutes routes = clientStartsFirst ? connect() : null;
        Exit exit = open();
        routes = routes == null ? connect() : routes;

        assertBothWaysAreKeptApart();

        if (clientStopsFirst) {
            routes.close();
            assertThat(asked(internet, () -> ping(shared, SERVER))).isOne();
            assertThat(asked(internet, () -> ping(client, SERVER))).isOne();
            exit.close();
        } else {
            exit.close();
            assertThat(asked(tunnel, () -> ping(shared, SERVER))).isOne();
            assertThat(ping(client, SERVER)).isFalse();
            routes.close();
        }
        assertThat(shared.changedSince(before)).isEmpty();
    }

    @Test
    void sharing_goes_on_where_reverse_paths_are_filtered() throws IOException {
        shared.machine().set("ipv4/conf/all/rp_filter", "1");
        shared.machine().set("ipv4/conf/eth0/rp_filter", "1");
        List<String> before = shared.snapshot();
        try (Exit _ = open();
                ClientRoutes _ = connect()) {
            assertBothWaysAreKeptApart();
        }
        assertThat(shared.changedSince(before)).isEmpty();
    }

    @Test
    void a_client_of_its_does_not_get_into_its_tunnel_when_the_physical_link_is_gone()
            throws IOException {
        try (Exit _ = open();
                ClientRoutes _ = connect()) {
            shared.run("ip link set eth0 down");
            assertThat(asked(tunnel, () -> ping(client, SERVER) || ping(client, SERVER6))).isZero();
            assertThat(asked(tunnel, () -> ping(shared, SERVER))).isOne();
        }
    }

    @Test
    void a_client_of_its_is_served_while_its_own_tunnel_is_down() throws IOException {
        try (Exit _ = open();
                ClientRoutes _ = connect()) {
            shared.run("ip link set flowshield0 down");
            assertThat(asked(internet, () -> ping(client, SERVER))).isOne();
            assertThat(asked(internet, () -> ping(shared, SERVER))).isZero();
        }
    }

    @Test
    void the_gateway_answers_its_clients() throws IOException {
        try (Exit _ = open();
                ClientRoutes _ = connect()) {
            assertThat(ping(client, "100.64.16.1")).isTrue();
            assertThat(ping(client, "fd00:1::1")).isTrue();
        }
    }

    private void assertBothWaysAreKeptApart() throws IOException {
        for (String server : List.of(SERVER, SERVER6)) {
            assertThat(asked(tunnel, () -> ping(shared, server))).as(server).isOne();
            assertThat(asked(internet, () -> ping(client, server))).as(server).isOne();
            assertThat(asked(tunnel, () -> ping(client, server))).as(server).isZero();
            assertThat(asked(internet, () -> ping(shared, server))).as(server).isZero();
        }
    }

    private ClientRoutes connect() throws IOException {
        ClientRoutes routes = PolicyRoutes.block(shared.machine(), new ChangeJournal(folder));
        routes.leadInto(new RoutePlan("flowshield0", true, true));
        return routes;
    }

    private Exit open() throws IOException {
        Egress egress = LinuxEgress.find(shared.machine());
        return NftExit.open(
                new ExitPlan(
                        "flowshield-exit",
                        (Inet4Address) InetAddress.ofLiteral("100.64.16.1"),
                        (Inet6Address) InetAddress.ofLiteral("fd00:1::1"),
                        Cidr.parse("100.64.16.0/20"),
                        Cidr.parse("fd00:1::/48"),
                        egress.ipv6(),
                        PolicyRoutes.MARK,
                        ExitPolicy.of(List.of(), egress.onLink())),
                shared.machine(),
                new ChangeJournal(folder));
    }

    private interface Asking {
        boolean ask() throws IOException;
    }

    /** How many pings somebody was asked meanwhile. */
    private static long asked(TestNamespace whom, Asking meanwhile) throws IOException {
        long before = echoes(whom);
        boolean _ = meanwhile.ask();
        return echoes(whom) - before;
    }

    private static long echoes(TestNamespace namespace) throws IOException {
        String v4 =
                "/^Icmp:/ { if (at) print $at; for (i = 1; i <= NF; i++) if ($i == name) at = i }";
        String v6 = "$1 == name { print $2 }";
        return Long.parseLong(
                        namespace
                                .machine()
                                .run(List.of("awk", "-v", "name=InEchos", v4, "/proc/net/snmp"))
                                .strip())
                + Long.parseLong(
                        namespace
                                .machine()
                                .run(
                                        List.of(
                                                "awk",
                                                "-v",
                                                "name=Icmp6InEchos",
                                                v6,
                                                "/proc/net/snmp6"))
                                .strip());
    }

    private static boolean ping(TestNamespace from, String address) {
        try {
            from.run("ping -c 1 -W 1 " + address);
            return true;
        } catch (MachineException e) {
            return false;
        }
    }

    private void cable(String device, TestNamespace to, String farDevice) throws IOException {
        shared.run(
                "ip link add %s address %s type veth peer name %s address %s netns %s"
                        .formatted(device, HERE, farDevice, THERE, to.name()));
    }

    /** Both ends of a cable that stands for a TUN device know each other's hardware address. */
    private void neighbours() throws IOException {
        neighbours(client, "tun", HERE, SERVER, SERVER6, "100.64.16.1", "fd00:1::1");
        neighbours(shared, "flowshield-exit", THERE, "100.64.16.2", "fd00:1::2");
        neighbours(shared, "flowshield0", THERE, SERVER, SERVER6);
        neighbours(tunnel, "far", HERE, "100.64.32.2", "fd00:2::2");
    }

    private static void neighbours(
            TestNamespace at, String device, String hardware, String... addresses)
            throws IOException {
        for (String address : addresses) {
            at.run(
                    "ip neigh replace %s lladdr %s dev %s nud permanent"
                            .formatted(address, hardware, device));
        }
    }

    private static void address(TestNamespace namespace, String device, String v4, String v6)
            throws IOException {
        // The kernel would give it a link-local one a moment later, perhaps between two snapshots.
        namespace.run("ip link set " + device + " addrgenmode none");
        namespace.run("ip address add " + v4 + " dev " + device);
        namespace.run("ip address add " + v6 + " dev " + device + " nodad");
        namespace.run("ip link set " + device + " up");
    }
}
