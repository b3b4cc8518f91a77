package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flowshield.node.cli.SharingMachine.PATIENCE;
import static org.flowshield.node.cli.SharingMachine.ask;
import static org.flowshield.node.cli.SharingMachine.json;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.node.demo.LabDaemon;
import org.flowshield.node.demo.Prerequisites;
import org.flowshield.node.lab.Completed;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import org.flowshield.node.payment.channel.SessionSigner;
import org.flowshield.node.treasury.TestMarket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A wallet whose last gas went into its stake enters the market through a provider that others are
 * served by, and is found there by that one.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class GaslessShareDaemonIT {

    private static final String CARRIER =
            "/ip4/" + Link.CLIENT.ipv4().getHostAddress() + "/tcp/4001";

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

    /** The address that pays for what the carrier hands in. */
    private static String operator(Lab lab) throws Exception {
        Path file = Files.createDirectories(lab.data(Namespace.CLIENT)).resolve("operator.key");
        try (SessionSigner key = SessionSigner.loadOrCreate(file, new SecureRandom())) {
            return key.address().toString();
        }
    }

    @Test
    void a_wallet_without_gas_that_has_staked_shares_and_is_found() throws Exception {
        Path network = folder.resolve("network.toml");
        try (Lab lab = Lab.create(line -> System.out.println("GaslessShareDaemonIT: " + line))) {
            LabProcess market =
                    lab.startJava(
                            Namespace.INTERNET,
                            MarketMain.class,
                            network.toString(),
                            Link.INTERNET.ipv4().getHostAddress(),
                            SharingMachine.RPC_PORT,
                            "-",
                            "-",
                            operator(lab),
                            "-",
                            "1");
            String payee =
                    market.awaitLine("ready", line -> line.startsWith("ready"), PATIENCE)
                            .split(" ", -1)[2];
            try (SharingMachine machine =
                            SharingMachine.unlocked(lab, folder, network, TestMarket.SPENT + 1);
                    LabDaemon fullnode = machine.fullnode();
                    LabDaemon carrier =
                            machine.client(
                                    fullnode,
                                    "roles.enabled=client,provider",
                                    "provider.listen=" + CARRIER,
                                    "provider.price=0.5",
                                    "provider.payee=" + payee);
                    LabDaemon newcomer = machine.daemon(SharingMachine.begin(fullnode))) {
                new Scene(machine, carrier, newcomer).play();
            }
        }
    }

    /** What happens, act by act. */
    private record Scene(SharingMachine machine, LabDaemon carrier, LabDaemon newcomer) {

        private static final String ACCOUNT = " --account " + TestMarket.SPENT;

        void play() throws Exception {
            hasStakedAndNothingForGas();
            canNotEnterByItself();
            entersThroughTheOther();
            isFound();
            enteringAgainSignsNothing();
        }

        private void hasStakedAndNothingForGas() throws Exception {
            JsonNode balance = json(machine.wallet("wallet balance --json" + ACCOUNT));
            assertThat(balance.get("gas").asString()).isEqualTo("0");
            assertThat(balance.get("flow").asString()).isEqualTo("1");
            JsonNode status = status();
            assertThat(status.get("staked").asString()).startsWith("1000");
            assertThat(status.get("market").asString()).isEqualTo("none");
        }

        private void canNotEnterByItself() throws Exception {
            Completed refused = share("");
            assertThat(refused.succeeded()).isFalse();
            assertThat(refused.errors()).contains("has no ETH");
            assertThat(status().get("sharing").asString()).isEqualTo("off");
        }

        private Completed share(String carried) throws Exception {
            return machine.both(
                    "share on --yes --price 0.25 --limit 50Mbit --country NL" + ACCOUNT + carried);
        }

        private void entersThroughTheOther() throws Exception {
            Completed on = share(" --without-gas --via " + carrier.multiaddr());
            assertThat(on.succeeded()).as(on.toString()).isTrue();
            assertThat(on.errors())
                    .contains(
                            "the wallet pays no gas",
                            "ok: staked",
                            "doing: take the node",
                            "doing: enter the market",
                            "doing: switch the provider role on");
            JsonNode now = status();
            assertThat(now.get("sharing").asString()).isEqualTo("on");
            assertThat(now.get("binding").asString()).isEqualTo("bound");
            assertThat(now.get("market").asString()).isEqualTo("registered");
            assertThat(now.get("active").asString()).isEqualTo("may be opened");
            assertThat(left()).as("two orders, a hundredth each").isEqualTo("0.98");
        }

        private void isFound() throws Exception {
            String peer = newcomer.api().peerId();
            long end = System.nanoTime() + PATIENCE.toNanos();
            JsonNode found = found(peer);
            while (found == null) {
                assertThat(System.nanoTime() - end).as("to be found").isNegative();
                LockSupport.parkNanos(200_000_000);
                found = found(peer);
            }
            assertThat(found.get("vouched").asBoolean()).isTrue();
            assertThat(found.get("price_per_gib").asString()).isEqualTo("0.25");
            assertThat(found.get("stake").asString()).isEqualTo("1000");
        }

        private @org.jspecify.annotations.Nullable JsonNode found(String peer) {
            for (JsonNode one : ask(carrier, "providers --json").ok().json().get("providers")) {
                if (one.get("peer_id").asString().equals(peer)) {
                    return one;
                }
            }
            return null;
        }

        private void enteringAgainSignsNothing() throws Exception {
            Completed again = share(" --without-gas --via " + carrier.multiaddr());
            assertThat(again.succeeded()).as(again.toString()).isTrue();
            assertThat(again.errors()).contains("ok: in the market").doesNotContain("doing: take");
            assertThat(left()).isEqualTo("0.98");
        }

        private JsonNode status() throws Exception {
            return json(machine.both("share status --json" + ACCOUNT));
        }

        private String left() throws Exception {
            return json(machine.wallet("wallet balance --json" + ACCOUNT)).get("flow").asString();
        }
    }
}
