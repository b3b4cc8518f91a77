package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flowshield.node.cli.SharingMachine.PATIENCE;
import static org.flowshield.node.cli.SharingMachine.ask;
import static org.flowshield.node.cli.SharingMachine.json;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.payment.SessionPayment;
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

/**
 * A newcomer's machine, from the stake to the last coin of it: daemons that prove to each other
 * where they are, a client that was told of a fullnode alone, and a chain.
 */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
final class ShareDaemonIT {

    private static final String PRICE = "0.5";
    private static final String STAKE = "1000";
    private static final long DOWNLOAD = 8_000_000;

    /** As promised. */
    private static final Duration REVOKED_WITHIN = Duration.ofSeconds(60);

    private static final Duration UNBONDING = Duration.ofDays(14);

    /** The provider itself does not get to the chain; its clients do, through it. */
    private static final String DEAF =
            """
            table inet deaf {
                chain own {
                    type filter hook output priority filter; policy accept;
                    tcp dport %s drop
                }
            }
            """
                    .formatted(SharingMachine.RPC_PORT);

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

    /** The address of a key that the client's daemon will find in its data directory. */
    private static String key(Lab lab, String name) throws Exception {
        Path file = Files.createDirectories(lab.data(Namespace.CLIENT)).resolve(name);
        try (SessionSigner key = SessionSigner.loadOrCreate(file, new SecureRandom())) {
            return key.address().toString();
        }
    }

    @Test
    void a_newcomer_shares_is_found_paid_and_revoked_and_has_its_stake_back() throws Exception {
        Path network = folder.resolve("network.toml");
        try (Lab lab = Lab.create(line -> System.out.println("ShareDaemonIT: " + line))) {
            LabProcess market =
                    lab.startJava(
                            Namespace.INTERNET,
                            MarketMain.class,
                            network.toString(),
                            Link.INTERNET.ipv4().getHostAddress(),
                            SharingMachine.RPC_PORT,
                            key(lab, "signer.key"),
                            key(lab, "operator.key"),
                            "-");
            URI web = lab.startWebServer();
            String payer =
                    market.awaitLine("ready", line -> line.startsWith("ready"), PATIENCE)
                            .split(" ", -1)[1];
            try (SharingMachine machine = SharingMachine.unlocked(lab, folder, network);
                    LabDaemon fullnode = machine.fullnode();
                    LabDaemon provider = machine.daemon(SharingMachine.begin(fullnode));
                    LabDaemon client = machine.client(fullnode, "client.wallet=" + payer)) {
                new Scene(machine, web, provider, client).play();
            }
        }
    }

    /** What happens, act by act. */
    private record Scene(SharingMachine machine, URI web, LabDaemon provider, LabDaemon client) {

        void play() throws Exception {
            String peer = provider.api().peerId();
            shares();
            givesGas();
            isFound(peer);
            isPaid();
            settles();
            isRevoked(peer);
            leaves();
        }

        private void shares() throws Exception {
            Completed on =
                    machine.both(
                            "share on --yes --price " + PRICE + " --limit 50Mbit --country NL");
            assertThat(on.succeeded()).as(on.toString()).isTrue();
            assertThat(on.errors())
                    .contains(
                            "doing: stake",
                            "doing: take the node",
                            "doing: enter the market",
                            "doing: switch the provider role on",
                            "reached: other nodes get to it at " + SharingMachine.LISTEN)
                    .doesNotContain("to do: open");
            assertThat(on.output()).contains("sharing at " + provider.multiaddr());
        }

        /** What the wallet's owner is told that is missing, and does. */
        private void givesGas() throws Exception {
            Problem missing =
                    await(
                            "that there is no gas",
                            () -> provider.api().payments().status().problem());
            assertThat(missing.code()).isEqualTo("no_gas");
            EvmAddress operator =
                    Objects.requireNonNull(provider.api().payments().status().operator());
            assertThat(missing.action()).contains(operator.toString());
            assertDone(machine.wallet("wallet send --yes --token gas " + operator + " 0.1"));
            assertDone(machine.wallet("purse operator --yes --operator " + operator));
        }

        private void isFound(String peer) throws Exception {
            JsonNode found =
                    await(
                            "the client to be told of the provider",
                            () -> {
                                JsonNode told = ask(client, "providers --json").ok().json();
                                return told.get("providers").isEmpty() ? null : told;
                            });
            assertThat(found.get("directories").asInt()).isEqualTo(1);
            assertThat(found.get("providers")).hasSize(1);
            JsonNode one = found.get("providers").get(0);
            assertThat(one.get("peer_id").asString()).isEqualTo(peer);
            assertThat(one.get("vouched").asBoolean()).isTrue();
            assertThat(one.get("country").asString()).isEqualTo("NL");
            assertThat(one.get("price_per_gib").asString()).isEqualTo(PRICE);
            assertThat(one.get("stake").asString()).isEqualTo(STAKE);
        }

        private void isPaid() throws Exception {
            JsonNode connected =
                    ask(client, "connect --country NL --max-price " + PRICE + " --json")
                            .ok()
                            .json();
            assertThat(connected.get("provider").asString()).isEqualTo(provider.multiaddr());
            assertThat(visit("address")).isEqualTo(Link.PROVIDER.ipv4().getHostAddress());
            machine.lab()
                    .run(
                            Namespace.CLIENT,
                            "curl",
                            "-s",
                            "-m",
                            "25",
                            "-o",
                            "/dev/null",
                            web + "bytes?n=" + DOWNLOAD);
            SessionPayment _ =
                    await(
                            "everything to be paid for",
                            () -> {
                                SessionPayment payment = status().payment();
                                return payment != null
                                                && payment.billedBytes() > DOWNLOAD
                                                && payment.unpaidBytes() == 0
                                        ? payment
                                        : null;
                            });
        }

        private void settles() throws Exception {
            TokenAmount before = flow();
            JsonNode earned = ask(provider, "earnings --json").ok().json();
            assertThat(amount(earned.get("earned"))).isGreaterThan(TokenAmount.ZERO);
            assertThat(amount(earned.get("settled"))).isEqualTo(TokenAmount.ZERO);
            JsonNode settled = ask(provider, "settle --json").ok().json().get("settlements");
            assertThat(settled).hasSize(1);
            assertThat(settled.get(0).get("state").asString()).isEqualTo("settled");
            TokenAmount brought = amount(settled.get(0).get("amount"));
            assertThat(brought).isGreaterThanOrEqualTo(amount(earned.get("unsettled")));
            assertThat(amount(ask(provider, "earnings --json").ok().json().get("settled")))
                    .isEqualTo(brought);
            assertThat(flow())
                    .as("what the wallet has on the chain")
                    .isEqualTo(before.plus(brought));
        }

        /** From another machine, while the node's own hears nothing of the chain and goes on. */
        private void isRevoked(String peer) throws Exception {
            assertThat(status().state()).isEqualTo(ClientState.CONNECTED);
            machine.lab().nft(Namespace.PROVIDER, DEAF);
            long start = System.nanoTime();
            assertDone(machine.elsewhere("identity revoke --yes " + peer));
            ClientStatus ended =
                    await(
                            "the session to end",
                            () -> status().state() == ClientState.CONNECTED ? null : status());
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            System.out.println(
                    "ShareDaemonIT: the session ended at most " + took + " after the revocation");
            assertThat(took).isLessThan(REVOKED_WITHIN);
            assertThat(Objects.requireNonNull(ended.problem()).code())
                    .isEqualTo("provider_revoked");
            ask(client, "disconnect").ok();
            machine.lab().nft(Namespace.PROVIDER, "delete table inet deaf");

            JsonNode _ =
                    await(
                            "nobody to be told of it",
                            () -> {
                                JsonNode told = ask(client, "providers --json").ok().json();
                                return told.get("directories").asInt() == 1
                                                && told.get("providers").isEmpty()
                                        ? told
                                        : null;
                            });
            System.out.println(
                    "ShareDaemonIT: it was found no more at most "
                            + Duration.ofNanos(System.nanoTime() - start)
                            + " after it");
            CommandLineRun refused =
                    ask(client, "connect " + peer + " --max-price " + PRICE + " --json");
            assertThat(refused.status()).as(refused.err()).isEqualTo(ExitStatus.REFUSED.code());
            assertThat(status().state()).isEqualTo(ClientState.DISCONNECTED);
            boolean _ =
                    await(
                            "the provider to hear of it, and to stop",
                            () -> provider.api().status().provider() == null ? true : null);
            JsonNode own = machine.status();
            assertThat(own.get("sharing").asString()).isEqualTo("off");
            assertThat(own.get("binding").asString()).isEqualTo("revoked");
            assertThat(own.get("binding_action").asString()).contains("identity rotate");
        }

        private void leaves() throws Exception {
            ask(provider, "share off").ok();
            Instant asked = Instant.now();
            Completed unstaked = machine.wallet("share unstake --yes");
            assertDone(unstaked);
            JsonNode left = machine.status();
            assertThat(left.get("market").asString()).isEqualTo("exited");
            assertThat(left.get("unbonding").asString()).startsWith(STAKE);
            Instant free = Instant.parse(left.get("withdrawable_at").asString());
            assertThat(Duration.between(asked.plus(UNBONDING), free).abs())
                    .isLessThan(Duration.ofMinutes(2));
            Completed early = machine.wallet("share withdraw --yes");
            assertThat(early.exitCode()).isEqualTo(ExitStatus.REFUSED.code());
            assertThat(early.errors())
                    .contains("can be withdrawn from " + free.truncatedTo(ChronoUnit.SECONDS));

            TokenAmount before = flow();
            machine.tellChain("evm_increaseTime", Long.toString(UNBONDING.toSeconds() + 60));
            machine.tellChain("evm_mine", "");
            assertDone(machine.wallet("share withdraw --yes"));
            assertThat(flow()).isEqualTo(before.plus(MemoryPayments.flow(STAKE)));
        }

        private ClientStatus status() throws Exception {
            return Objects.requireNonNull(client.api().status().client());
        }

        private String visit(String path) throws Exception {
            return machine.lab()
                    .run(Namespace.CLIENT, "curl", "-s", "-m", "20", web + path)
                    .output()
                    .strip();
        }

        /** FLOW that the sharing wallet has. */
        private TokenAmount flow() throws Exception {
            return amount(json(machine.wallet("wallet balance --json")).get("flow"));
        }
    }

    private static TokenAmount amount(JsonNode told) {
        return MemoryPayments.flow(told.asString());
    }

    private static void assertDone(Completed done) {
        assertThat(done.succeeded()).as(done.toString()).isTrue();
    }

    /** Waits until there is something. */
    private static <T> T await(String what, Callable<@Nullable T> look) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        T seen = look.call();
        while (seen == null) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            LockSupport.parkNanos(200_000_000);
            seen = look.call();
        }
        return seen;
    }
}
