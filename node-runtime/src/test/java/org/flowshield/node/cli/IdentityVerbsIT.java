package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.cli.serve.TestRelay;
import org.flowshield.node.identity.NodeAttribute;
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

    private static EvmAddress me() throws Exception {
        return EvmAddress.parse(MoneyLab.ME);
    }

    private TestRelay relay(String fee) throws Exception {
        return TestRelay.open(
                lab.chain(), lab.contracts(), Anvil.account(6), TokenAmount.parse(fee));
    }

    private BindingStatus status(String peer) throws Exception {
        return lab.contracts().identities().binding(me(), key(peer).bytes()).status();
    }

    @Test
    void a_wallet_without_gas_registers_rotates_and_revokes_through_a_provider() throws Exception {
        Process first = daemon();
        lab.control().setBalance(me(), Wei.ZERO);
        identity("register --yes").failed(ExitStatus.REFUSED, "let a relayer carry the order");
        TokenAmount flow = lab.contracts().token().balance(me());
        long number = lab.chain().pendingNonce(me());
        String next;
        try (TestRelay relay = relay("0.01")) {
            String carried = " --yes --without-gas --via " + relay.address();
            JsonNode done = identity("register --json" + carried).ok().json();
            assertThat(done.get("state").asString()).isEqualTo("confirmed");
            assertThat(done.get("carried_for").asString()).isEqualTo("0.01");
            String old = shown().get("peer_id").asString();
            assertThat(status(old)).isEqualTo(BindingStatus.BOUND);
            assertThat(identity("register --json" + carried).ok().json().get("state").asString())
                    .isEqualTo("already_bound");

            CommandLineRun rotated = identity("rotate" + carried).ok();
            assertThat(rotated.err()).contains("carries it for 0.01 FLOW");
            next = shown().get("next_peer_id").asString();
            assertThat(status(next)).isEqualTo(BindingStatus.BOUND);
            assertThat(status(old)).isEqualTo(BindingStatus.REVOKED);
            first.destroy();
            int _ = first.waitFor();
            Process _ = daemon();
            assertThat(shown().get("peer_id").asString()).isEqualTo(next);

            lab.run("identity revoke " + next + carried).ok();
            assertThat(status(next)).isEqualTo(BindingStatus.REVOKED);
        }
        TokenAmount fees = TokenAmount.parse("0.04");
        assertThat(lab.contracts().token().balance(me()).plus(fees)).isEqualTo(flow);
        assertThat(lab.chain().balance(me())).isEqualTo(Wei.ZERO);
        assertThat(lab.chain().pendingNonce(me())).isEqualTo(number);
    }

    @Test
    void what_nobody_carries_is_said_and_nothing_is_done() throws Exception {
        Process _ = daemon();
        identity("register --yes --without-gas")
                .failed(ExitStatus.REFUSED, "no provider was found that carries it");
        identity("register --yes --via /ip4/127.0.0.1/tcp/1")
                .failed(ExitStatus.USAGE, "--without-gas");
        identity("register --yes --without-gas --via nobody")
                .failed(ExitStatus.USAGE, "no peer id");
        try (TestRelay dear = relay("0.2");
                TestRelay free = relay("0");
                TestRelay other =
                        TestRelay.elsewhere(
                                lab.chain(),
                                lab.contracts(),
                                Anvil.account(6),
                                TokenAmount.parse("0.01"))) {
            identity("register --yes --without-gas --via " + dear.address())
                    .failed(ExitStatus.REFUSED, "asks for 0.2 FLOW, more than 0.1 FLOW");
            identity("register --yes --without-gas --via " + free.address())
                    .failed(ExitStatus.REFUSED, "carries orders about channels to it");
            identity("register --yes --without-gas --via " + other.address())
                    .failed(ExitStatus.REFUSED, "carries to another network");
        }
        try (TestRelay relay = relay("0.01")) {
            String carried = " --without-gas --via " + relay.address();
            identity("register" + carried).failed(ExitStatus.USAGE, "nobody at a terminal");
            lab.execute(
                    lab.contracts()
                            .token()
                            .transfer(
                                    EvmAddress.parse(MoneyLab.BOB),
                                    lab.contracts().token().balance(me())));
            identity("register --yes" + carried)
                    .failed(ExitStatus.REFUSED, "the wallet has 0 FLOW");
        }
        assertThat(lab.contracts().identities().events(0, lab.chain().head().number())).isEmpty();
    }

    @Test
    void what_the_market_has_to_be_told_of_is_not_begun_without_gas() throws Exception {
        Process _ = daemon();
        identity("register --yes").ok();
        String peer = shown().get("peer_id").asString();
        lab.execute(lab.contracts().providers().register(key(peer).bytes(), Bytes32.ZERO, ""));
        try (TestRelay relay = relay("0.01")) {
            identity("rotate --yes --without-gas --via " + relay.address())
                    .failed(ExitStatus.REFUSED, "telling the market of a new key takes gas");
        }
        assertThat(shown().has("next_peer_id")).isFalse();
        assertThat(status(peer)).isEqualTo(BindingStatus.BOUND);
    }

    @Test
    void what_a_wallet_says_of_its_node_is_set_shown_as_claimed_and_taken_back() throws Exception {
        Process _ = daemon();
        identity("attribute set city Bern --yes").failed(ExitStatus.REFUSED, "has not bound");
        identity("register --yes").ok();
        String peer = shown().get("peer_id").asString();
        identity("attribute set city").failed(ExitStatus.USAGE, "VALUE");
        identity("attribute set City Bern --yes")
                .failed(ExitStatus.USAGE, "no name of an attribute");
        identity("attribute set city " + "x".repeat(33) + " --yes")
                .failed(ExitStatus.USAGE, "text of 1 to 32 bytes");
        identity("attribute set city Bern").failed(ExitStatus.USAGE, "nobody at a terminal");

        CommandLineRun set = identity("attribute set city Zürich --yes").ok();
        assertThat(set.err()).contains("name          city", "value         Zürich");
        assertThat(
                        identity("attribute set city Zürich --yes --json")
                                .ok()
                                .json()
                                .get("state")
                                .asString())
                .isEqualTo("already_so");
        byte[] trick = "\u001b[2J".getBytes(StandardCharsets.UTF_8);
        lab.execute(
                lab.contracts()
                        .identities()
                        .setAttribute(
                                key(peer).bytes(),
                                NodeAttribute.nameWord("trick"),
                                new Bytes32(Arrays.copyOf(trick, Bytes32.LENGTH))));

        String network = " --network " + folder.resolve("network.toml");
        JsonNode listed = tell("identity attribute list " + peer + " --json" + network).ok().json();
        assertThat(listed.get("wallet").asString()).isEqualTo(MoneyLab.ME);
        assertThat(listed.at("/claimed/0").toString())
                .isEqualTo("{\"name\":\"city\",\"value\":\"Zürich\"}");
        assertThat(listed.at("/claimed/1/value").asString()).startsWith("0x1b5b324a");
        CommandLineRun own = tell("identity attribute list --data " + data() + network).ok();
        assertThat(own.out()).contains("claimed by its wallet", "city = Zürich");
        assertThat(own.out()).doesNotContain("\u001b");
        assertThat(shown().at("/claimed/0/name").asString()).isEqualTo("city");
        assertThat(tell("identity show --data " + data() + network).ok().out())
                .contains("claimed       city = Zürich");
        assertThat(tell("identity verify " + peer + " --role provider" + network).out())
                .as("it is in no market: nothing more is told")
                .doesNotContain("claimed");
        lab.execute(lab.contracts().providers().register(key(peer).bytes(), Bytes32.ZERO, ""));
        assertThat(tell("identity verify " + peer + network).ok().out())
                .contains("claimed city = Zürich, by its wallet's word alone");

        identity("attribute remove city --yes").ok();
        assertThat(
                        identity("attribute remove city --yes --json")
                                .ok()
                                .json()
                                .get("state")
                                .asString())
                .isEqualTo("already_so");
        assertThat(tell("identity attribute list " + peer + network).ok().out())
                .doesNotContain("city");
        identity("revoke --yes").ok();
        tell("identity attribute list " + peer + network)
                .failed(ExitStatus.REFUSED, "no wallet has");
    }

    private static CommandLineRun tell(String line) {
        return CommandLineRun.of(line.split(" ", -1));
    }
}
