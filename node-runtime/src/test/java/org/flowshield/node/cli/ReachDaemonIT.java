package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flowshield.node.cli.SharingMachine.PATIENCE;
import static org.flowshield.node.cli.SharingMachine.ask;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Between daemons: who is behind a filter is not advertised, and is told what to do about it. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
final class ReachDaemonIT {

    /** A router at home that passes nothing on, or a firewall before it. */
    private static final String FILTER =
            """
            table inet filtered {
                chain passing {
                    type filter hook forward priority filter; policy accept;
                    oifname "%s" tcp dport 4001 ct state new drop
                }
            }
            """
                    .formatted(Namespace.PROVIDER.label());

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
    void a_provider_is_advertised_when_a_peer_has_dialled_it_and_not_while_none_gets_through()
            throws Exception {
        Path network = folder.resolve("network.toml");
        try (Lab lab = Lab.create(line -> System.out.println("ReachDaemonIT: " + line))) {
            LabProcess market =
                    lab.startJava(
                            Namespace.INTERNET,
                            MarketMain.class,
                            network.toString(),
                            Link.INTERNET.ipv4().getHostAddress(),
                            SharingMachine.RPC_PORT,
                            "-",
                            "-",
                            "-");
            String _ = market.awaitLine("ready", line -> line.startsWith("ready"), PATIENCE);
            lab.nft(Namespace.ROUTER, FILTER);
            try (SharingMachine machine = SharingMachine.unlocked(lab, folder, network);
                    LabDaemon fullnode = machine.fullnode();
                    LabDaemon provider = machine.daemon(SharingMachine.begin(fullnode));
                    LabDaemon client = machine.client(fullnode)) {
                new Scene(machine, fullnode, provider, client).play();
            }
        }
    }

    /** What happens, act by act. */
    private record Scene(
            SharingMachine machine, LabDaemon fullnode, LabDaemon provider, LabDaemon client) {

        void play() throws Exception {
            Completed on = machine.both("share on --yes --price 0.5 --limit 50Mbit");
            assertThat(on.succeeded()).as(on.toString()).isTrue();
            assertThat(on.errors())
                    .contains(
                            "no other node gets to it, so that clients are not sent here",
                            SharingMachine.LISTEN + ": no answer: a firewall or a router",
                            "to do: open TCP port 4001 in the firewall, and have the router"
                                    + " forward it");
            JsonNode filtered = machine.status();
            assertThat(filtered.get("sharing").asString()).isEqualTo("on");
            assertThat(filtered.get("reach").asString()).contains("no other node gets to it");
            assertThat(filtered.get("reach_action").asString()).contains("open TCP port 4001");
            assertThat(ask(provider, "status").ok().out()).contains("open TCP port 4001");
            assertNobodyIsListed();

            machine.lab().nft(Namespace.ROUTER, "delete table inet filtered");
            await(
                    "it to be tried again, within a minute",
                    () -> ask(provider, "status").ok().out().contains("other nodes get to it at"));
            assertThat(ask(provider, "status").ok().out()).doesNotContain("open TCP port");
            await(
                    "the client to be told of it",
                    () ->
                            ask(client, "providers --json")
                                    .ok()
                                    .json()
                                    .get("providers")
                                    .findValuesAsString("peer_id")
                                    .contains(provider.api().peerId()));
        }

        private void assertNobodyIsListed() throws Exception {
            assertThat(Objects.requireNonNull(fullnode.api().status().fullnode()).offers())
                    .isZero();
            JsonNode found = ask(client, "providers --json").ok().json();
            assertThat(found.get("directories").asInt()).as(found.toString()).isEqualTo(1);
            assertThat(found.get("providers")).as(found.toString()).isEmpty();
        }
    }

    private static void await(String what, Callable<Boolean> state) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!state.call()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            LockSupport.parkNanos(500_000_000);
        }
    }
}
