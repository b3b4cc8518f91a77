package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.demo.LabDaemon;
import org.flowshield.node.demo.Prerequisites;
import org.flowshield.node.lab.Completed;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import org.flowshield.node.payment.channel.SessionSigner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two daemons and a chain: an account that never had gas registers its node through the other. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class GaslessDaemonIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String WORDS =
            "test test test test test test test test test test test junk";

    /** The chain has given gas to the first ten. */
    private static final int WITHOUT_GAS = 12;

    @TempDir private Path folder = Path.of("");

    private Path network;
    private Path wallet;

    @BeforeEach
    void needs_root_and_anvil() {
        network = folder.resolve("network.toml");
        wallet = folder.resolve("wallet");
        assumeTrue(Prerequisites.isRoot(), "makes network namespaces: needs root");
        List<String> missing = Prerequisites.missingPackages();
        assumeTrue(missing.isEmpty(), "needs the packages " + missing);
        Path contracts = Path.of("").toAbsolutePath().resolveSibling("contracts");
        String anvil = Anvil.missing(Anvil.binary(contracts));
        assumeTrue(anvil.isEmpty(), anvil);
    }

    private Path secret(String name, String content) throws Exception {
        Path file = folder.resolve(name + ".secret");
        Files.writeString(file, content + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private void unlock() throws Exception {
        Path password = secret("password", "four little ponies");
        for (String line :
                List.of(
                        "restore --accounts "
                                + (WITHOUT_GAS + 1)
                                + " --mnemonic-file "
                                + secret("words", WORDS),
                        "unlock")) {
            List<String> words = new ArrayList<>(List.of("wallet"));
            words.addAll(Arrays.asList(line.split(" ", -1)));
            words.addAll(List.of("--wallet", wallet.toString(), "--password-file"));
            words.add(password.toString());
            CommandLineRun.of(words.toArray(String[]::new)).ok();
        }
    }

    private Completed client(Lab lab, String line) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(line.split(" ", -1)));
        words.addAll(List.of("--network", network.toString()));
        return lab.startJava(Namespace.CLIENT, FlowShield.class, words.toArray(String[]::new))
                .awaitSuccess(PATIENCE);
    }

    private JsonNode json(Lab lab, String line) throws Exception {
        return JsonMapper.shared().readTree(client(lab, line + " --json").output());
    }

    private static EvmAddress operator(Lab lab) throws Exception {
        Path file = Files.createDirectories(lab.data(Namespace.PROVIDER)).resolve("operator.key");
        try (SessionSigner key = SessionSigner.loadOrCreate(file, new SecureRandom())) {
            return key.address();
        }
    }

    @Test
    void an_account_that_never_had_gas_registers_and_revokes_its_node() throws Exception {
        try (Lab lab = Lab.create(line -> System.out.println("GaslessDaemonIT: " + line))) {
            LabProcess market =
                    lab.startJava(
                            Namespace.INTERNET,
                            MarketMain.class,
                            network.toString(),
                            Link.INTERNET.ipv4().getHostAddress(),
                            "8545",
                            "-",
                            "-",
                            operator(lab).toString());
            String[] ready =
                    market.awaitLine("ready", line -> line.startsWith("ready"), PATIENCE)
                            .split(" ", -1);
            unlock();
            try (LabDaemon provider =
                            LabDaemon.start(
                                    lab,
                                    Namespace.PROVIDER,
                                    FlowShield.class,
                                    "--set",
                                    "roles.enabled=provider",
                                    "--set",
                                    "provider.listen=/ip4/"
                                            + Link.PROVIDER.ipv4().getHostAddress()
                                            + "/tcp/4001",
                                    "--set",
                                    "chain.network=" + network,
                                    "--set",
                                    "provider.price=0.5",
                                    "--set",
                                    "provider.payee=" + ready[2]);
                    LabDaemon client =
                            LabDaemon.start(
                                    lab,
                                    Namespace.CLIENT,
                                    FlowShield.class,
                                    "--set",
                                    "roles.enabled=",
                                    "--set",
                                    "chain.network=" + network)) {
                registers(lab, provider.multiaddr());
                assertThat(provider.api().payments().status().problem()).isNull();
                provider.end();
                client.end();
            }
        } finally {
            CommandLineRun.of("wallet", "lock", "--wallet", wallet.toString());
        }
    }

    private void registers(Lab lab, String provider) throws Exception {
        String poor = " --account " + WITHOUT_GAS + " --wallet " + wallet;
        String address = json(lab, "wallet balance" + poor).get("address").asString();
        client(lab, "wallet send " + address + " 1 --yes --wallet " + wallet);

        String data = " --data " + lab.data(Namespace.CLIENT);
        String carried = " --yes --without-gas --via " + provider + poor + data;
        JsonNode done = json(lab, "identity register" + carried);
        assertThat(done.get("state").asString()).isEqualTo("confirmed");
        assertThat(done.get("carried_for").asString()).isEqualTo("0.01");
        JsonNode shown = json(lab, "identity show" + data);
        assertThat(shown.get("wallet").asString()).isEqualTo(address);
        assertThat(shown.at("/binding/state").asString()).isEqualTo("bound");

        client(lab, "identity revoke" + carried);
        assertThat(json(lab, "identity show" + data).at("/binding/state").asString())
                .isEqualTo("revoked");
        JsonNode left = json(lab, "wallet balance" + poor);
        assertThat(left.get("flow").asString()).isEqualTo("0.98");
        assertThat(left.get("gas").asString()).isEqualTo("0");
    }
}
