package org.flowshield.node.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.anvil.AnvilControl;
import org.flowshield.contracts.anvil.AnvilOptions;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.network.ContractAddresses;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.network.NetworkFile;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.contracts.sending.Outcome;
import org.flowshield.contracts.sending.Progress;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.SenderSettings;
import org.flowshield.contracts.sending.Time;
import org.flowshield.contracts.sending.TransactionSigner;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.contracts.web3j.Contracts;
import org.flowshield.contracts.web3j.Deployment;
import org.flowshield.contracts.web3j.DeploymentPlan;
import tools.jackson.databind.JsonNode;

/** A wallet that is unlocked, on a chain of its own with the contracts. */
final class MoneyLab implements AutoCloseable {

    /** The first account of anvil, which deploys the contracts and gets all FLOW. */
    static final String ME = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

    static final String BOB = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";

    static final String PASSWORD = "four little ponies";

    private static final String WORDS =
            "test test test test test test test test test test test junk";

    private static final Path CONTRACTS = Path.of("..", "contracts").toAbsolutePath().normalize();

    private final Path folder;
    private final Anvil anvil;
    private final RpcChain chain;
    private final Network network;
    private final Path wallet;
    private final Path networkFile;

    private MoneyLab(Path folder) throws Exception {
        this.folder = folder;
        anvil = Anvil.start(Anvil.binary(CONTRACTS), AnvilOptions.DEFAULT);
        chain = RpcChain.of(anvil.chain(), List.of(anvil.uri()), RpcLimits.DEFAULT);
        network = network(anvil.chain(), anvil.uri(), deploy());
        networkFile = write("network", network);
        wallet = folder.resolve("wallet");
    }

    /** Why there can be none; empty if there can. */
    static String missing() {
        return Anvil.missing(Anvil.binary(CONTRACTS));
    }

    static MoneyLab start(Path folder) throws Exception {
        MoneyLab lab = new MoneyLab(folder);
        var _ =
                CommandLineRun.of(
                                "wallet",
                                "restore",
                                "--wallet",
                                lab.wallet.toString(),
                                "--password-file",
                                lab.secret("password", PASSWORD).toString(),
                                "--mnemonic-file",
                                lab.secret("words", WORDS).toString())
                        .ok();
        var _ =
                CommandLineRun.of(
                                "wallet",
                                "unlock",
                                "--wallet",
                                lab.wallet.toString(),
                                "--password-file",
                                lab.secret("password", PASSWORD).toString())
                        .ok();
        return lab;
    }

    AnvilControl control() {
        return anvil.control();
    }

    RpcChain chain() {
        return chain;
    }

    Contracts contracts() {
        return Contracts.on(chain, network.contracts());
    }

    Network network() {
        return network;
    }

    Path wallet() {
        return wallet;
    }

    /** The network with another chain id, another way to it, or contracts elsewhere. */
    Network network(ChainId id, URI rpc, ContractAddresses at) {
        return new Network("test", id, List.of(rpc), "ETH", 1, 0, at, List.of(), null);
    }

    /** A verb about the wallet on its chain. */
    CommandLineRun run(String line) {
        return with(networkFile, line);
    }

    /** The same on another network. */
    CommandLineRun with(Path network, String line) {
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

    /** What the wallet did last with that state, or the test fails. */
    List<JsonNode> history() {
        return run("wallet history --json").ok().json().valueStream().toList();
    }

    Path write(String name, Network network) throws IOException {
        Path file = folder.resolve(name + ".toml");
        NetworkFile.write(network, file);
        return file;
    }

    Path secret(String name, String content) throws IOException {
        Path file = folder.resolve(name + ".secret");
        Files.writeString(file, content + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** A transaction that another machine with the same wallet sends. */
    void execute(Call call) throws Exception {
        try (SigningKey me = Anvil.account(0)) {
            Sender sender =
                    new Sender(
                            chain,
                            TransactionSigner.of(me),
                            SenderSettings.of(1, "ETH").withPoll(Duration.ofMillis(20)),
                            Time.SYSTEM);
            if (!(sender.execute(call, Progress.SILENT) instanceof Outcome.Confirmed)) {
                throw new AssertionError("not done: " + call.purpose());
            }
        }
    }

    private ContractAddresses deploy() throws Exception {
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

    @Override
    public void close() {
        var _ = CommandLineRun.of("wallet", "lock", "--wallet", wallet.toString());
        chain.close();
        anvil.close();
    }
}
