package org.flowshield.node.exit.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.exit.Egress;
import org.flowshield.node.exit.Exit;
import org.flowshield.node.exit.ExitPlan;
import org.flowshield.node.exit.ExitPolicy;
import org.flowshield.node.exit.Refusal;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.Cleanup;
import org.flowshield.node.restore.MachineException;
import org.flowshield.node.restore.TestNamespace;
import org.flowshield.node.restore.linux.LinuxMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A provider in a namespace between a client and an internet; the client's link stands for the
 * tunnel's device.
 */
final class NftExitIT {

    @TempDir private Path folder;

    private TestNamespace client;
    private TestNamespace provider;
    private TestNamespace internet;

    @BeforeEach
    void make_the_three() throws IOException {
        client = new TestNamespace();
        provider = new TestNamespace();
        internet = new TestNamespace();
        provider.run(
                "ip link add fsexit address 02:00:00:00:00:01 type veth"
                        + " peer name tun address 02:00:00:00:00:02 netns "
                        + client.name());
        provider.run("ip link add eth0 type veth peer name eth0 netns " + internet.name());
        address(provider, "fsexit", "100.64.0.1/20", "fd00::1/48");
        address(provider, "eth0", "203.0.113.2/24", "2001:db8:b::2/64");
        address(client, "tun", "100.64.0.2/32", "fd00::2/128");
        // A TUN device has no neighbours to ask for.
        provider.run("ip neigh add fd00::2 lladdr 02:00:00:00:00:02 dev fsexit nud permanent");
        client.run("ip neigh add fd00::1 lladdr 02:00:00:00:00:01 dev tun nud permanent");
        address(internet, "eth0", "203.0.113.1/24", "2001:db8:b::1/64");
        for (String more : List.of("192.0.2.80/32", "10.0.0.80/32", "10.1.0.80/32")) {
            internet.run("ip address add " + more + " dev lo");
        }
        internet.run("ip address add 2001:db8:f::80/128 dev lo nodad");
        client.run("ip route add 100.64.0.1 dev tun");
        client.run("ip route add default via 100.64.0.1");
        client.run("ip -6 route add fd00::1 dev tun");
        client.run("ip -6 route add default via fd00::1");
        provider.run("ip route add default via 203.0.113.1");
        provider.run("ip -6 route add default via 2001:db8:b::1");
    }

    @AfterEach
    void remove_the_three() throws IOException {
        for (TestNamespace made : new TestNamespace[] {client, provider, internet}) {
            if (made != null) { // without root there is none
                made.close();
            }
        }
    }

    @Test
    void what_comes_out_of_the_tunnel_leaves_with_the_providers_address() throws IOException {
        // The internet has no route to the client: only a masqueraded packet is answered.
        assertThat(ping("192.0.2.80")).isFalse();
        try (Exit _ = open()) {
            assertThat(ping("192.0.2.80")).isTrue();
            assertThat(ping("2001:db8:f::80")).isTrue();
            assertThat(connect("192.0.2.80", 80)).contains("Connection refused");
        }
        assertThat(ping("192.0.2.80")).isFalse();
    }

    @Test
    void special_destinations_are_refused_unless_opened() throws IOException {
        try (Exit _ = open()) {
            assertThat(connect("10.0.0.80", 80)).contains("No route to host");
            assertThat(connect("10.1.0.80", 80)).contains("Connection refused");
        }
    }

    @Test
    void the_providers_own_addresses_and_network_are_refused() throws IOException {
        try (Exit _ = open()) {
            assertThat(connect("203.0.113.2", 22)).contains("No route to host");
            assertThat(connect("203.0.113.1", 22)).contains("No route to host");
            assertThat(connect("2001:db8:b::2", 22)).contains("Permission denied");
            assertThat(connect("100.64.0.1", 22)).contains("No route to host");
        }
    }

    @Test
    void the_gateway_answers_pings() throws IOException {
        try (Exit _ = open()) {
            assertThat(ping("100.64.0.1")).isTrue();
            assertThat(ping("fd00::1")).isTrue();
        }
    }

    @Test
    void the_gateway_may_be_asked_for_names_and_nothing_else() throws IOException {
        try (Exit _ = open()) {
            // Let through, and nobody listens.
            assertThat(connect("100.64.0.1", 53)).contains("Connection refused");
            assertThat(connect("100.64.0.1", 54)).contains("No route to host");
        }
    }

    @Test
    void mail_is_refused() throws IOException {
        try (Exit _ = open()) {
            assertThat(connect("192.0.2.80", 25)).contains("No route to host");
        }
    }

    @Test
    void another_client_is_refused() throws IOException {
        // A redirect would make the client look for the other on its link, and find nobody.
        provider.machine().set("ipv4/conf/all/send_redirects", "0");
        provider.machine().set("ipv4/conf/fsexit/send_redirects", "0");
        try (Exit _ = open()) {
            assertThat(connect("100.64.0.3", 80)).contains("No route to host");
        }
    }

    @Test
    void nobody_outside_reaches_a_client_unasked() throws IOException {
        internet.run("ip route add 100.64.0.0/10 via 203.0.113.2");
        try (Exit _ = open()) {
            assertThat(succeeds(internet, "ping -c 1 -W 1 100.64.0.2")).isFalse();
        }
        provider.machine().set("ipv4/ip_forward", "1");
        assertThat(succeeds(internet, "ping -c 1 -W 1 100.64.0.2")).isTrue();
    }

    @Test
    void the_egress_is_found() throws IOException {
        Egress egress = LinuxEgress.find(provider.machine());
        assertThat(egress.ipv4()).isTrue();
        assertThat(egress.ipv6()).isTrue();
        assertThat(egress.mtu()).isEqualTo(1500);
        assertThat(egress.onLink())
                .contains(Cidr.parse("203.0.113.0/24"), Cidr.parse("2001:db8:b::/64"));
    }

    @Test
    void each_refusal_is_counted_by_its_reason() throws IOException {
        try (Exit exit = open()) {
            for (Refusal never : Refusal.values()) {
                // Its neighbours' kernels look for routers and groups from addresses of no session.
                if (never != Refusal.FORGED_SOURCE) {
                    assertThat(exit.refused().get(never)).as(never.label()).isZero();
                }
            }
            assertThat(ping("10.0.0.80")).isFalse();
            assertThat(ping("203.0.113.1")).isFalse();
            assertThat(ping("100.64.0.3")).isFalse();
            assertThat(connect("100.64.0.1", 22)).contains("No route to host");
            assertThat(connect("192.0.2.80", 25)).contains("No route to host");
            assertThat(ping("192.0.2.80")).isTrue();
            Map<Refusal, Long> refused = exit.refused();
            assertThat(refused.get(Refusal.SPECIAL_PURPOSE)).isEqualTo(1);
            assertThat(refused.get(Refusal.LOCAL_NETWORK)).isEqualTo(1);
            assertThat(refused.get(Refusal.OTHER_SESSION)).isEqualTo(1);
            // A slow machine tries twice to connect.
            assertThat(refused.get(Refusal.OWN_SERVICE)).isPositive();
            assertThat(refused.get(Refusal.PORT)).isPositive();
            assertThat(refused.get(Refusal.UNSOLICITED)).isZero();
        }
    }

    @Test
    void a_network_that_the_provider_joins_later_is_refused_too() throws IOException {
        internet.run("ip address add 198.51.100.80/32 dev lo");
        try (Exit exit = open()) {
            assertThat(ping("198.51.100.80")).isTrue();
            provider.run("ip address add 198.51.100.2/24 dev eth0");
            assertThat(exit.keep(onLink())).isTrue();
            assertThat(ping("198.51.100.80")).isFalse();
            assertThat(exit.keep(onLink())).isFalse();
            provider.run("ip address del 198.51.100.2/24 dev eth0");
            assertThat(exit.keep(onLink())).isTrue();
            assertThat(ping("198.51.100.80")).isTrue();
        }
    }

    @Test
    void an_address_that_the_provider_gets_is_refused_at_once() throws IOException {
        try (Exit _ = open()) {
            assertThat(ping("192.0.2.80")).isTrue();
            provider.run("ip address add 192.0.2.99/32 dev lo");
            assertThat(ping("192.0.2.99")).isFalse();
        }
    }

    @Test
    void rules_that_somebody_removes_are_put_back() throws IOException {
        try (Exit exit = open()) {
            assertThat(ping("10.0.0.80")).isFalse();
            assertThat(exit.keep(onLink())).isFalse();
            provider.run("nft flush ruleset");
            assertThat(exit.keep(onLink())).isTrue();
            assertThat(ping("10.0.0.80")).isFalse();
            assertThat(ping("192.0.2.80")).isTrue();
            assertThat(exit.refused().get(Refusal.SPECIAL_PURPOSE)).isEqualTo(2);
        }
    }

    @Test
    void a_session_has_no_more_flows_than_it_may() throws IOException {
        try (Exit exit = open(3)) {
            for (int port = 1; port <= 3; port++) {
                assertThat(connect("192.0.2.80", 8000 + port)).contains("Connection refused");
            }
            assertThat(exit.refused().get(Refusal.TOO_MANY_FLOWS)).isZero();
        }
        try (Exit exit = open(3)) {
            send(client, "192.0.2.80", 9000, 5);
            assertThat(exit.refused().get(Refusal.TOO_MANY_FLOWS)).isEqualTo(2);
        }
    }

    @Test
    void a_flood_of_refused_packets_is_not_answered_each() throws IOException {
        try (Exit exit = open()) {
            send(client, "10.0.0.80", 9000, 100);
            assertThat(exit.refused().get(Refusal.SPECIAL_PURPOSE)).isEqualTo(100);
            assertThat(icmpErrorsSent()).isBetween(1L, 50L);
        }
    }

    @Test
    void an_exit_without_ipv6_says_so() throws IOException {
        provider.run("ip -6 route del default");
        try (Exit exit = open()) {
            assertThat(connect("2001:db8:f::80", 80)).contains("Permission denied");
            assertThat(exit.refused().get(Refusal.NO_IPV6)).isPositive();
        }
    }

    @Test
    void all_is_as_before_when_closed() throws IOException {
        List<String> before = provider.snapshot();
        Exit exit = open();
        assertThat(provider.changedSince(before)).isNotEmpty();
        exit.close();
        assertThat(provider.changedSince(before)).isEmpty();
    }

    @Test
    void all_is_as_before_also_on_a_machine_with_settings_of_its_own() throws IOException {
        provider.machine().set("ipv4/conf/all/accept_redirects", "0");
        provider.machine().set("ipv4/conf/eth0/forwarding", "1");
        provider.machine().set("ipv6/conf/eth0/forwarding", "1");
        provider.machine().set("ipv6/conf/eth0/accept_ra", "0");
        List<String> before = provider.snapshot();
        try (Exit _ = open()) {
            assertThat(ping("2001:db8:f::80")).isTrue();
        }
        assertThat(provider.changedSince(before)).isEmpty();
    }

    @Test
    void a_machine_that_forwards_already_goes_on_to() throws IOException {
        provider.machine().set("ipv4/ip_forward", "1");
        provider.machine().set("ipv6/conf/all/forwarding", "1");
        List<String> before = provider.snapshot();
        open().close();
        assertThat(provider.changedSince(before)).isEmpty();
    }

    @Test
    void a_setting_that_somebody_else_changes_meanwhile_is_theirs() throws IOException {
        try (Exit _ = open()) {
            assertThat(provider.machine().setting("ipv6/conf/eth0/accept_ra")).contains("2");
            provider.machine().set("ipv6/conf/eth0/accept_ra", "0");
        }
        assertThat(provider.machine().setting("ipv6/conf/eth0/accept_ra")).contains("0");
        assertThat(provider.machine().setting("ipv6/conf/default/accept_ra")).contains("1");
    }

    @Test
    void cleanup_mends_what_a_killed_process_left() throws IOException {
        List<String> before = provider.snapshot();
        Exit killed = open();
        assertThat(killed).isNotNull();
        Path file = new ChangeJournal(folder).files().getFirst();
        String record = Files.readString(file);
        Files.writeString(file, record.replaceFirst("\"process\":\\d+", "\"process\":999999999"));

        assertThat(new Cleanup(new ChangeJournal(folder), LinuxMachine::find).run())
                .extracting(Cleanup.Result::outcome)
                .containsExactly(Cleanup.Outcome.PUT_BACK);

        assertThat(provider.changedSince(before)).isEmpty();
    }

    private Exit open() throws IOException {
        return open(ExitPolicy.DEFAULT_MAX_FLOWS);
    }

    private List<Cidr> onLink() throws IOException {
        return LinuxEgress.find(provider.machine()).onLink();
    }

    /** Sends as many UDP packets as there are ports from the first on. */
    private static void send(TestNamespace from, String address, int first, int packets)
            throws IOException {
        String script =
                "for ((i = 0; i < %d; i++)); do echo > /dev/udp/%s/$((%d + i)); done 2>/dev/null; true"
                        .formatted(packets, address, first);
        String _ = from.machine().run(List.of("bash", "-c", script));
    }

    private long icmpErrorsSent() throws IOException {
        String program =
                "/^Icmp:/ { if (at) print $at; for (i = 1; i <= NF; i++) if ($i == name) at = i }";
        return Long.parseLong(
                provider.machine()
                        .run(
                                List.of(
                                        "awk",
                                        "-v",
                                        "name=OutDestUnreachs",
                                        program,
                                        "/proc/net/snmp"))
                        .strip());
    }

    private Exit open(int maxFlows) throws IOException {
        Egress egress = LinuxEgress.find(provider.machine());
        ExitPlan plan =
                new ExitPlan(
                        "fsexit",
                        (Inet4Address) InetAddress.ofLiteral("100.64.0.1"),
                        (Inet6Address) InetAddress.ofLiteral("fd00::1"),
                        Cidr.parse("100.64.0.0/20"),
                        Cidr.parse("fd00::/48"),
                        egress.ipv6(),
                        0x4653,
                        new ExitPolicy(
                                List.of(Cidr.parse("10.1.0.0/16")),
                                egress.onLink(),
                                ExitPolicy.MAIL,
                                maxFlows));
        return NftExit.open(plan, provider.machine(), new ChangeJournal(folder));
    }

    private boolean ping(String address) {
        return succeeds(client, "ping -c 1 -W 1 " + address);
    }

    /** What the system says of a connection that nobody accepts: nobody listens anywhere. */
    private String connect(String address, int port) throws MachineException {
        return client.machine()
                .run(
                        List.of(
                                "bash",
                                "-c",
                                "timeout 3 bash -c 'exec 3<>/dev/tcp/%s/%d' 2>&1; true"
                                        .formatted(address, port)));
    }

    private static boolean succeeds(TestNamespace namespace, String command) {
        try {
            namespace.run(command);
            return true;
        } catch (MachineException e) {
            return false;
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
