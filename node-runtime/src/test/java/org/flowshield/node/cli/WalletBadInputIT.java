package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Words;
import org.flowshield.contracts.network.ContractAddresses;
import org.flowshield.node.wallet.history.HistoryFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Everything that a person, a script or an RPC can get wrong, by the command line: what is said,
 * and the exit status. A gap in the numbers of transactions is in {@link StuckTransactionIT}.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class WalletBadInputIT {

    /** Twelve words that are a wallet; tests break them. */
    private static final String WORDS =
            "legal winner thank year wave sausage worth useful legal winner thank yellow";

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unlock",
                "export --out /nowhere/key.json",
                "password --new-password-file /nowhere/password",
            })
    void a_wrong_password(String verb) throws Exception {
        CommandLineRun refused =
                CommandLineRun.of(
                                ("wallet "
                                                + verb
                                                + " --wallet "
                                                + lab.wallet()
                                                + " --password-file "
                                                + lab.secret("wrong", "five little ponies"))
                                        .split(" ", -1))
                        .failed(ExitStatus.REFUSED, "the password is wrong", "nothing was changed");
        assertThat(refused.out() + refused.err()).doesNotContain("ponies");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sausage|sausag|word 6 is not in the list|sausage",
                "sausage|wurst|word 6 is not in the list|compare them with your paper",
                "yellow|yard|checksum|compare them with your paper",
                "yellow||these are 11 words|12, 15, 18, 21 or 24",
                "yellow|yellow yellow|these are 13 words|12, 15, 18, 21 or 24",
            })
    void words_that_are_no_wallet(String word, String instead, String says, String hint)
            throws Exception {
        String sentence = WORDS.replace(word, instead == null ? "" : instead).strip();
        Path place = folder.resolve("none");
        CommandLineRun.of(
                        "wallet",
                        "restore",
                        "--wallet",
                        place.toString(),
                        "--password-file",
                        lab.secret("new", "another six words here").toString(),
                        "--mnemonic-file",
                        lab.secret("broken", sentence).toString())
                .failed(ExitStatus.USAGE, says, hint);
        assertThat(place).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0x90f79bf6EB2c4f870365E785982E1f101E93b906|1|USAGE|wrong checksum",
                "0x90F79bf6EB2c4f870365E785982E1f101E93b9|1|USAGE|it has 38 digits",
                "0x90F79bf6EB2c4f870365E785982E1f101E93b90611|1|USAGE|it has 42 digits",
                "0x90F79bf6EB2c4f870365E785982E1f101E93b90g|1|USAGE|other signs than 0-9",
                "bob.eth|1|USAGE|begins with 0x",
                "0x90F79bf6EB2c4f870365E785982E1f101E93b906|1.0000000000000000001|USAGE|19 decimals",
                "0x90F79bf6EB2c4f870365E785982E1f101E93b906|-1|USAGE|not less than 0",
                "0x90F79bf6EB2c4f870365E785982E1f101E93b906|0|USAGE|the amount is 0",
                "0x90F79bf6EB2c4f870365E785982E1f101E93b906|0.0|USAGE|the amount is 0",
                "0x90F79bf6EB2c4f870365E785982E1f101E93b906|1,5|USAGE|digits and a point",
                "0x90F79bf6EB2c4f870365E785982E1f101E93b906|all|USAGE|digits and a point",
            })
    void addresses_and_amounts(String to, String amount, ExitStatus status, String says)
            throws Exception {
        long before = lab.chain().pendingNonce(EvmAddress.parse(MoneyLab.ME));
        lab.run("wallet send --yes " + to + " " + amount).failed(status, says, "nothing was sent");
        assertThat(lab.chain().pendingNonce(EvmAddress.parse(MoneyLab.ME))).isEqualTo(before);
    }

    @Test
    void more_than_there_is_names_both_numbers() {
        lab.run("wallet send --yes " + MoneyLab.BOB + " 1000000001")
                .failed(ExitStatus.REFUSED, "1000000001 FLOW is more than there is", " FLOW\n");
        lab.run("wallet send --yes --token gas " + MoneyLab.BOB + " 10001")
                .failed(ExitStatus.REFUSED, "10001 ETH is more than there is", "has 99");
        lab.run("purse withdraw --yes 4")
                .failed(ExitStatus.REFUSED, "4 FLOW is more than there is", "has 0 FLOW");
    }

    @Test
    void an_address_without_capitals_is_taken_and_pointed_out() {
        CommandLineRun sent =
                lab.run("wallet send --yes " + MoneyLab.BOB.toLowerCase(Locale.ROOT) + " 0.5").ok();
        assertThat(sent.err()).contains("a wrong digit would not be noticed", MoneyLab.BOB);
        assertThat(lab.run("wallet send --yes " + MoneyLab.BOB + " 0.5").ok().err())
                .doesNotContain("would not be noticed");
    }

    @Test
    void an_rpc_of_another_chain() throws Exception {
        Path other =
                lab.write(
                        "other",
                        lab.network(
                                new ChainId(1),
                                lab.network().rpcs().getFirst(),
                                lab.network().contracts()));
        lab.with(other, "wallet send --yes " + MoneyLab.BOB + " 1")
                .failed(ExitStatus.FAILED, "chain 31337", "--rpc URL");
    }

    @Test
    void contracts_that_are_not_there() throws Exception {
        EvmAddress nowhere = EvmAddress.parse("0x00000000000000000000000000000000000000b2");
        ContractAddresses at = lab.network().contracts();
        Path undeployed =
                lab.write(
                        "undeployed",
                        lab.network(
                                lab.network().chain(),
                                lab.network().rpcs().getFirst(),
                                new ContractAddresses(
                                        nowhere,
                                        at.channels(),
                                        at.gate(),
                                        at.providers(),
                                        at.identities(),
                                        at.vault(),
                                        at.access(),
                                        at.timelock())));
        lab.with(undeployed, "wallet send --yes " + MoneyLab.BOB + " 1")
                .failed(
                        ExitStatus.FAILED,
                        "what is at " + nowhere + " on chain 31337 is not the contract",
                        "the contracts are not deployed there");
    }

    @Test
    void an_rpc_that_is_down() {
        lab.run("wallet balance --rpc http://127.0.0.1:1")
                .failed(ExitStatus.FAILED, "can't be reached", "--rpc URL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|<html><body>Log in to the Wi-Fi</body></html>",
                "200|{\"jsonrpc\":\"2.0\",\"id\":1,\"resu",
                "200|[]",
                "200|{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0xnothing\"}",
                "500|oops",
                "404|{}",
            })
    void an_rpc_that_answers_nonsense(int status, String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var _ =
                server.createContext(
                        "/",
                        exchange -> {
                            try (exchange) {
                                byte[] _ = exchange.getRequestBody().readAllBytes();
                                exchange.sendResponseHeaders(status, bytes.length);
                                exchange.getResponseBody().write(bytes);
                            }
                        });
        server.start();
        try {
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            CommandLineRun failed =
                    lab.run("wallet balance --rpc " + uri)
                            .failed(ExitStatus.FAILED, uri.toString(), "--rpc URL");
            assertThat(failed.err()).doesNotContain("Exception", "html", "\tat ");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_permit_that_has_expired_for_the_chain() throws Exception {
        String before = lab.control().snapshot();
        try {
            lab.control().pass(Duration.ofDays(2));
            lab.run("purse deposit --yes 1")
                    .failed(ExitStatus.REFUSED, "the permit is missing, expired, or for less");
        } finally {
            lab.control().revert(before);
        }
    }

    @Test
    void a_contract_that_undoes_it_says_why_in_words() throws Exception {
        EvmAddress me = EvmAddress.parse(MoneyLab.ME);
        EvmAddress bob = EvmAddress.parse(MoneyLab.BOB);
        TokenAmount all = lab.contracts().token().balance(me);
        act(me, lab.contracts().token().approve(bob, all).data());
        lab.control().setAutomine(false);
        CommandLineRun sent;
        try {
            int known = new HistoryFile(lab.wallet()).read().size();
            CompletableFuture<CommandLineRun> send =
                    CompletableFuture.supplyAsync(
                            () -> lab.run("wallet send --yes " + MoneyLab.BOB + " 5"),
                            task -> Thread.ofVirtual().start(task));
            awaitSigned(known + 1);
            // Bob takes all, and pays so much that he comes first.
            act(bob, transferFrom(me, bob, all));
            while (!send.isDone()) {
                lab.control().mine(1);
            }
            sent = send.get();
        } finally {
            lab.control().setAutomine(true);
            act(bob, lab.contracts().token().transfer(me, all).data());
        }
        sent.failed(
                ExitStatus.FAILED,
                "the contract undid",
                "has 0 FLOW and 5 FLOW are needed",
                "The gas was paid, nothing else moved");
    }

    @Test
    void a_wallet_that_is_locked_damaged_or_not_there() throws Exception {
        CommandLineRun.of("wallet", "unlock", "--wallet", folder.resolve("no").toString())
                .failed(ExitStatus.REFUSED, "there is no wallet", "flowshield wallet create");
        CommandLineRun.of(
                        "wallet",
                        "balance",
                        "--account",
                        "7",
                        "--wallet",
                        lab.wallet().toString(),
                        "--network",
                        folder.resolve("network.toml").toString())
                .failed(ExitStatus.USAGE, "there is no account 7; the last is 0");
    }

    private static byte[] transferFrom(EvmAddress from, EvmAddress to, TokenAmount amount) {
        byte[] selector = {0x23, (byte) 0xb8, 0x72, (byte) 0xdd};
        byte[] words = new Words(3).put(from).put(to).put(amount).bytes();
        return ByteBuffer.allocate(selector.length + words.length).put(selector).put(words).array();
    }

    /** By anvil, which has the keys of its accounts. */
    private static void act(EvmAddress from, byte[] data) throws Exception {
        var _ =
                lab.control()
                        .ask(
                                "eth_sendTransaction",
                                Map.of(
                                        "from",
                                        from.toString(),
                                        "to",
                                        lab.network().contracts().token().toString(),
                                        "data",
                                        "0x" + HexFormat.of().formatHex(data),
                                        "gas",
                                        "0x30d40",
                                        "maxFeePerGas",
                                        "0x2540be400",
                                        "maxPriorityFeePerGas",
                                        "0x2540be400"));
    }

    /** Waits until the wallet's last transaction waits at the chain. */
    private static void awaitSigned(int count) throws Exception {
        while (true) {
            var sent = new HistoryFile(lab.wallet()).read();
            if (sent.size() >= count && lab.chain().knows(sent.getLast().hash())) {
                return;
            }
            var _ = lab.chain().head(); // asking takes its time: no loop that burns a processor
        }
    }
}
