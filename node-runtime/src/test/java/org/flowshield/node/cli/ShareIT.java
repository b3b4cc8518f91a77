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
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.demo.LabDaemon;
import org.flowshield.node.demo.Prerequisites;
import org.flowshield.node.lab.Completed;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import org.flowshield.node.payment.channel.SessionSigner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One verb makes a machine with a wallet a provider, and can be run again at any point. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ShareIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String WORDS =
            "test test test test test test test test test test test junk";

    @TempDir private Path folder = Path.of("");

    private @Nullable Lab running;
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

    private Lab lab() {
        return Objects.requireNonNull(running);
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
                        "restore --accounts 1 --mnemonic-file " + secret("words", WORDS),
                        "unlock")) {
            List<String> words = new ArrayList<>(List.of("wallet"));
            words.addAll(List.of(line.split(" ", -1)));
            words.addAll(List.of("--wallet", wallet.toString(), "--password-file"));
            words.add(password.toString());
            CommandLineRun.of(words.toArray(String[]::new)).ok();
        }
    }

    private LabProcess share(String line) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(("share " + line).split(" ", -1)));
        words.addAll(List.of("--wallet", wallet.toString(), "--network", network.toString()));
        if (!line.startsWith("unstake") && !line.startsWith("withdraw")) {
            words.addAll(List.of("--data", lab().data(Namespace.PROVIDER).toString()));
        }
        return lab().startJava(Namespace.PROVIDER, FlowShield.class, words.toArray(String[]::new));
    }

    private JsonNode status() throws Exception {
        Completed done = share("status --json").awaitSuccess(PATIENCE);
        return JsonMapper.shared().readTree(done.output());
    }

    private LabDaemon daemon() throws Exception {
        return LabDaemon.start(
                lab(),
                Namespace.PROVIDER,
                FlowShield.class,
                "--set",
                "roles.enabled=",
                "--set",
                "provider.listen=/ip4/" + Link.PROVIDER.ipv4().getHostAddress() + "/tcp/4001",
                "--set",
                "network.local=true",
                "--set",
                "chain.network=" + network);
    }

    @Test
    void sharing_is_switched_on_from_nothing_changed_and_off_again() throws Exception {
        try (Lab held = Lab.create(line -> System.out.println("ShareIT: " + line))) {
            running = held;
            Lab lab = held;
            Path data = Files.createDirectories(lab.data(Namespace.PROVIDER));
            EvmAddress operator;
            try (SessionSigner key =
                    SessionSigner.loadOrCreate(data.resolve("operator.key"), new SecureRandom())) {
                operator = key.address();
            }
            LabProcess market =
                    lab.startJava(
                            Namespace.INTERNET,
                            MarketMain.class,
                            network.toString(),
                            Link.INTERNET.ipv4().getHostAddress(),
                            "8545",
                            "-",
                            "-",
                            operator.toString());
            String _ = market.awaitLine("ready", line -> line.startsWith("ready"), PATIENCE);
            unlock();
            try (LabDaemon daemon = daemon()) {
                turnsOn(daemon);
                String address = daemon.multiaddr();
                verifies(address);
                changesThePrice(daemon);
                daemon.end();
            }
            try (LabDaemon again = daemon()) {
                assertThat(again.api().status().provider())
                        .as("on again after a restart, without a word in the configuration")
                        .isNotNull();
                assertThat(again.api().selling().status().offer().pricePerGib())
                        .isEqualTo(MemoryPayments.flow("0.03"));
                turnsOff(again);
                again.end();
            }
        } finally {
            CommandLineRun.of("wallet", "lock", "--wallet", wallet.toString());
        }
    }

    private void turnsOn(LabDaemon daemon) throws Exception {
        Completed unasked = share("on --price 0.02 --limit 50Mbit").await(PATIENCE);
        assertThat(unasked.exitCode()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(unasked.errors())
                .contains("comes from your address", "to do: stake", "to do: enter the market");
        assertThat(status().get("market").asString()).isEqualTo("none");

        Completed on =
                share("on --yes --price 0.02 --limit 50Mbit --country NL").awaitSuccess(PATIENCE);
        assertThat(on.errors())
                .contains(
                        "doing: stake",
                        "doing: take the node",
                        "doing: enter the market",
                        "doing: switch the provider role on");
        JsonNode now = status();
        assertThat(now.get("sharing").asString()).isEqualTo("on");
        assertThat(now.get("binding").asString()).isEqualTo("bound");
        assertThat(now.get("market").asString()).isEqualTo("registered");
        assertThat(now.get("active").asString()).isEqualTo("may be opened");
        assertThat(now.get("limit").asString()).isEqualTo("50 Mbit/s");
        assertThat(daemon.api().payments().quote(daemon.multiaddr()).pricePerGib())
                .isEqualTo(MemoryPayments.flow("0.02"));
    }

    private void verifies(String address) throws Exception {
        Completed sound =
                lab().startJava(
                                Namespace.CLIENT,
                                FlowShield.class,
                                "identity",
                                "verify",
                                address,
                                "--network",
                                network.toString())
                        .awaitSuccess(PATIENCE);
        assertThat(sound.output()).contains("everything is right").doesNotContain("not ok");
        Completed other =
                lab().startJava(
                                Namespace.CLIENT,
                                FlowShield.class,
                                "identity",
                                "verify",
                                address,
                                "--role",
                                "fullnode",
                                "--network",
                                network.toString())
                        .await(PATIENCE);
        assertThat(other.exitCode()).isEqualTo(ExitStatus.REFUSED.code());
        assertThat(other.output()).contains("not ok  role");
    }

    private void changesThePrice(LabDaemon daemon) throws Exception {
        Completed again = share("on --yes --price 0.03 --limit 50Mbit").awaitSuccess(PATIENCE);
        assertThat(again.errors())
                .contains("ok: staked", "ok: the node is the wallet's", "ok: in the market")
                .doesNotContain("signed:");
        assertThat(daemon.api().payments().quote(daemon.multiaddr()).pricePerGib())
                .isEqualTo(MemoryPayments.flow("0.03"));
    }

    private void turnsOff(LabDaemon daemon) throws Exception {
        Completed _ =
                lab().startJava(
                                Namespace.PROVIDER,
                                FlowShield.class,
                                "share",
                                "off",
                                "--data",
                                lab().data(Namespace.PROVIDER).toString())
                        .awaitSuccess(PATIENCE);
        assertThat(daemon.api().status().provider()).isNull();
        Completed _ = share("unstake --yes").awaitSuccess(PATIENCE);
        JsonNode left = status();
        assertThat(left.get("market").asString()).isEqualTo("exited");
        assertThat(left.get("active").asString()).isEqualTo("none may be opened");
        Completed early = share("withdraw --yes").await(PATIENCE);
        assertThat(early.exitCode()).isEqualTo(ExitStatus.REFUSED.code());
        assertThat(early.errors()).contains("can be withdrawn from");
    }
}
