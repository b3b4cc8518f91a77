package org.flowshield.node.routing.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.Cleanup;
import org.flowshield.node.restore.TestNamespace;
import org.flowshield.node.restore.linux.LinuxMachine;
import org.flowshield.node.routing.ClientRoutes;
import org.flowshield.node.routing.RoutePlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client machine with one link and a default route, in a namespace. */
final class PolicyRoutesIT {

    private static final RoutePlan BOTH = new RoutePlan("fs0", true, true);

    private static final List<String> NAMES =
            List.of(
                    "ipproto udp sport 4000 dport 53",
                    "ipproto tcp sport 4000 dport 53",
                    "ipproto udp sport 4000 dport 853",
                    "ipproto tcp sport 4000 dport 853");

    /** Neighbours, one behind a router at home, and the group by which devices are looked for. */
    private static final List<String> HOME =
            List.of("192.168.7.9", "10.7.0.9", "fd07::9", "239.255.255.250");

    @TempDir private Path folder;

    private TestNamespace client;

    @BeforeEach
    void make_the_client() throws IOException {
        client = new TestNamespace();
        client.run("ip link add eth0 type veth peer name router");
        for (String device : List.of("eth0", "router")) {
            withoutLinkLocal(device);
        }
        client.run("ip link set router up");
        client.run("ip address add 198.51.100.2/24 dev eth0");
        client.run("ip address add 2001:db8:c::2/64 dev eth0 nodad");
        client.run("ip link set eth0 up");
        client.run("ip route add default via 198.51.100.1");
        client.run("ip -6 route add default via 2001:db8:c::1");
        client.run("ip link add fs0 type veth peer name process");
        for (String device : List.of("fs0", "process")) {
            withoutLinkLocal(device);
        }
        client.run("ip link set process up");
        client.run("ip address add 100.64.0.2/32 dev fs0");
        client.run("ip address add fd00::2/128 dev fs0 nodad");
        client.run("ip link set fs0 up");
        client.run("ip -6 address add fe80::99/64 dev eth0 nodad");
    }

    @AfterEach
    void remove_the_client() throws IOException {
        if (client != null) { // without root there is none
            client.close();
        }
    }

    @Test
    void everything_goes_into_the_tunnel_but_what_is_ours_or_near() throws IOException {
        try (ClientRoutes _ = open(BOTH)) {
            assertThat(route("192.0.2.80")).contains("dev fs0");
            assertThat(route("2001:db8:f::80")).contains("dev fs0");
            assertThat(route("198.51.100.77")).contains("dev fs0");
            assertThat(route("192.0.2.80 mark 0x4653")).contains("via 198.51.100.1 dev eth0");
            assertThat(route("2001:db8:f::80 mark 0x4653")).contains("via 2001:db8:c::1 dev eth0");
            assertThat(route("127.0.0.1")).contains("dev lo");
            assertThat(route("198.51.100.2")).contains("dev lo");
            assertThat(route("::1")).contains("dev lo");
            assertThat(route("fe80::1 oif eth0")).contains("dev eth0");
            assertThat(route("255.255.255.255 ipproto udp sport 68 dport 67 oif eth0"))
                    .contains("dev eth0");
        }
        assertThat(route("192.0.2.80")).contains("dev eth0");
    }

    @Test
    void nothing_leaks_when_the_device_is_gone() throws IOException {
        try (ClientRoutes _ = open(BOTH)) {
            client.run("ip link del fs0");
            assertUnreachable("192.0.2.80");
            assertUnreachable("2001:db8:f::80");
            assertThat(route("192.0.2.80 mark 0x4653")).contains("dev eth0");
        }
    }

    @Test
    void our_own_sockets_never_enter_the_tunnel_when_the_link_is_gone() throws IOException {
        try (ClientRoutes _ = open(BOTH)) {
            client.run("ip link del eth0");
            assertUnreachable("192.0.2.80 mark 0x4653");
        }
    }

    @Test
    void a_family_that_the_tunnel_does_not_carry_is_unreachable() throws IOException {
        try (ClientRoutes _ = open(new RoutePlan("fs0", true, false))) {
            assertThat(route("192.0.2.80")).contains("dev fs0");
            assertUnreachable("2001:db8:f::80");
        }
    }

    @Test
    void all_is_as_before_when_closed() throws IOException {
        List<String> before = client.snapshot();
        ClientRoutes routes = open(BOTH);
        assertThat(client.changedSince(before)).isNotEmpty();
        routes.close();
        assertThat(client.changedSince(before)).isEmpty();
        routes.close();
        assertThat(client.changedSince(before)).isEmpty();
    }

    @Test
    void all_is_as_before_when_closed_where_reverse_paths_are_filtered() throws IOException {
        client.machine().set("ipv4/conf/eth0/rp_filter", "1");
        List<String> before = client.snapshot();
        try (ClientRoutes _ = open(BOTH)) {
            assertThat(client.run("nft list ruleset")).contains("flowshield_client", "ct mark");
            assertThat(client.machine().setting("ipv4/conf/all/src_valid_mark")).contains("1");
        }
        assertThat(client.changedSince(before)).isEmpty();
    }

    @Test
    void nothing_leaves_before_there_is_a_device() throws IOException {
        try (ClientRoutes _ = block()) {
            assertUnreachable("192.0.2.80");
            assertUnreachable("2001:db8:f::80");
            assertUnreachable("198.51.100.77");
            assertThat(route("192.0.2.80 mark 0x4653")).contains("via 198.51.100.1 dev eth0");
            assertThat(route("2001:db8:f::80 mark 0x4653")).contains("via 2001:db8:c::1 dev eth0");
        }
    }

    @Test
    void it_stays_blocked_when_there_is_no_device_to_lead_into() throws IOException {
        try (ClientRoutes routes = block()) {
            assertThatThrownBy(() -> routes.leadInto(new RoutePlan("missing0", true, true)))
                    .hasMessageContaining("missing0");
            assertUnreachable("192.0.2.80");
            assertUnreachable("2001:db8:f::80");
        }
    }

    @Test
    void all_is_as_before_when_it_can_not_block() throws IOException {
        client.run("ip -6 rule add pref 18007 lookup 18003");
        List<String> before = client.snapshot();
        assertThatThrownBy(this::block).hasMessageContaining("File exists");
        client.run("ip -6 rule add pref 18007 lookup 18003");
        assertThat(client.changedSince(before)).isEmpty();
        assertThat(new ChangeJournal(folder).files()).isEmpty();
    }

    @Test
    void cleanup_mends_what_a_killed_process_left() throws IOException {
        List<String> before = client.snapshot();
        ClientRoutes killed = open(BOTH);
        killed.reachLan(true);
        for (Path file : new ChangeJournal(folder).files()) {
            String record = Files.readString(file);
            Files.writeString(
                    file, record.replaceFirst("\"process\":\\d+", "\"process\":999999999"));
        }

        assertThat(new Cleanup(new ChangeJournal(folder), LinuxMachine::find).run())
                .extracting(Cleanup.Result::outcome)
                .containsExactly(Cleanup.Outcome.PUT_BACK, Cleanup.Outcome.PUT_BACK);

        assertThat(client.changedSince(before)).isEmpty();
    }

    @Test
    void names_are_not_asked_of_a_neighbour() throws IOException {
        try (ClientRoutes _ = open(BOTH)) {
            for (String names : NAMES) {
                assertUnreachable("fe80::1 oif eth0 " + names);
                assertThat(route("198.51.100.1 " + names)).contains("dev fs0");
            }
            assertThat(route("fe80::1 oif eth0 ipproto udp sport 9 dport 5353"))
                    .contains("dev eth0");
        }
        try (ClientRoutes _ = block()) {
            assertUnreachable("198.51.100.1 " + NAMES.getFirst());
        }
    }

    @Test
    void the_local_network_is_reached_by_its_own_routes_alone() throws IOException {
        home();
        try (ClientRoutes routes = block()) {
            for (String at : HOME) {
                assertUnreachable(at);
            }
            routes.reachLan(true);
            atHome();
            assertUnreachable("10.9.9.9");
            assertUnreachable("fd99::1");
            assertUnreachable("192.0.2.80");
            routes.leadInto(BOTH);
            atHome();
            assertThat(route("10.9.9.9")).contains("dev fs0");
            assertThat(route("172.31.0.1")).contains("dev fs0");
            assertThat(route("fd99::1")).contains("dev fs0");
            assertThat(route("192.0.2.80")).contains("dev fs0");
            assertThat(route("198.51.100.77")).contains("dev fs0");
        }
    }

    private void home() throws IOException {
        client.run("ip address add 192.168.7.2/24 dev eth0");
        client.run("ip -6 address add fd07::2/64 dev eth0 nodad");
        client.run("ip route add 10.7.0.0/16 via 192.168.7.1");
    }

    private void atHome() throws IOException {
        for (String at : HOME) {
            assertThat(route(at)).contains("dev eth0");
        }
        for (String names : NAMES) {
            for (String at : HOME) {
                assertNotOutside(at + " " + names);
            }
        }
    }

    private void assertNotOutside(String destination) {
        String way;
        try {
            way = route(destination);
        } catch (IOException e) {
            assertThat(e).hasMessageFindingMatch("No route to host|[Uu]nreachable");
            return;
        }
        assertThat(way).contains("dev fs0");
    }

    /** What TunnelVision and TunnelCrack do: routes by DHCP, or a whole network that is a lie. */
    @Test
    void routes_that_a_hostile_network_announces_lead_nothing_past_the_tunnel() throws IOException {
        home();
        client.run("ip route add 0.0.0.0/1 via 192.168.7.1");
        client.run("ip route add 128.0.0.0/1 via 192.168.7.1");
        client.run("ip route add 192.0.2.80/32 via 192.168.7.1");
        client.run("ip route add 168.0.0.0/6 via 192.168.7.1");
        client.run("ip -6 route add ::/1 via fd07::1");
        client.run("ip -6 route add 8000::/1 via fd07::1");
        client.run("ip address add 203.0.113.2/24 dev eth0");
        client.run("ip address add 10.64.0.2/24 dev eth0");
        try (ClientRoutes routes = open(BOTH)) {
            routes.reachLan(true);
            for (String to :
                    List.of("10.9.9.9", "172.16.9.9", "192.168.9.9", "fd99::9", "192.0.2.80")) {
                assertThat(route(to)).as(to).contains("dev fs0");
            }
            assertThat(route("203.0.113.80")).contains("dev fs0");
            for (String names : NAMES) {
                assertThat(route("10.64.0.1 " + names)).as(names).contains("dev fs0");
            }
            assertThat(route("100.64.0.2")).contains("dev lo");
        }
    }

    @Test
    void the_local_network_is_switched_off_and_on_again_at_once() throws IOException {
        home();
        List<String> before = client.snapshot();
        ClientRoutes routes = open(BOTH);
        List<String> without = client.snapshot();
        for (int i = 0; i < 2; i++) {
            routes.reachLan(true);
            routes.reachLan(true);
            assertThat(route("192.168.7.9")).contains("dev eth0");
            routes.reachLan(false);
            routes.reachLan(false);
            assertThat(client.changedSince(without)).isEmpty();
            assertThat(new ChangeJournal(folder).files()).hasSize(1);
        }
        routes.reachLan(true);
        routes.close();
        assertThat(client.changedSince(before)).isEmpty();
        assertThat(new ChangeJournal(folder).files()).isEmpty();
    }

    @Test
    void when_the_local_network_can_not_be_reached_all_is_as_without_it() throws IOException {
        try (ClientRoutes routes = open(BOTH)) {
            List<String> without = client.snapshot();
            String taken = "ip rule add pref 18006 to 239.255.255.250 lookup main";
            client.run(taken);
            assertThatThrownBy(() -> routes.reachLan(true)).hasMessageContaining("File exists");
            assertThat(client.changedSince(without)).isEmpty();
            routes.reachLan(true);
            routes.reachLan(false);
            assertThat(client.changedSince(without)).isEmpty();
        }
    }

    private ClientRoutes block() throws IOException {
        return PolicyRoutes.block(client.machine(), new ChangeJournal(folder));
    }

    private ClientRoutes open(RoutePlan plan) throws IOException {
        ClientRoutes routes = block();
        routes.leadInto(plan);
        return routes;
    }

    /** The kernel would give it one a moment later, perhaps between two snapshots. */
    private void withoutLinkLocal(String device) throws IOException {
        client.run("ip link set " + device + " addrgenmode none");
    }

    private void assertUnreachable(String destination) {
        assertThatThrownBy(() -> route(destination))
                .hasMessageFindingMatch("No route to host|[Uu]nreachable");
    }

    private String route(String destination) throws IOException {
        return client.run("ip route get " + destination);
    }
}
