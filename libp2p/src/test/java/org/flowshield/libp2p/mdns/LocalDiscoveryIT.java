package org.flowshield.libp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.kad.SomePeers;
import org.flowshield.libp2p.peer.PeerId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two machines in a network of their own: network namespaces with a cable between them, so that no
 * multicast leaves the test. Root only.
 */
@Timeout(120)
final class LocalDiscoveryIT {

    private static final String US = "10.77.0.1";
    private static final String THEM = "10.77.0.2";

    private final String suffix = Long.toString(ProcessHandle.current().pid());
    private final String ours = "mdns-a-" + suffix;
    private final String theirs = "mdns-b-" + suffix;
    private final Random random = new Random(3);
    private final PeerId self = SomePeers.id(random);
    private final PeerId other = SomePeers.id(random);
    private final List<Process> running = new ArrayList<>();

    @BeforeEach
    void lay_a_cable() throws Exception {
        assumeThat(System.getProperty("user.name")).as("namespaces need root").isEqualTo("root");
        ip("netns", "add", ours);
        ip("netns", "add", theirs);
        ip(
                "-n", ours, "link", "add", "name", "va", "type", "veth", "peer", "name", "vb",
                "netns", theirs);
        up(ours, "va", US);
        up(theirs, "vb", THEM);
    }

    private static void up(String namespace, String device, String address) throws Exception {
        ip("-n", namespace, "address", "add", address + "/24", "dev", device);
        ip("-n", namespace, "link", "set", device, "up");
        ip("-n", namespace, "link", "set", "lo", "up");
        ip("-n", namespace, "route", "add", "default", "dev", device); // js-libp2p wants one
    }

    @AfterEach
    void take_it_away() throws Exception {
        for (Process process : running) {
            process.getOutputStream().close();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        for (String namespace : List.of(ours, theirs)) {
            new ProcessBuilder("ip", "netns", "delete", namespace).start().waitFor();
        }
    }

    @Test
    void two_of_us_find_each_other() throws Exception {
        BufferedReader here = ours();
        BufferedReader there = java(theirs, other, THEM);
        assertThat(found(here)).isEqualTo("[" + address(THEM, other) + "]");
        assertThat(found(there)).isEqualTo("[" + address(US, self) + "]");
    }

    @Test
    void we_and_js_libp2p_find_each_other() throws Exception {
        Path js = Path.of("src/test/js");
        assumeThat(js.resolve("node_modules/@libp2p/mdns"))
                .as("./dev setup installs js-libp2p")
                .isDirectory();
        BufferedReader here = ours();
        BufferedReader there = start(js, theirs, "node", "mdns.mjs", "/ip4/" + THEM + "/tcp/4001");
        String id = line(there, "ready ");
        assertThat(found(here)).contains("/ip4/" + THEM + "/tcp/4001/p2p/" + id);
        assertThat(found(there)).contains(self.toString()).contains("/ip4/" + US + "/tcp/4001");
    }

    private BufferedReader ours() throws IOException {
        return java(ours, self, US);
    }

    private BufferedReader java(String namespace, PeerId peer, String ip) throws IOException {
        BufferedReader output =
                start(
                        Path.of("."),
                        namespace,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LocalDiscoveryPeer.class.getName(),
                        peer.toString(),
                        ip,
                        "/ip4/" + ip + "/tcp/4001");
        var _ = line(output, "ready");
        return output;
    }

    private BufferedReader start(Path folder, String namespace, String... command)
            throws IOException {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        whole.addAll(List.of(command));
        Process process =
                new ProcessBuilder(whole)
                        .directory(folder.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        running.add(process);
        return process.inputReader();
    }

    private static String address(String ip, PeerId peer) {
        return "/ip4/" + ip + "/tcp/4001/p2p/" + peer;
    }

    private static String found(BufferedReader output) throws IOException {
        return line(output, "found ");
    }

    /** What follows in the next line that begins so. */
    private static String line(BufferedReader output, String beginning) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
        throw new IOException("the process ended before it said '" + beginning + "'");
    }

    private static void ip(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    }
}
