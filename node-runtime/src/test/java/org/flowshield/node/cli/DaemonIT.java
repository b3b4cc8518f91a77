package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.anvil.AnvilOptions;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.payment.NetworkStatus;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.demo.Prerequisites;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.ledger.Opening;
import org.flowshield.node.ledger.sqlite.SqliteLedger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The daemon as an operator meets it: a process, its directory, its socket, its log. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class DaemonIT {

    @TempDir private Path folder = Path.of("");
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly();
            int _ = process.waitFor();
        }
    }

    /** What a daemon that does not come up has said. */
    private record Failed(int code, String said, String log) {}

    private Process daemon(String... options) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("daemon", "--data", data().toString(), "--json"));
        words.addAll(List.of(options));
        Process process =
                new ProcessBuilder(Lab.javaCommand(FlowShield.class, words.toArray(String[]::new)))
                        .redirectError(log().toFile())
                        .start();
        started.add(process);
        return process;
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolve("log" + started.size());
    }

    /** Starts one that has done what its configuration wants of it. */
    private Process settled(String... options) throws IOException {
        Path log = log();
        Process process = daemon(options);
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

    private Failed failing(String... options) throws Exception {
        Path log = log();
        Process process = daemon(options);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Failed(process.waitFor(), said, Files.readString(log));
    }

    private static void needsRoot() {
        Assumptions.assumeTrue(Prerequisites.isRoot(), "opens devices and tables: needs root");
    }

    @Test
    void keeps_its_key_and_leaves_its_socket_when_it_is_stopped() throws Exception {
        Process first = settled("--set", "roles.enabled=");
        String peer;
        try (NodeClient api = new NodeClient(data().resolve("api.sock"))) {
            peer = api.peerId();
        }
        Path key = data().resolve("node.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        first.destroy();
        assertThat(first.waitFor()).isEqualTo(128 + 15);
        assertThat(data().resolve("api.sock")).doesNotExist();

        Process _ = settled("--set", "roles.enabled=");
        try (NodeClient api = new NodeClient(data().resolve("api.sock"))) {
            assertThat(api.peerId()).isEqualTo(peer);
        }
    }

    @Test
    void settings_that_were_chosen_hold_after_a_restart_and_before_the_configuration()
            throws Exception {
        String[] configured = {"--set", "roles.enabled=", "--set", "client.dns=1.1.1.1"};
        Process first = settled(configured);
        ClientSettings own = new ClientSettings(DnsServer.parseAll("9.9.9.9 2620:fe::fe"), true);
        try (NodeClient api = new NodeClient(data().resolve("api.sock"))) {
            assertThat(api.clientSettings())
                    .isEqualTo(new ClientSettings(DnsServer.parseAll("1.1.1.1"), false));
            assertThat(api.change(new ClientSettingsChange(own.dns(), true))).isEqualTo(own);
        }
        first.destroyForcibly();
        int _ = first.waitFor();

        Process _ = settled(configured);
        try (NodeClient api = new NodeClient(data().resolve("api.sock"))) {
            assertThat(api.clientSettings()).isEqualTo(own);
        }
    }

    @Test
    void its_log_is_shown_by_the_command_line_as_it_stands_on_standard_error() throws Exception {
        Process first = settled("--set", "roles.enabled=fullnode", "--set", "log.level=debug");
        String shown = logs("--lines", "2000");
        List<String> written = Files.readAllLines(folder.resolve("log0"));
        assertThat(shown).contains("role fullnode could not be switched on");
        assertThat(written)
                .containsAll(shown.lines().filter(line -> !line.startsWith(" ")).toList());

        JsonNode told = JsonMapper.shared().readTree(logs("--json", "--level", "info"));
        String begun = told.get("begun").asString();
        assertThat(told.get("missed").asInt()).isZero();
        for (JsonNode entry : told.get("entries")) {
            assertThat(entry.get("level").asString()).isIn("error", "warn", "info");
        }
        first.destroyForcibly();
        int _ = first.waitFor();
        Process _ = settled("--set", "roles.enabled=");
        assertThat(JsonMapper.shared().readTree(logs("--json")).get("begun").asString())
                .isNotEqualTo(begun);
    }

    private String logs(String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("logs", "--data", data().toString()));
        words.addAll(List.of(options));
        Process process =
                new ProcessBuilder(Lab.javaCommand(FlowShield.class, words.toArray(String[]::new)))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        started.add(process);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said;
    }

    @Test
    void a_killed_daemon_does_not_keep_the_next_from_starting() throws Exception {
        Process killed = settled("--set", "roles.enabled=");
        killed.destroyForcibly();
        int _ = killed.waitFor();
        assertThat(data().resolve("api.sock")).exists();
        Process _ = settled("--set", "roles.enabled=");
        try (NodeClient api = new NodeClient(data().resolve("api.sock"))) {
            assertThat(api.status().roles()).hasSize(RoleName.values().length);
        }
    }

    @Test
    void a_second_daemon_is_told_of_the_first_and_does_it_no_harm() throws Exception {
        Process first = settled("--set", "roles.enabled=");
        Failed second = failing();
        assertThat(second.code()).isEqualTo(ExitStatus.REFUSED.code());
        assertThat(second.log()).contains("process " + first.pid(), "--data");
        assertThat(error(second).get("code").asString()).isEqualTo("already_running");
        try (NodeClient api = new NodeClient(data().resolve("api.sock"))) {
            assertThat(api.peerId()).isNotEmpty();
        }
    }

    private static JsonNode error(Failed failed) {
        return JsonMapper.shared().readTree(failed.said()).get("error");
    }

    @Test
    void a_broken_configuration_is_refused_with_file_line_and_what_is_allowed() throws Exception {
        Path file = Files.createDirectories(data()).resolve("flowshield.toml");
        Files.writeString(file, "[client]\nlanes = 9\n");
        Failed failed = failing();
        assertThat(failed.code()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(failed.log()).contains(file + ":2", "client.lanes", "1 to 4");
        assertThat(data().resolve("node.key")).doesNotExist();
    }

    /** What a network file holds; nothing asks the RPC, whose port nobody has. */
    private static final String NETWORK =
            """
            name = "test"
            chain-id = 31337
            rpc = ["http://127.0.0.1:9"]
            [contracts]
            flow-token = "0x00000000000000000000000000000000000000a1"
            payment-channels = "0x00000000000000000000000000000000000000a2"
            payee-gate = "0x00000000000000000000000000000000000000a3"
            provider-registry = "0x00000000000000000000000000000000000000a4"
            identity-registry = "0x00000000000000000000000000000000000000a5"
            stake-vault = "0x00000000000000000000000000000000000000a6"
            access-manager = "0x00000000000000000000000000000000000000a7"
            timelock = "0x00000000000000000000000000000000000000a8"
            """;

    private Path network(String text) throws IOException {
        Path file = Files.createDirectories(data()).resolve("network.toml");
        Files.writeString(file, text);
        return file;
    }

    @Test
    void a_broken_network_file_is_refused_with_file_and_fields() throws Exception {
        Path file = network("{\"name\": ");
        assertThat(refusedNetwork().get("message").asString()).contains(file + ":1", "not TOML");

        Path _ =
                network(
                        NETWORK.replaceFirst("payment-channels = .*\n", "")
                                .replace("31337", "\"main\"")
                                .replace("a8", "00"));
        assertThat(refusedNetwork().get("message").asString())
                .contains(
                        file + ": chain-id must be a whole number",
                        file + ": contracts.payment-channels is missing",
                        file + ": contracts.timelock is the address 0");
        assertThat(data().resolve("node.key")).doesNotExist();
    }

    private JsonNode refusedNetwork() throws Exception {
        Failed failed = failing("--set", "roles.enabled=");
        assertThat(failed.code()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(error(failed).get("code").asString()).isEqualTo("bad_network_file");
        assertThat(error(failed).get("action").asString()).contains("correct it");
        return error(failed);
    }

    @Test
    void no_line_of_its_log_holds_the_key_of_an_rpc() throws Exception {
        Path _ = network(NETWORK.replace("127.0.0.1:9", "127.0.0.1:9/v3/9aa3d95b?key=31415926"));
        Process _ = settled("--set", "roles.enabled=", "--set", "log.level=debug");
        try (NodeClient api = new NodeClient(data().resolve("api.sock"))) {
            NetworkStatus network = api.payments().status().network();
            while (network == null || network.rpc() != NetworkStatus.Rpc.UNREACHABLE) {
                network = api.payments().status().network();
            }
        }
        String log = Files.readString(folder.resolve("log0")) + logs("--lines", "2000");
        assertThat(log).contains("127.0.0.1:9").doesNotContain("9aa3d95b", "31415926");
    }

    @Test
    void the_number_of_another_chain_is_said_and_which_fields_to_look_at() throws Exception {
        Path binary = Anvil.binary(Path.of("").toAbsolutePath().resolveSibling("contracts"));
        String missing = Anvil.missing(binary);
        Assumptions.assumeTrue(missing.isEmpty(), missing);
        try (Anvil anvil = Anvil.start(binary, AnvilOptions.DEFAULT)) {
            Path _ =
                    network(
                            NETWORK.replace("31337", "1")
                                    .replace("http://127.0.0.1:9", anvil.uri().toString()));
            Process _ = settled("--set", "roles.enabled=");
            try (NodeClient api = new NodeClient(data().resolve("api.sock"))) {
                PaymentStatus status = api.payments().status();
                while (status.problem() == null) {
                    status = api.payments().status();
                }
                assertThat(status.problem().code()).isEqualTo("wrong_chain");
                assertThat(status.problem().message()).contains("31337", "no money has moved");
                assertThat(status.problem().action()).contains("chain-id", "rpc");
            }
        }
    }

    @Test
    void a_damaged_ledger_turns_payment_off_and_says_what_works_and_what_to_do() throws Exception {
        Path _ = network(NETWORK);
        Path ledger = data().resolve("ledger");
        ((Opening.Sound) SqliteLedger.open(ledger, Clock.systemUTC())).ledger().close();
        byte[] damaged = Arrays.copyOf(Files.readAllBytes(ledger.resolve("ledger.db")), 9000);
        Files.write(ledger.resolve("ledger.db"), damaged);
        Process _ =
                settled(
                        "--set",
                        "roles.enabled=provider",
                        "--set",
                        "provider.price=0.1",
                        "--set",
                        "provider.payee=0x00000000000000000000000000000000000000b1",
                        "--set",
                        "client.wallet=0x00000000000000000000000000000000000000b2");
        try (NodeClient api = new NodeClient(data().resolve("api.sock"))) {
            assertLedgerDamaged(api.payments().status().problem());
            RoleStatus provider = api.status().role(RoleName.PROVIDER);
            assertThat(provider.state()).isEqualTo(RoleState.FAILED);
            assertLedgerDamaged(provider.problem());
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> api.payments().channels())
                    .satisfies(e -> assertLedgerDamaged(e.problem()));
            assertThat(api.peerId()).isNotEmpty();
        }
        assertThat(Files.readString(folder.resolve("log0"))).contains("PAYMENT IS OFF");
        assertThat(Files.readAllBytes(ledger.resolve("ledger.db"))).isEqualTo(damaged);
    }

    private static void assertLedgerDamaged(@Nullable Problem problem) {
        assertThat(problem)
                .satisfies(
                        said -> {
                            assertThat(said.code()).isEqualTo("ledger_damaged");
                            assertThat(said.message())
                                    .contains(
                                            "nothing is paid or earned", "for nothing can be used");
                            assertThat(said.action()).contains("flowshield ledger rebuild");
                        });
    }

    @Test
    void a_corrupt_key_stops_it_and_is_not_touched() throws Exception {
        Path key = Files.createDirectories(data()).resolve("node.key");
        Files.writeString(key, "garbage");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Failed failed = failing();
        assertThat(failed.code()).isEqualTo(ExitStatus.FAILED.code());
        assertThat(failed.log()).contains(key.toString());
        assertThat(Files.readString(key)).isEqualTo("garbage");
    }

    @Test
    void a_full_disk_is_said_and_leaves_no_half_a_key() throws Exception {
        needsRoot();
        Path disk = Files.createDirectories(folder.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
        try {
            Files.createDirectories(disk.resolve("data"));
            fill(disk.resolve("ballast"));
            Path log = log();
            Process process =
                    new ProcessBuilder(
                                    Lab.javaCommand(
                                            FlowShield.class,
                                            "daemon",
                                            "--data",
                                            disk.resolve("data").toString()))
                            .redirectError(log.toFile())
                            .start();
            started.add(process);
            assertThat(process.waitFor()).isEqualTo(ExitStatus.FAILED.code());
            assertThat(Files.readString(log)).contains("No space left on device");
            assertThat(disk.resolve("data").resolve("node.key")).doesNotExist();
        } finally {
            run("umount", disk.toString());
        }
    }

    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[1024]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                .as(Arrays.toString(command))
                .isZero();
    }

    @Test
    void a_provider_that_was_told_neither_a_price_nor_to_be_free_serves_nobody() throws Exception {
        Process _ = settled("--set", "roles.enabled=provider", "--set", "provider.price=0.1");
        try (NodeClient api = new NodeClient(data().resolve("api.sock"))) {
            RoleStatus provider = api.status().role(RoleName.PROVIDER);
            assertThat(provider.state()).isEqualTo(RoleState.FAILED);
            assertThat(provider.problem())
                    .satisfies(
                            problem -> {
                                assertThat(problem.code()).isEqualTo("no_price");
                                assertThat(problem.action())
                                        .contains("provider.payee", "chain.network", "--free")
                                        .doesNotContain("provider.price");
                            });
        }
    }

    @Test
    void a_port_in_use_fails_the_provider_and_nothing_else() throws Exception {
        needsRoot();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process _ =
                    settled(
                            "--free",
                            "--set",
                            "roles.enabled=client,provider",
                            "--set",
                            "provider.listen=/ip4/127.0.0.1/tcp/" + taken.getLocalPort());
            try (NodeClient api = new NodeClient(data().resolve("api.sock"))) {
                NodeStatus status = api.status();
                assertThat(status.role(RoleName.CLIENT).state()).isEqualTo(RoleState.ON);
                assertThat(status.role(RoleName.PROVIDER).state()).isEqualTo(RoleState.FAILED);
                assertThat(status.role(RoleName.PROVIDER).problem())
                        .satisfies(
                                problem ->
                                        assertThat(problem.message())
                                                .contains(
                                                        "" + taken.getLocalPort(),
                                                        "uses the port"));
            }
        }
    }

    @Test
    void its_log_is_json_where_wanted_and_never_holds_its_key() throws Exception {
        Process daemon =
                settled(
                        "--set",
                        "log.format=json",
                        "--set",
                        "log.level=debug",
                        "--set",
                        "roles.enabled=");
        Path log = folder.resolve("log0");
        daemon.destroy();
        int _ = daemon.waitFor();
        List<String> lines = Files.readAllLines(log);
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(
                        line -> {
                            JsonNode event = JsonMapper.shared().readTree(line);
                            assertThat(event.get("level").asString()).isNotEmpty();
                            assertThat(event.get("formattedMessage").asString()).isNotEmpty();
                        });
        byte[] key = Files.readAllBytes(data().resolve("node.key"));
        byte[] secret = Arrays.copyOfRange(key, 4, 36);
        assertThat(Files.readString(log))
                .doesNotContain(HexFormat.of().formatHex(secret))
                .doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(secret))
                .doesNotContain(Arrays.toString(secret));
    }
}
