package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.lab.Lab;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A wallet, a daemon and a chain: whose node it is, and what becomes of that. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class IdentityVerbsIT {

    @TempDir private Path folder = Path.of("");

    private final List<Process> started = new ArrayList<>();
    private MoneyLab lab;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(MoneyLab.missing().isEmpty(), MoneyLab.missing());
        lab = MoneyLab.start(folder);
    }

    @AfterEach
    void close() throws Exception {
        for (Process process : started) {
            process.destroy();
            int _ = process.waitFor();
        }
        if (lab != null) lab.close();
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Process daemon(String... options) throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "daemon",
                                "--data",
                                data().toString(),
                                "--json",
                                "--set",
                                "roles.enabled=",
                                "--set",
                                "chain.network=" + folder.resolve("network.toml")));
        words.addAll(List.of(options));
        Path log = folder.resolve("log" + started.size());
        Process process =
                new ProcessBuilder(Lab.javaCommand(FlowShield.class, words.toArray(String[]::new)))
                        .redirectError(log.toFile())
                        .start();
        started.add(process);
        for (String line = process.inputReader().readLine();
                line != null;
                line = process.inputReader().readLine()) {
            if (line.equals("{\"event\":\"settled\"}")) {
                return process;
            }
        }
        throw new IOException("it ended: " + Files.readString(log));
    }

    private CommandLineRun identity(String line) {
        return lab.run("identity " + line + " --data " + data());
    }

    private JsonNode shown() {
        return CommandLineRun.of(
                        "identity",
                        "show",
                        "--json",
                        "--data",
                        data().toString(),
                        "--network",
                        folder.resolve("network.toml").toString())
                .ok()
                .json();
    }

    private static NodeKey key(String peer) throws Exception {
        return NodeKey.of(PeerId.parse(peer)).orElseThrow();
    }

    @Test
    void a_node_is_registered_once_and_shows_a_certificate_of_its_wallet() throws Exception {
        Process _ = daemon();
        JsonNode before = shown();
        assertThat(before.get("wallet").isNull()).isTrue();
        assertThat(before.get("certificate_until").isNull()).isTrue();

        identity("register --yes --roles provider,fullnode").ok();
        JsonNode after = shown();
        assertThat(after.get("wallet").asString()).isEqualTo(MoneyLab.ME);
        assertThat(after.at("/binding/state").asString()).isEqualTo("bound");
        assertThat(after.at("/binding/roles").toString()).isEqualTo("[\"provider\",\"fullnode\"]");
        assertThat(after.get("certificate_until").isNull()).isFalse();
        assertThat(identity("register --yes --json").ok().json().get("state").asString())
                .isEqualTo("already_bound");
        identity("register --yes --roles verifier")
                .failed(ExitStatus.REFUSED, "a binding's roles are never changed");
    }

    @Test
    void who_does_not_agree_binds_nothing_and_a_configured_wallet_stays() throws Exception {
        Process free = daemon();
        identity("register").failed(ExitStatus.USAGE, "nobody at a terminal");
        free.destroy();
        int _ = free.waitFor();
        Process _ = daemon("--set", "identity.wallet=" + MoneyLab.BOB);
        identity("register --yes")
                .failed(ExitStatus.REFUSED, "belongs to the wallet " + MoneyLab.BOB);
        assertThat(lab.contracts().identities().events(0, lab.chain().head().number())).isEmpty();
    }

    @Test
    void a_key_is_changed_in_steps_that_may_be_cut_short() throws Exception {
        Process first = daemon();
        identity("register --yes").ok();
        String old = shown().get("peer_id").asString();
        identity("rotate --yes").ok();
        JsonNode waiting = shown();
        String next = waiting.get("next_peer_id").asString();
        assertThat(waiting.get("restart_needed").asBoolean()).isTrue();
        identity("rotate --yes").failed(ExitStatus.REFUSED, "restart the daemon");
        first.destroy();
        int _ = first.waitFor();

        Process second = daemon();
        JsonNode after = shown();
        assertThat(after.get("peer_id").asString()).isEqualTo(next);
        assertThat(after.at("/binding/state").asString()).isEqualTo("bound");
        assertThat(after.at("/other_nodes/0/peer_id").asString()).isEqualTo(old);
        assertThat(after.at("/other_nodes/0/state").asString()).isEqualTo("revoked");

        // The wallet does its part, and the daemon dies before it can do its own.
        byte[] proof;
        String third;
        try (NodeClient api = new NodeClient(data().resolve("api.sock"))) {
            var consent = api.identity().proveNext(EvmAddress.parse(MoneyLab.ME));
            third = consent.peerId();
            proof = HexFormat.of().parseHex(consent.proof().substring(2));
        }
        second.destroyForcibly();
        int _ = second.waitFor();
        lab.execute(
                lab.contracts().identities().rotate(key(next).bytes(), key(third).bytes(), proof));
        Process _ = daemon();
        assertThat(shown().get("peer_id").asString()).isEqualTo(third);
        assertThat(shown().at("/binding/state").asString()).isEqualTo("bound");
        assertThat(data().resolve("node.key.next")).doesNotExist();
    }

    @Test
    void a_new_key_that_the_wallet_has_not_bound_is_not_used() throws Exception {
        Process first = daemon();
        identity("register --yes").ok();
        String old = shown().get("peer_id").asString();
        String next;
        try (NodeClient api = new NodeClient(data().resolve("api.sock"))) {
            var me = EvmAddress.parse(MoneyLab.ME);
            next = api.identity().proveNext(me).peerId();
            assertThat(api.identity().proveNext(me).peerId()).isEqualTo(next);
        }
        first.destroy();
        int _ = first.waitFor();
        Process _ = daemon();
        assertThat(shown().get("peer_id").asString()).isEqualTo(old);
        assertThat(shown().get("next_peer_id").asString()).isEqualTo(next);
    }

    @Test
    void a_lost_node_is_revoked_from_a_machine_without_a_daemon() throws Exception {
        Process lost = daemon();
        identity("register --yes").ok();
        String peer = shown().get("peer_id").asString();
        lost.destroy();
        int _ = lost.waitFor();

        lab.run("identity revoke --yes " + peer).ok();
        IdentityRegistry registry = lab.contracts().identities();
        assertThat(registry.binding(EvmAddress.parse(MoneyLab.ME), key(peer).bytes()).status())
                .isEqualTo(BindingStatus.REVOKED);
        assertThat(
                        lab.run("identity revoke --yes --json --key " + key(peer).bytes())
                                .ok()
                                .json()
                                .get("state")
                                .asString())
                .isEqualTo("already_revoked");
        lab.run("identity revoke --yes 12D3KooWJzcVHGMVHuKQyZjGkSPsTzMPcoMaRQgmPm9oKrcUhMSD")
                .failed(ExitStatus.REFUSED, "has never bound");
        lab.run("identity revoke --yes QmNobody").failed(ExitStatus.USAGE, "no peer id");
        Process _ = daemon();
        identity("register --yes").failed(ExitStatus.REFUSED, "which is for ever");
    }
}
