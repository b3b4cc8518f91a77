package org.flowshield.app.testkit;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.anvil.AnvilOptions;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.network.ContractAddresses;
import org.flowshield.contracts.network.Network;
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

/** A chain of its own with the contracts, asked by the test itself and by nobody's page. */
public final class TestChain implements AutoCloseable {

    private static final Path BINARY =
            Anvil.binary(Path.of("..", "contracts").toAbsolutePath().normalize());

    private final Anvil anvil;
    private final RpcChain chain;
    private final ContractAddresses addresses;

    private TestChain(Anvil anvil, RpcChain chain) throws Exception {
        this.anvil = anvil;
        this.chain = chain;
        this.addresses = deploy();
    }

    /** Why there can be none; empty if there can. */
    public static String missing() {
        return Anvil.missing(BINARY);
    }

    public static TestChain start() throws Exception {
        Anvil anvil = Anvil.start(BINARY, AnvilOptions.DEFAULT);
        return new TestChain(
                anvil, RpcChain.of(anvil.chain(), List.of(anvil.uri()), RpcLimits.DEFAULT));
    }

    public URI uri() {
        return anvil.uri();
    }

    public RpcChain chain() {
        return chain;
    }

    public Contracts contracts() {
        return Contracts.on(chain, addresses);
    }

    /** The network for those who go another way to it, and wait for so many blocks. */
    public Network network(URI rpc, int confirmations) {
        return new Network(
                "test",
                anvil.chain(),
                List.of(rpc),
                "ETH",
                confirmations,
                0,
                addresses,
                List.of(),
                null);
    }

    /** One more block, with nothing in it. */
    public void mine() throws Exception {
        anvil.control().mine(1);
    }

    public void give(EvmAddress to, Wei gas) throws Exception {
        anvil.give(to, gas);
    }

    public void give(EvmAddress to, TokenAmount flow) throws Exception {
        execute(contracts().token().transfer(to, flow));
    }

    private void execute(Call call) throws Exception {
        try (SigningKey rich = Anvil.account(0)) {
            if (!(sender(rich).execute(call, Progress.SILENT) instanceof Outcome.Confirmed)) {
                throw new AssertionError("not done: " + call.purpose());
            }
        }
    }

    private ContractAddresses deploy() throws Exception {
        try (SigningKey deployer = Anvil.account(0)) {
            return new Deployment(chain, sender(deployer))
                    .deploy(
                            new DeploymentPlan(
                                    deployer.address(),
                                    deployer.address(),
                                    Duration.ZERO,
                                    TokenAmount.ZERO))
                    .contracts();
        }
    }

    private Sender sender(SigningKey key) {
        return new Sender(
                chain,
                TransactionSigner.of(key),
                SenderSettings.of(1, "ETH").withPoll(Duration.ofMillis(20)),
                Time.SYSTEM);
    }

    @Override
    public void close() {
        chain.close();
        anvil.close();
    }
}
