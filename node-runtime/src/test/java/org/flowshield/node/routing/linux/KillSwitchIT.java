package org.flowshield.node.routing.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.Cleanup;
import org.flowshield.node.restore.MachineException;
import org.flowshield.node.restore.TestNamespace;
import org.flowshield.node.restore.linux.LinuxMachine;
import org.flowshield.node.routing.ClientRoutes;
import org.flowshield.node.routing.LeftBlocked;
import org.flowshield.node.routing.RoutePlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client machine that tries to get past its tunnel, and a neighbour that is the way to the world
 * and counts what comes. A cable stands for the tunnel's device.
 */
final class KillSwitchIT {

    private static final String SERVER = "192.0.2.80";
    private static final String SERVER6 = "2001:db8:f::80";
    private static final String HOME = "192.168.7.1";

    /** Hardware addresses of the client and of the others. */
    private static final String HERE = "02:00:00:00:00:01";

    private static final String THERE = "02:00:00:00:00:02";

    private static final RoutePlan TUNNEL = new RoutePlan("flowshield0", true, true);

    /** How {@code curl} is bound to a network card. */
    private static final String BOUND = "--interface if!eth0";

    private static final Pattern PACKETS = Pattern.compile("counter packets (\\d+)");

    @TempDir private Path folder;

    private TestNamespace client;
    private TestNamespace outside;
    private TestNamespace tunnel;

    @BeforeEach
    void make_the_three() throws IOException {
        client = new TestNamespace();
        outside = new TestNamespace();
        tunnel = new TestNamespace();
        cable("eth0", outside);
        cable("flowshield0", tunnel);
        address(client, "eth0", "198.51.100.2/24", "2001:db8:c::2/64");
        address(outside, "eth0", "198.51.100.1/24", "2001:db8:c::1/64");
        address(client, "flowshield0", "100.64.0.2/32", "fd00::2/128");
        address(tunnel, "flowshield0", "100.64.0.1/32", "fd00::1/128");
        client.run("ip address add 192.168.7.2/24 dev eth0");
        outside.run("ip address add " + HOME + "/24 dev eth0");
        client.run("ip -6 address add fe80::2/64 dev eth0 nodad");
        outside.run("ip -6 address add fe80::1/64 dev eth0 nodad");
        for (TestNamespace answers : List.of(outside, tunnel)) {
            answers.run("ip address add " + SERVER + "/32 dev lo");
            answers.run("ip address add " + SERVER6 + "/128 dev lo nodad");
            count(answers);
        }
        tunnel.run("ip route add 100.64.0.2 dev flowshield0");
        tunnel.run("ip -6 route add fd00::2 dev flowshield0");
        for (String device : List.of("eth0", "flowshield0")) {
            // Whoever is bound to a card asks the neighbourhood for any address.
            neighbours(client, device, THERE, SERVER, SERVER6, "198.51.100.1", "2001:db8:c::1");
        }
        neighbours(tunnel, "flowshield0", HERE, "100.64.0.2", "fd00::2");
        client.run("ip route add default via 198.51.100.1");
        client.run("ip -6 route add default via 2001:db8:c::1");
    }

    @AfterEach
    void remove_the_three() throws IOException {
        for (TestNamespace made : new TestNamespace[] {client, outside, tunnel}) {
            if (made != null) { // without root there is none
                made.close();
            }
        }
    }

    @Test
    void who_is_bound_to_the_network_card_gets_nothing_out() throws IOException {
        assertThat(leaked(bound())).isEqualTo(bound());
        List<String> before = client.snapshot();

        ClientRoutes routes = block();
        assertThat(leaked(bound())).isEmpty();
        routes.leadInto(TUNNEL);
        assertThat(leaked(bound())).isEmpty();
        client.run("ip link set flowshield0 down");
        assertThat(leaked(bound())).isEmpty();
        client.run("ip link set flowshield0 up");
        client.run("ip address add fd00::2/128 dev flowshield0 nodad"); // went with it
        routes.close();

        assertThat(client.changedSince(before)).isEmpty();
        assertThat(leaked(bound())).isEqualTo(bound());
    }

    @Test
    void nothing_leaves_when_somebody_removes_our_rules_of_routing() throws IOException {
        try (ClientRoutes routes = block()) {
            routes.leadInto(TUNNEL);
            for (String family : List.of("-4", "-6")) {
                client.run("ip " + family + " rule flush");
                client.run("ip " + family + " rule add pref 32766 lookup main");
            }
            assertThat(client.run("ip route get " + SERVER)).contains("dev eth0");
            assertThat(leaked(unbound())).isEmpty();
        }
        assertThat(leaked(unbound())).isEqualTo(unbound());
    }

    @Test
    void nothing_leaves_by_rules_of_others_that_come_before_ours() throws IOException {
        client.run("ip -4 rule add pref 100 lookup main");
        client.run("ip -6 rule add pref 100 lookup main");
        try (ClientRoutes routes = block()) {
            assertThat(leaked(unbound())).isEmpty();
            routes.leadInto(TUNNEL);
            assertThat(leaked(unbound())).isEmpty();
        }
        assertThat(leaked(unbound())).isEqualTo(unbound());
    }

    @Test
    void our_own_sockets_and_what_goes_into_the_tunnel_pass() throws IOException {
        try (ClientRoutes routes = block()) {
            ping("-m 18003 " + SERVER);
            ping("-m 18003 " + SERVER6);
            routes.leadInto(TUNNEL);
            assertThat(arrived(tunnel)).isZero();
            ping(SERVER);
            ping(SERVER6);
            ping("127.0.0.1");
            ping("198.51.100.2");
            assertThat(arrived(tunnel)).isEqualTo(2);
            assertThat(arrived(outside)).isEqualTo(2);
        }
    }

    @Test
    void the_link_lives_on() throws IOException {
        try (ClientRoutes _ = block()) {
            client.run("ip -6 neigh del 2001:db8:c::1 dev eth0");
            ping("-m 18003 " + SERVER6);
            ping("-I eth0 fe80::1");
            assertRefused("-I eth0 198.51.100.1");
            assertRefused("-I eth0 2001:db8:c::1");
        }
        long before = arrived(outside);
        ping("-I eth0 198.51.100.1");
        ping("-I eth0 2001:db8:c::1");
        assertThat(arrived(outside)).isEqualTo(before + 2);
    }

    @Test
    void the_local_network_is_reached_when_it_is_wanted_and_not_asked_for_names()
            throws IOException {
        Attempt names = tftp("names", BOUND, HOME + ":53");
        Attempt more = tftp("no names", BOUND, HOME + ":69");
        try (ClientRoutes routes = block()) {
            assertRefused("-I eth0 " + HOME);
            routes.reachLan(true);
            ping("-I eth0 " + HOME);
            ping(HOME);
            assertThat(leaked(List.of(names, more))).containsExactly(more);
            assertThat(leaked(bound())).isEmpty();
            routes.leadInto(TUNNEL);
            assertThat(leaked(List.of(names, more))).containsExactly(more);
            routes.reachLan(false);
            assertRefused("-I eth0 " + HOME);
        }
        assertThat(leaked(List.of(names))).containsExactly(names);
    }

    @Test
    void what_a_killed_process_held_is_held_by_the_next_and_the_next_after_it() throws Exception {
        ChangeJournal journal = new ChangeJournal(folder);
        assertThat(HeldTraffic.takeOver(client.machine(), journal)).isEmpty();
        List<String> before = client.snapshot();
        block().leadInto(TUNNEL);
        List<Attempt> all = new ArrayList<>(bound());
        all.addAll(unbound());
        for (int i = 0; i < 2; i++) {
            killed();
            LeftBlocked held = HeldTraffic.takeOver(client.machine(), journal).orElseThrow();
            assertThat(held).isNotNull();
            cleanUp(journal);
            assertThat(journal.files()).hasSize(1);
            assertThat(client.run("ip -4 rule")).doesNotContain("18007");
            assertThat(leaked(all)).isEmpty();
        }
        killed();
        LeftBlocked last = HeldTraffic.takeOver(client.machine(), journal).orElseThrow();
        cleanUp(journal);
        ClientRoutes own = block();
        last.close();
        last.close();
        assertThat(leaked(all)).isEmpty();
        own.close();
        assertThat(client.changedSince(before)).isEmpty();
        assertThat(journal.files()).isEmpty();
        assertThat(leaked(unbound())).isEqualTo(unbound());
    }

    private void killed() throws IOException {
        for (Path file : new ChangeJournal(folder).files()) {
            String record = Files.readString(file);
            Files.writeString(
                    file, record.replaceFirst("\"process\":\\d+", "\"process\":999999999"));
        }
    }

    private static void cleanUp(ChangeJournal journal) throws IOException {
        assertThat(new Cleanup(journal, LinuxMachine::find).run())
                .extracting(Cleanup.Result::outcome)
                .doesNotContain(Cleanup.Outcome.FAILED);
    }

    @Test
    void it_is_put_back_with_the_next_session() throws IOException {
        try (ClientRoutes routes = block()) {
            client.run("nft flush ruleset");
            routes.leadInto(TUNNEL);
            assertThat(leaked(bound())).isEmpty();
        }
    }

    /** Something that a program may try, and what it is called. */
    private record Attempt(String name, List<String> command) {}

    /** By programs that have bound their sockets to the network card. */
    private static List<Attempt> bound() {
        return attempts("-I eth0", BOUND);
    }

    /** By programs that let the system choose the way. */
    private static List<Attempt> unbound() {
        return attempts("-n", "--silent");
    }

    private static List<Attempt> attempts(String ping, String curl) {
        List<Attempt> attempts = new ArrayList<>();
        for (String server : List.of(SERVER, "[" + SERVER6 + "]")) {
            String address = server.replaceAll("[\\[\\]]", "");
            attempts.add(
                    new Attempt("ICMP to " + address, words("ping -c 1 -W 0.5 " + ping, address)));
            attempts.add(
                    new Attempt(
                            "TCP to " + address,
                            words("curl --max-time 0.5 " + curl, "http://" + server + "/")));
            attempts.add(tftp("UDP to " + address, curl, server));
        }
        return attempts;
    }

    /** UDP to a port of one's choice. */
    private static Attempt tftp(String name, String curl, String server) {
        return new Attempt(name, words("curl --max-time 0.5 " + curl, "tftp://" + server + "/x"));
    }

    private static List<String> words(String command, String last) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.add(last);
        return words;
    }

    /** Those of which a packet came to the neighbour. */
    private List<Attempt> leaked(List<Attempt> attempts) throws IOException {
        List<Attempt> leaked = new ArrayList<>();
        for (Attempt attempt : attempts) {
            long before = arrived(outside);
            try {
                client.machine().run(attempt.command());
            } catch (MachineException e) {
                // Nobody answers but to pings; what counts is what was sent.
                assertThat(e.reason()).isEqualTo(MachineException.Reason.FAILED);
            }
            if (arrived(outside) > before) {
                leaked.add(attempt);
            }
        }
        return leaked;
    }

    private void ping(String words) throws IOException {
        client.run("ping -c 1 -W 1 " + words);
    }

    private void assertRefused(String words) throws IOException {
        long before = arrived(outside);
        assertThatThrownBy(() -> ping(words)).isInstanceOf(MachineException.class);
        assertThat(arrived(outside)).as(words).isEqualTo(before);
    }

    private static void count(TestNamespace at) throws IOException {
        String ruleset =
                """
                table inet arrived {
                    chain in {
                        type filter hook prerouting priority raw;
                        ip daddr { %s, %s } counter
                        ip6 daddr %s counter
                        ip daddr 198.51.100.1 icmp type echo-request counter
                        ip6 daddr 2001:db8:c::1 icmpv6 type echo-request counter
                    }
                }
                """
                        .formatted(SERVER, HOME, SERVER6);
        at.machine().run(List.of("nft", "-f", "-"), ruleset);
    }

    private static long arrived(TestNamespace at) throws IOException {
        Matcher packets = PACKETS.matcher(at.run("nft list table inet arrived"));
        long all = 0;
        while (packets.find()) {
            all += Long.parseLong(packets.group(1));
        }
        return all;
    }

    private void cable(String device, TestNamespace to) throws IOException {
        client.run(
                "ip link add %1$s address %2$s type veth peer name %1$s address %3$s netns %4$s"
                        .formatted(device, HERE, THERE, to.name()));
    }

    private static void address(TestNamespace at, String device, String v4, String v6)
            throws IOException {
        // The kernel would give it a link-local one a moment later, perhaps between two snapshots.
        at.run("ip link set " + device + " addrgenmode none");
        at.run("ip address add " + v4 + " dev " + device);
        at.run("ip address add " + v6 + " dev " + device + " nodad");
        at.run("ip link set " + device + " up");
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

    private ClientRoutes block() throws IOException {
        return PolicyRoutes.block(client.machine(), new ChangeJournal(folder));
    }
}
