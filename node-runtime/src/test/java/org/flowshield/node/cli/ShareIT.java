package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flowshield.node.cli.SharingMachine.PATIENCE;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One verb makes a machine with a wallet a provider, and can be run again at any point. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ShareIT {

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void needs_root_and_anvil() {
        assumeTrue(Prerequisites.isRoot(), "makes network namespaces: needs root");
        List<String> missing = Prerequisites.missingPackages();
        assumeTrue(missing.isEmpty(), "needs the packages " + missing);
        Path contracts = Path.of("").toAbsolutePath().resolveSibling("contracts");
        String anvil = Anvil.missing(Anvil.binary(contracts));
        assumeTrue(anvil.isEmpty(), anvil);
    }

    @Test
    void sharing_is_switched_on_from_nothing_changed_and_off_again() throws Exception {
        Path network = folder.resolve("network.toml");
        try (Lab lab = Lab.create(line -> System.out.println("ShareIT: " + line))) {
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
                            SharingMachine.RPC_PORT,
                            "-",
                            "-",
                            operator.toString());
            String _ = market.awaitLine("ready", line -> line.startsWith("ready"), PATIENCE);
            try (SharingMachine machine = SharingMachine.unlocked(lab, folder, network)) {
                try (LabDaemon daemon = machine.daemon("network.local=true")) {
                    turnsOn(machine, daemon);
                    verifies(machine, daemon.multiaddr());
                    changesThePrice(machine, daemon);
                    daemon.end();
                }
                try (LabDaemon again = machine.daemon("network.local=true")) {
                    assertThat(again.api().status().provider())
                            .as("on again after a restart, without a word in the configuration")
                            .isNotNull();
                    assertThat(again.api().selling().status().offer().pricePerGib())
                            .isEqualTo(MemoryPayments.flow("0.03"));
                    turnsOff(machine, again);
                    again.end();
                }
            }
        }
    }

    private static void turnsOn(SharingMachine machine, LabDaemon daemon) throws Exception {
        Completed unasked = machine.both("share on --price 0.02 --limit 50Mbit");
        assertThat(unasked.exitCode()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(unasked.errors())
                .contains("comes from your address", "to do: stake", "to do: enter the market");
        assertThat(machine.status().get("market").asString()).isEqualTo("none");

        Completed on = machine.both("share on --yes --price 0.02 --limit 50Mbit --country NL");
        assertThat(on.succeeded()).as(on.toString()).isTrue();
        assertThat(on.errors())
                .contains(
                        "doing: stake",
                        "doing: take the node",
                        "doing: enter the market",
                        "doing: switch the provider role on");
        JsonNode now = machine.status();
        assertThat(now.get("sharing").asString()).isEqualTo("on");
        assertThat(now.get("binding").asString()).isEqualTo("bound");
        assertThat(now.get("market").asString()).isEqualTo("registered");
        assertThat(now.get("active").asString()).isEqualTo("may be opened");
        assertThat(now.get("limit").asString()).isEqualTo("50 Mbit/s");
        assertThat(daemon.api().payments().quote(daemon.multiaddr()).pricePerGib())
                .isEqualTo(MemoryPayments.flow("0.02"));
    }

    private static void verifies(SharingMachine machine, String address) throws Exception {
        Completed sound = verify(machine, address);
        assertThat(sound.succeeded()).as(sound.toString()).isTrue();
        assertThat(sound.output()).contains("everything is right").doesNotContain("not ok");
        Completed other = verify(machine, address, "--role", "fullnode");
        assertThat(other.exitCode()).isEqualTo(ExitStatus.REFUSED.code());
        assertThat(other.output()).contains("not ok  role");
    }

    private static Completed verify(SharingMachine machine, String address, String... more)
            throws Exception {
        List<String> words = new ArrayList<>(List.of("identity", "verify", address));
        words.addAll(List.of("--network", machine.network().toString()));
        words.addAll(List.of(more));
        return machine.lab()
                .startJava(Namespace.CLIENT, FlowShield.class, words.toArray(String[]::new))
                .await(PATIENCE);
    }

    private static void changesThePrice(SharingMachine machine, LabDaemon daemon) throws Exception {
        Completed again = machine.both("share on --yes --price 0.03 --limit 50Mbit");
        assertThat(again.succeeded()).as(again.toString()).isTrue();
        assertThat(again.errors())
                .contains("ok: staked", "ok: the node is the wallet's", "ok: in the market")
                .doesNotContain("signed:");
        assertThat(daemon.api().payments().quote(daemon.multiaddr()).pricePerGib())
                .isEqualTo(MemoryPayments.flow("0.03"));
    }

    private static void turnsOff(SharingMachine machine, LabDaemon daemon) throws Exception {
        SharingMachine.ask(daemon, "share off").ok();
        assertThat(daemon.api().status().provider()).isNull();
        Completed unstaked = machine.wallet("share unstake --yes");
        assertThat(unstaked.succeeded()).as(unstaked.toString()).isTrue();
        JsonNode left = machine.status();
        assertThat(left.get("market").asString()).isEqualTo("exited");
        assertThat(left.get("active").asString()).isEqualTo("none may be opened");
        Completed early = machine.wallet("share withdraw --yes");
        assertThat(early.exitCode()).isEqualTo(ExitStatus.REFUSED.code());
        assertThat(early.errors()).contains("can be withdrawn from");
    }
}
