package org.flowshield.libp2p.nat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real router: miniupnpd, which runs in many homes, in a network namespace of its own; our
 * machine in another, with its default route there. Root only.
 */
@Timeout(120)
final class PortMappingIT {

    private static final Path MINIUPNPD = Path.of("/usr/sbin/miniupnpd");

    /** What the router says that its address is; nothing is ever sent there. */
    private static final String EXTERNAL = "9.9.9.7";

    /** Where miniupnpd puts its rules. */
    private static final String TABLE =
            """
            table inet filter {
              chain forward { type filter hook forward priority 0; jump miniupnpd; }
              chain miniupnpd { }
              chain prerouting { type nat hook prerouting priority -100; jump prerouting_miniupnpd; }
              chain postrouting { type nat hook postrouting priority 100; jump postrouting_miniupnpd; }
              chain prerouting_miniupnpd { }
              chain postrouting_miniupnpd { }
            }
            """;

    /**
     * miniupnpd speaks NAT-PMP and PCP at one port or neither: what begins with PCP's version does
     * not arrive, as at a router that is older than PCP and says nothing to what it does not know.
     */
    private static final String WITHOUT_PCP =
            """
            table inet without_pcp {
              chain input { type filter hook input priority 0; udp dport 5351 @th,64,8 2 drop; }
            }
            """;

    private final String home = "nat-home-" + ProcessHandle.current().pid();
    private final String router = "nat-router-" + ProcessHandle.current().pid();
    private final List<Process> running = new ArrayList<>();
    private @TempDir Path folder;

    @BeforeEach
    void lay_the_cables() throws Exception {
        assumeThat(System.getProperty("user.name")).as("namespaces need root").isEqualTo("root");
        assumeThat(MINIUPNPD).as("./dev setup installs it").exists();
        ip("netns", "add", home);
        ip("netns", "add", router);
        cable(home, "lan", router, "inside");
        up(home, "lo");
        up(router, "lo");
        address(home, "lan", "10.78.0.2/24");
        address(router, "inside", "10.78.0.1/24");
        ip("-n", home, "route", "add", "default", "via", "10.78.0.1");
        cable(router, "outside", router, "street");
        up(router, "street");
        address(router, "outside", "203.0.113.7/24");
    }

    private static void cable(String one, String oneEnd, String other, String otherEnd)
            throws Exception {
        ip(
                "-n", one, "link", "add", "name", oneEnd, "type", "veth", "peer", "name", otherEnd,
                "netns", other);
    }

    private static void address(String namespace, String device, String address) throws Exception {
        ip("-n", namespace, "address", "add", address, "dev", device);
        up(namespace, device);
    }

    private static void up(String namespace, String device) throws Exception {
        ip("-n", namespace, "link", "set", device, "up");
    }

    @AfterEach
    void take_all_away() throws Exception {
        for (Process process : running.reversed()) {
            process.getOutputStream().close();
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        for (String namespace : List.of(home, router)) {
            new ProcessBuilder("ip", "netns", "delete", namespace).start().waitFor();
        }
    }

    @Test
    void a_port_is_passed_on_by_pcp_and_taken_back() throws Exception {
        maps("enable_natpmp=yes", "enable_upnp=no", "PCP");
    }

    @Test
    void a_port_is_passed_on_by_upnp_and_taken_back() throws Exception {
        maps("enable_natpmp=no", "enable_upnp=yes", "UPnP");
    }

    @Test
    void a_port_is_passed_on_by_nat_pmp_alone_and_taken_back() throws Exception {
        nft(WITHOUT_PCP);
        maps("enable_natpmp=yes", "enable_upnp=no", "NAT-PMP");
    }

    @Test
    void a_network_whose_router_passes_nothing_on_is_told_so() throws Exception {
        Process ours = ours();
        assertThat(line(ours.inputReader(), "state ")).startsWith("Failed");
    }

    private void maps(String natPmp, String upnp, String protocol) throws Exception {
        Path leases = folder.resolve("leases");
        startRouter(natPmp, upnp, leases);
        Process ours = ours();
        BufferedReader output = ours.inputReader();
        assertThat(line(output, "state "))
                .startsWith("Mapped")
                .contains(EXTERNAL, "port=4001", protocol);
        assertThat(Files.readString(leases)).contains("TCP:4001:10.78.0.2:4001:");
        ours.getOutputStream().close();
        assertThat(line(output, "closed")).isEmpty();
        assertThat(Files.readString(leases)).doesNotContain("4001");
    }

    private void startRouter(String natPmp, String upnp, Path leases) throws Exception {
        nft(TABLE);
        Path rules = folder.resolve("miniupnpd.conf");
        Files.writeString(
                rules,
                String.join(
                        "\n",
                        "ext_ifname=outside",
                        "ext_ip=" + EXTERNAL,
                        "listening_ip=inside",
                        natPmp,
                        upnp,
                        "secure_mode=yes",
                        "system_uptime=yes",
                        "lease_file=" + leases,
                        "uuid=00000000-0000-0000-0000-000000000001",
                        "allow 1024-65535 10.78.0.0/24 1024-65535",
                        "deny 0-65535 0.0.0.0/0 0-65535",
                        ""));
        Process daemon =
                start(
                        router,
                        MINIUPNPD.toString(),
                        "-d",
                        "-f",
                        rules.toString(),
                        "-P",
                        folder.resolve("pid").toString());
        var _ = line(daemon.inputReader(), "");
    }

    /** Loads rules at the router. */
    private void nft(String rules) throws Exception {
        Path table = folder.resolve("table.nft");
        Files.writeString(table, rules);
        ip("netns", "exec", router, "nft", "-f", table.toString());
    }

    private Process ours() throws IOException {
        return start(
                home,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PortMappingPeer.class.getName(),
                "4001");
    }

    private Process start(String namespace, String... command) throws IOException {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        whole.addAll(List.of(command));
        Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        running.add(process);
        return process;
    }

    /** What follows in the next line that begins so. */
    private static String line(BufferedReader output, String beginning) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
            said.append(line).append('\n');
        }
        throw new IOException("the process ended before it said '" + beginning + "':\n" + said);
    }

    private static void ip(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    }
}
