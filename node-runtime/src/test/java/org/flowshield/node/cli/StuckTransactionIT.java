package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.sending.Sent;
import org.flowshield.node.wallet.history.HistoryFile;
import org.flowshield.node.wallet.history.SentRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Transactions that wait, of a wallet on a chain that makes blocks when it is told to. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class StuckTransactionIT {

    @TempDir private static Path folder;

    private static MoneyLab lab;

    @BeforeAll
    static void begin() throws Exception {
        String missing = MoneyLab.missing();
        assumeTrue(missing.isEmpty(), missing);
        lab = MoneyLab.start(folder);
    }

    @AfterAll
    static void end() {
        if (lab != null) {
            lab.close();
        }
    }

    @BeforeEach
    void stand_still() throws Exception {
        lab.control().setAutomine(false);
    }

    @AfterEach
    void go_on() throws Exception {
        lab.control().mine(1);
        lab.control().setAutomine(true);
    }

    @Test
    void two_sends_of_one_account_at_the_same_time_both_happen() throws Exception {
        long mined = mined();
        List<CompletableFuture<CommandLineRun>> sends = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sends.add(send("0.00" + (i + 1)));
        }
        awaitSent(mined, 4);
        assertThat(numbers(mined)).containsExactly(mined, mined + 1, mined + 2, mined + 3);
        lab.control().mine(1);
        for (CompletableFuture<CommandLineRun> send : sends) {
            assertThat(send.get().ok().json().get("state").asString()).isEqualTo("confirmed");
        }
    }

    @Test
    void what_is_stuck_is_offered_more_and_happens_once() throws Exception {
        long mined = mined();
        CompletableFuture<CommandLineRun> stuck = send("0.01");
        Sent first = awaitSent(mined, 1).getFirst();
        CompletableFuture<CommandLineRun> faster =
                run("wallet speed-up --yes --json " + first.hash());
        List<Sent> both = awaitSent(mined, 2);
        Sent second = both.getLast();
        assertThat(second.nonce()).isEqualTo(first.nonce());
        assertThat(second.call().data()).isEqualTo(first.call().data());
        assertThat(second.fees().max().units().multiply(java.math.BigInteger.TEN))
                .as("ten percent more, which nodes ask for")
                .isGreaterThanOrEqualTo(
                        first.fees().max().units().multiply(java.math.BigInteger.valueOf(11)));
        lab.control().mine(1);
        assertThat(faster.get().ok().json().get("transaction").asString())
                .isEqualTo(second.hash().toString());
        assertThat(faster.get().err()).contains("again, for more gas; one of both counts");
        assertThat(state(first.hash())).isEqualTo("replaced");
        assertThat(state(second.hash())).isEqualTo("confirmed");
        // Whoever waits for the first learns it when a few blocks more are there.
        lab.control().mine(5);
        stuck.get().failed(ExitStatus.FAILED, "took the place of " + first.hash());
    }

    @Test
    void what_is_cancelled_never_happens() throws Exception {
        long mined = mined();
        String before = flow();
        CompletableFuture<CommandLineRun> stuck = send("0.02");
        Sent first = awaitSent(mined, 1).getFirst();
        CompletableFuture<CommandLineRun> cancel =
                run("wallet cancel --yes --json " + first.hash());
        Sent second = awaitSent(mined, 2).getLast();
        assertThat(second.call().data()).isEmpty();
        assertThat(second.call().to().orElseThrow()).hasToString(MoneyLab.ME);
        lab.control().mine(1);
        assertThat(cancel.get().ok().json().get("state").asString()).isEqualTo("cancelled");
        assertThat(flow()).isEqualTo(before);
        assertThat(state(first.hash())).isEqualTo("replaced");
        lab.control().mine(5);
        assertThat(stuck.get().status()).isEqualTo(ExitStatus.FAILED.code());
        lab.run("wallet cancel --yes " + first.hash())
                .failed(ExitStatus.REFUSED, "is in a block already");
    }

    @Test
    void what_the_chain_has_forgotten_is_told_and_sent_again() throws Exception {
        long mined = mined();
        CompletableFuture<CommandLineRun> send = send("0.03");
        Sent first = awaitSent(mined, 1).getFirst();
        lab.control().mine(1);
        assertThat(send.get().ok().json().get("state").asString()).isEqualTo("confirmed");
        lab.control().reorganise(1);
        assertThat(state(first.hash())).isEqualTo("dropped");
        CompletableFuture<CommandLineRun> again =
                run("wallet speed-up --yes --json " + first.hash());
        var _ = awaitSent(mined, 2);
        lab.control().mine(1);
        assertThat(again.get().ok().json().get("state").asString()).isEqualTo("confirmed");
    }

    @Test
    void a_gap_before_a_transaction_is_told_in_plain_words() throws Exception {
        long mined = mined();
        CompletableFuture<CommandLineRun> first = send("0.04");
        Sent missing = awaitSent(mined, 1).getFirst();
        CompletableFuture<CommandLineRun> second = send("0.05");
        Sent waits = awaitSent(mined, 2).getLast();
        lab.control().drop(missing.hash());
        CommandLineRun faster = lab.run("wallet speed-up " + waits.hash());
        faster.failed(
                ExitStatus.USAGE,
                "waits for the account's number " + missing.nonce(),
                "that one has to be done, sped up or cancelled first");
        // Whoever waits for the first hands it in again.
        lab.control().mine(1);
        while (!first.isDone() || !second.isDone()) {
            lab.control().mine(1);
        }
        assertThat(first.get().ok().json().get("state").asString()).isEqualTo("confirmed");
        assertThat(second.get().ok().json().get("state").asString()).isEqualTo("confirmed");
        assertThat(second.get().err()).contains("it waits: transaction number " + missing.nonce());
    }

    @Test
    void a_transaction_of_nobody_is_not_sped_up() {
        lab.run("wallet speed-up --yes 0x" + "ab".repeat(32))
                .failed(ExitStatus.USAGE, "has signed no transaction", "wallet history");
        lab.run("wallet cancel --yes 0x12").failed(ExitStatus.USAGE, "0x and 64 digits");
    }

    private static CompletableFuture<CommandLineRun> send(String amount) {
        return run("wallet send --yes --json " + MoneyLab.BOB + " " + amount);
    }

    private static CompletableFuture<CommandLineRun> run(String line) {
        return CompletableFuture.supplyAsync(
                () -> lab.run(line), task -> Thread.ofVirtual().start(task));
    }

    /** Waits until the chain has as many of the wallet's newest transactions. */
    private static List<Sent> awaitSent(long from, int count) throws Exception {
        while (true) {
            List<Sent> sent =
                    new HistoryFile(lab.wallet())
                            .read().stream()
                                    .filter(record -> record.nonce() >= from)
                                    .map(SentRecord::transaction)
                                    .toList();
            if (sent.size() >= count && lab.chain().knows(sent.getLast().hash())) {
                return sent;
            }
            var _ = lab.chain().head(); // asking takes its time: no loop that burns a processor
        }
    }

    private static List<Long> numbers(long from) throws Exception {
        return new HistoryFile(lab.wallet())
                .read().stream().map(SentRecord::nonce).filter(n -> n >= from).sorted().toList();
    }

    private static long mined() throws Exception {
        return lab.chain().minedNonce(EvmAddress.parse(MoneyLab.ME));
    }

    private static String flow() {
        return lab.run("wallet balance --json").ok().json().get("flow").asString();
    }

    private static String state(TransactionHash hash) {
        return lab.history().stream()
                .filter(entry -> entry.get("transaction").asString().equals(hash.toString()))
                .map(entry -> entry.get("state"))
                .map(JsonNode::asString)
                .findFirst()
                .orElseThrow();
    }
}
