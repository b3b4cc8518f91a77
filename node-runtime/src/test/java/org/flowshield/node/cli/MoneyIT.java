package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.anvil.AnvilOptions;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.network.ContractAddresses;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.network.NetworkFile;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.SenderSettings;
import org.flowshield.contracts.sending.Time;
import org.flowshield.contracts.sending.TransactionSigner;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.contracts.web3j.Contracts;
import org.flowshield.contracts.web3j.Deployment;
import org.flowshield.contracts.web3j.DeploymentPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The verbs of wallet and purse that change a chain: a real one, anvil, with the real contracts.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class MoneyIT {

    /** The first accounts of anvil; the first of them deploys the contracts and gets all FLOW. */
    private static final String WORDS =
            "test test test test test test test test test test test junk";

    private static final String ME = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    private static final String BOB = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
    private static final String SIGNER = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65";

    private static final Path CONTRACTS = Path.of("..", "contracts").toAbsolutePath().normalize();

    @TempDir private static Path folder;

    private static Anvil anvil;
    private static RpcChain chain;
    private static Network network;
    private static Contracts contracts;
    private static Path wallet;
    private static Path networkFile;

    @BeforeAll
    static void begin() throws Exception {
        String missing = Anvil.missing(Anvil.binary(CONTRACTS));
        assumeTrue(missing.isEmpty(), missing);
        anvil = Anvil.start(Anvil.binary(CONTRACTS), AnvilOptions.DEFAULT);
        chain = RpcChain.of(anvil.chain(), List.of(anvil.uri()), RpcLimits.DEFAULT);
        network = network(anvil.chain(), anvil.uri(), deploy());
        contracts = Contracts.on(chain, network.contracts());
        networkFile = write("network", network);
        wallet = folder.resolve("wallet");
        Path password = secret("password", "four little ponies");
        CommandLineRun.of(
                        "wallet",
                        "restore",
                        "--accounts",
                        "2",
                        "--wallet",
                        wallet.toString(),
                        "--password-file",
                        password.toString(),
                        "--mnemonic-file",
                        secret("words", WORDS).toString())
                .ok();
        CommandLineRun.of(
                        "wallet",
                        "unlock",
                        "--wallet",
                        wallet.toString(),
                        "--password-file",
                        password.toString())
                .ok();
    }

    @AfterAll
    static void end() {
        if (anvil != null) {
            var _ = CommandLineRun.of("wallet", "lock", "--wallet", wallet.toString());
            chain.close();
            anvil.close();
        }
    }

    @Test
    void flow_is_sent_and_told() throws Exception {
        TokenAmount before = balance(BOB);
        CommandLineRun sent = run("wallet send --yes --json " + BOB + " 12.5").ok();
        assertThat(sent.json().get("state").asString()).isEqualTo("confirmed");
        assertThat(sent.err())
                .contains("12.5 of the token", "to            " + BOB, "chain         31337")
                .contains("fee           at most ", "(the token FLOW)", "handed in", "in block ");
        assertThat(balance(BOB).minus(before)).hasToString("12.5 FLOW");
        String hash = sent.json().get("transaction").asString();
        assertThat(history())
                .anySatisfy(
                        entry -> {
                            assertThat(entry.get("transaction").asString()).isEqualTo(hash);
                            assertThat(entry.get("state").asString()).isEqualTo("confirmed");
                            assertThat(entry.get("amount").asString()).isEqualTo("12.5");
                            assertThat(entry.get("direction").asString()).isEqualTo("out");
                        });
        assertThat(run("wallet history --csv").ok().out())
                .startsWith("signed_at,block,")
                .contains("out,send,12.5,flow," + BOB);
        assertThat(run("wallet history").ok().out()).contains("12.5 FLOW  to " + BOB);
    }

    @Test
    void what_others_send_is_in_the_history_too() throws Exception {
        run("wallet send --yes 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 3").ok();
        run("wallet send --yes --account 1 " + ME + " 1.25").ok();
        assertThat(history())
                .anySatisfy(
                        entry -> {
                            assertThat(entry.get("direction").asString()).isEqualTo("in");
                            assertThat(entry.get("amount").asString()).isEqualTo("1.25");
                            assertThat(entry.has("signed_at")).isFalse();
                        });
    }

    @Test
    void the_coin_for_gas_is_sent_too() throws Exception {
        String fresh = "0x00000000000000000000000000000000000000A1";
        run("wallet send --yes --token gas " + fresh.toLowerCase(java.util.Locale.ROOT) + " 0.5")
                .ok();
        assertThat(chain.balance(EvmAddress.parse(fresh.toLowerCase(java.util.Locale.ROOT))))
                .hasToString("0.5 ETH");
        JsonNode balance = run("wallet balance --json").ok().json();
        assertThat(balance.get("address").asString()).isEqualTo(ME);
        assertThat(balance.get("gas_symbol").asString()).isEqualTo("ETH");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // One digit's case changed: another address, or a slip.
                "0x90f79bf6EB2c4f870365E785982E1f101E93b906|1|USAGE|wrong checksum",
                "0x90F79bf6EB2c4f870365E785982E1f101E93b9|1|USAGE|it has 38 digits",
                "90F79bf6EB2c4f870365E785982E1f101E93b906|1|USAGE|begins with 0x",
                "0x0000000000000000000000000000000000000000|1|USAGE|nobody's",
                "0x90F79bf6EB2c4f870365E785982E1f101E93b906|1.0000000000000000001|USAGE|19 decimals",
                "0x90F79bf6EB2c4f870365E785982E1f101E93b906|1,5|USAGE|this is no amount",
                "0x90F79bf6EB2c4f870365E785982E1f101E93b906|0|USAGE|the amount is 0",
                "0x90F79bf6EB2c4f870365E785982E1f101E93b906|1000000001|REFUSED|more than there is",
            })
    void what_would_be_lost_or_fail_is_not_sent(
            String to, String amount, ExitStatus status, String words) throws Exception {
        long before = chain.minedNonce(EvmAddress.parse(ME));
        run("wallet send --yes " + to + " " + amount).failed(status, words);
        assertThat(chain.minedNonce(EvmAddress.parse(ME))).isEqualTo(before);
    }

    @Test
    void money_is_not_sent_to_the_contracts_themselves() {
        run("wallet send --yes " + network.contracts().token() + " 1")
                .failed(ExitStatus.USAGE, "is a contract of the network");
    }

    @Test
    void all_of_the_gas_coin_can_not_be_sent_for_the_fee_is_missing_then() throws Exception {
        String all = chain.balance(EvmAddress.parse(ME)).decimal();
        run("wallet send --yes --token gas " + BOB + " " + all)
                .failed(ExitStatus.REFUSED, "Nothing was sent");
    }

    @Test
    void nobody_who_could_agree_means_nothing_is_sent() {
        run("wallet send " + BOB + " 1").failed(ExitStatus.USAGE, "--yes");
    }

    @Test
    void another_chain_a_missing_contract_and_no_way_to_the_chain_are_told_apart()
            throws Exception {
        Path other =
                write("other-chain", network(new ChainId(1), anvil.uri(), network.contracts()));
        with(other, "wallet send --yes " + BOB + " 1").failed(ExitStatus.FAILED, "chain");
        EvmAddress nowhere = EvmAddress.parse("0x00000000000000000000000000000000000000b2");
        ContractAddresses at = network.contracts();
        Path undeployed =
                write(
                        "undeployed",
                        network(
                                anvil.chain(),
                                anvil.uri(),
                                new ContractAddresses(
                                        nowhere,
                                        at.channels(),
                                        at.gate(),
                                        at.providers(),
                                        at.identities(),
                                        at.vault(),
                                        at.access(),
                                        at.timelock())));
        assertThat(with(undeployed, "wallet send --yes " + BOB + " 1").err())
                .contains(nowhere.toString());
        run("wallet balance --rpc http://127.0.0.1:1").failed(ExitStatus.FAILED, "--rpc URL");
        CommandLineRun.of("wallet", "balance", "--wallet", wallet.toString())
                .failed(ExitStatus.USAGE, "--network FILE");
    }

    @Test
    void the_purse_is_filled_lent_and_emptied() throws Exception {
        run("purse deposit --yes 20").ok();
        assertThat(run("purse show --json").ok().json().get("purse").asString()).isEqualTo("20");
        run("purse authorise --yes --signer " + SIGNER + " --total 10 --per-payee 4 --days 7").ok();
        JsonNode authority =
                run("purse show --json --signer " + SIGNER).ok().json().get("authority");
        assertThat(authority.get("left").asString()).isEqualTo("10");
        assertThat(authority.get("per_payee").asString()).isEqualTo("4");
        run("purse revoke --yes --signer " + SIGNER).ok();
        assertThat(
                        run("purse show --json --signer " + SIGNER)
                                .ok()
                                .json()
                                .at("/authority/total")
                                .asString())
                .isEqualTo("0");
        run("purse withdraw --yes 21").failed(ExitStatus.REFUSED, "more than there is");
        run("purse withdraw --yes 20").ok();
        assertThat(run("purse show --json").ok().json().get("purse").asString()).isEqualTo("0");
        run("purse authorise --yes --signer " + SIGNER + " --total 1 --per-payee 2")
                .failed(ExitStatus.USAGE, "can't get more than all together");
    }

    private static List<JsonNode> history() {
        return run("wallet history --json").ok().json().valueStream().toList();
    }

    private static TokenAmount balance(String address) throws Exception {
        return contracts.token().balance(EvmAddress.parse(address));
    }

    private static CommandLineRun run(String line) {
        return with(networkFile, line);
    }

    private static CommandLineRun with(Path network, String line) {
        return CommandLineRun.of(
                Stream.concat(
                                Stream.of(line.split(" ", -1)),
                                Stream.of(
                                        "--wallet",
                                        wallet.toString(),
                                        "--network",
                                        network.toString()))
                        .toArray(String[]::new));
    }

    private static ContractAddresses deploy() throws Exception {
        try (SigningKey deployer = Anvil.account(0)) {
            Sender sender =
                    new Sender(
                            chain,
                            TransactionSigner.of(deployer),
                            SenderSettings.of(1, "ETH").withPoll(Duration.ofMillis(20)),
                            Time.SYSTEM);
            return new Deployment(chain, sender)
                    .deploy(
                            new DeploymentPlan(
                                    deployer.address(),
                                    deployer.address(),
                                    Duration.ZERO,
                                    TokenAmount.ZERO))
                    .contracts();
        }
    }

    private static Network network(ChainId id, URI rpc, ContractAddresses at) {
        return new Network("test", id, List.of(rpc), "ETH", 1, 0, at, List.of(), null);
    }

    private static Path write(String name, Network network) throws Exception {
        Path file = folder.resolve(name + ".toml");
        NetworkFile.write(network, file);
        return file;
    }

    private static Path secret(String name, String content) throws Exception {
        Path file = folder.resolve(name + ".secret");
        Files.writeString(file, content + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
