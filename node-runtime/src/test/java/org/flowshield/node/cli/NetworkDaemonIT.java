package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.anvil.AnvilOptions;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.network.BootstrapNode;
import org.flowshield.node.api.network.NetworkSettings;
import org.flowshield.node.api.network.RpcUrl;
import org.flowshield.node.api.payment.NetworkStatus;
import org.flowshield.node.lab.Lab;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A daemon that is told other ways to its chain and to its peers: two RPCs of its chain that tell
 * of different blocks, so that one sees who is asked, and one of another chain.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class NetworkDaemonIT {

    private static final Path BINARY =
            Anvil.binary(Path.of("").toAbsolutePath().resolveSibling("contracts"));

    private static final String ID = "/p2p/12D3KooWQnwEGNqcM2nAcPtRR9rAX8Hrg4k9kJLCHoTR5chJfz6d";
    private static final String FIRST = "/ip4/127.0.0.1/tcp/9" + ID;
    private static final String OWN = "/ip4/127.0.0.1/tcp/19" + ID;

    /** More than the network's own RPC has. */
    private static final int BLOCKS = 11;

    @TempDir private Path folder = Path.of("");
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<Process> started = new ArrayList<>();
    private Anvil ofTheFile;
    private Anvil own;
    private Anvil other;

    @BeforeEach
    void chains() throws Exception {
        String missing = Anvil.missing(BINARY);
        Assumptions.assumeTrue(missing.isEmpty(), missing);
        ofTheFile = chain(AnvilOptions.DEFAULT);
        own = chain(AnvilOptions.DEFAULT);
        own.control().mine(BLOCKS);
        other = chain(AnvilOptions.DEFAULT.withChain(new ChainId(4242)));
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(
                folder.resolve("data").resolve("network.toml"),
                """
                name = "test"
                chain-id = 31337
                rpc = ["%s"]
                bootstrap = ["%s"]
                [contracts]
                flow-token = "0x00000000000000000000000000000000000000a1"
                payment-channels = "0x00000000000000000000000000000000000000a2"
                payee-gate = "0x00000000000000000000000000000000000000a3"
                provider-registry = "0x00000000000000000000000000000000000000a4"
                identity-registry = "0x00000000000000000000000000000000000000a5"
                stake-vault = "0x00000000000000000000000000000000000000a6"
                access-manager = "0x00000000000000000000000000000000000000a7"
                timelock = "0x00000000000000000000000000000000000000a8"
                """
                        .formatted(ofTheFile.uri(), FIRST));
    }

    private Anvil chain(AnvilOptions options) throws IOException {
        Anvil anvil = Anvil.start(BINARY, options);
        opened.add(anvil);
        return anvil;
    }

    @AfterEach
    void end() throws Exception {
        for (Process process : started) {
            process.destroyForcibly();
            int _ = process.waitFor();
        }
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void other_rpcs_of_the_chain_are_asked_at_once_and_after_a_restart_and_no_key_is_told()
            throws Exception {
        Process first = daemon();
        awaitBlock(0);
        URI withKeys =
                URI.create("http://me:hunter2@127.0.0.1:" + own.uri().getPort() + "/?key=hunter2");
        CommandLineRun chosen = verb("network", "--rpc", withKeys.toString()).ok();
        assertThat(chosen.out())
                .contains("31337, asked through RPCs of your own choice")
                .doesNotContain("hunter2");
        ofTheFile.close();
        awaitBlock(BLOCKS);
        assertThat(settings().inForce().rpcs()).containsExactly(new RpcUrl(withKeys));
        Path kept = folder.resolve("data").resolve("network.settings");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");

        first.destroyForcibly();
        int _ = first.waitFor();
        Process _ = daemon();
        awaitBlock(BLOCKS);
        assertThat(settings().rpcs()).containsExactly(new RpcUrl(withKeys));
        for (int i = 0; i < started.size(); i++) {
            assertThat(Files.readString(log(i))).doesNotContain("hunter2");
        }
    }

    @Test
    void an_rpc_of_another_chain_or_one_that_is_silent_is_refused_and_nothing_changes()
            throws Exception {
        Process _ = daemon();
        NetworkSettings before = settings();
        assertThat(before.inForce().rpcs()).containsExactly(new RpcUrl(ofTheFile.uri()));
        verb("network", "--rpc", own.uri().toString(), "--rpc", other.uri() + "/?key=hunter2")
                .failed(ExitStatus.FAILED, "is of chain 4242", "31337", "nothing was changed");
        verb("network", "--rpc", nobody() + "/hunter2", "--bootstrap", OWN)
                .failed(ExitStatus.FAILED, "can't be reached", "nothing was changed");
        verb("network", "--rpc", "ws://127.0.0.1").failed(ExitStatus.USAGE, "not with ws://");
        assertThat(settings()).isEqualTo(before);
        assertThat(folder.resolve("data").resolve("network.settings")).doesNotExist();
        assertThat(Files.readString(log(0))).doesNotContain("hunter2");
    }

    private static URI nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }

    @Test
    void proofs_that_are_wanted_are_not_given_up_for_fewer_rpcs() throws Exception {
        Path file = folder.resolve("data").resolve("network.toml");
        String three =
                Files.readString(file)
                        .replaceFirst(
                                "rpc = .*",
                                "rpc = [\"http://127.0.0.1:9\", \"http://127.0.0.1:19\","
                                        + " \"http://127.0.0.1:29\"]");
        Files.writeString(file, three);
        Process _ = daemon("--set", "chain.registry=proofs");
        verb("network", "--rpc", own.uri().toString())
                .failed(ExitStatus.REFUSED, "RPCs of 1 server", "chain.registry");
        assertThat(settings().rpcs()).isEmpty();
    }

    @Test
    void who_is_believed_about_identities_follows_the_number_of_rpcs() throws Exception {
        Path file = folder.resolve("data").resolve("network.toml");
        Files.writeString(
                file, Files.readString(file).replace("chain-id = 31337", "chain-id = 4242"));
        Anvil second = chain(AnvilOptions.DEFAULT.withChain(new ChainId(4242)));
        Anvil third = chain(AnvilOptions.DEFAULT.withChain(new ChainId(4242)));
        Process _ = daemon();
        assertThat(network().identities()).isEqualTo(NetworkStatus.Identities.RPC);
        CommandLineRun three =
                verb(
                                "network",
                                "--rpc",
                                other.uri().toString(),
                                "--rpc",
                                second.uri().toString(),
                                "--rpc",
                                third.uri().toString())
                        .ok();
        assertThat(three.out()).contains("whose node it is that you pay is proved");
        assertThat(network().identities()).isEqualTo(NetworkStatus.Identities.PROOFS);
        assertThat(settings().inForce().identities()).isEqualTo(NetworkStatus.Identities.PROOFS);
        assertThat(Files.readString(log(0))).contains("has to be proved in a block that 2 of 3");
        assertThat(verb("network", "--rpc", other.uri().toString()).ok().out())
                .contains("the first that answers is believed");
        assertThat(network().identities()).isEqualTo(NetworkStatus.Identities.RPC);
    }

    @Test
    void bootstrap_nodes_count_when_serving_begins_the_next_time() throws Exception {
        Process _ =
                daemon(
                        "--set",
                        "fullnode.listen=/ip4/127.0.0.1/tcp/0",
                        "--set",
                        "network.local=true");
        verb("role", "enable", "fullnode").ok();
        CommandLineRun chosen = verb("network", "--bootstrap", OWN).ok();
        assertThat(chosen.out())
                .contains("1, of your own choice", OWN, "until they are switched off and on");
        NetworkSettings now = settings();
        assertThat(now.inForce().bootstrap()).containsExactly(new BootstrapNode(OWN));
        assertThat(now.inForce().serving()).containsExactly(new BootstrapNode(FIRST));

        verb("role", "disable", "fullnode").ok();
        assertThat(settings().inForce().serving()).isNull();
        verb("role", "enable", "fullnode").ok();
        assertThat(settings().inForce().serving()).containsExactly(new BootstrapNode(OWN));

        verb("network", "--bootstrap", "network").ok();
        assertThat(settings().inForce().bootstrap()).containsExactly(new BootstrapNode(FIRST));
    }

    @Test
    void a_file_that_was_broken_is_told_in_the_log_and_the_networks_own_are_used()
            throws Exception {
        Files.writeString(
                folder.resolve("data").resolve("network.settings"), "rpcs = hunter2/nonsense\n");
        Process _ = daemon();
        assertThat(settings().rpcs()).isEmpty();
        assertThat(settings().inForce().rpcs()).containsExactly(new RpcUrl(ofTheFile.uri()));
        assertThat(Files.readString(log(0)))
                .contains("network.settings", "can't be read", "choose again")
                .doesNotContain("hunter2");
        verb("network", "--rpc", own.uri().toString()).ok();
        awaitBlock(BLOCKS);
    }

    // ---- the daemon ----

    private Process daemon(String... options) throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "daemon",
                                "--data",
                                folder.resolve("data").toString(),
                                "--json",
                                "--set",
                                "roles.enabled="));
        words.addAll(List.of(options));
        Path log = log(started.size());
        Process process =
                new ProcessBuilder(Lab.javaCommand(FlowShield.class, words.toArray(String[]::new)))
                        .redirectError(log.toFile())
                        .start();
        started.add(process);
        StringWriter said = new StringWriter();
        for (String line = process.inputReader().readLine();
                line != null;
                line = process.inputReader().readLine()) {
            said.append(line).append('\n');
            if (line.equals("{\"event\":\"settled\"}")) {
                return process;
            }
        }
        throw new IOException("it ended: " + said + Files.readString(log));
    }

    private Path log(int number) {
        return folder.resolve("log" + number);
    }

    private Path socket() {
        return folder.resolve("data").resolve("api.sock");
    }

    private CommandLineRun verb(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--socket", socket().toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private NetworkSettings settings() throws Exception {
        try (NodeClient api = new NodeClient(socket())) {
            return api.network().settings();
        }
    }

    private NetworkStatus network() throws Exception {
        try (NodeClient api = new NodeClient(socket())) {
            return Objects.requireNonNull(api.payments().status().network());
        }
    }

    /** Waits until the daemon has heard of that block, or the test's time is over. */
    private void awaitBlock(long number) throws Exception {
        try (NodeClient api = new NodeClient(socket())) {
            NetworkStatus now = api.payments().status().network();
            while (now == null || now.block() == null || now.block() != number) {
                LockSupport.parkNanos(100_000_000);
                now = api.payments().status().network();
            }
        }
    }
}
