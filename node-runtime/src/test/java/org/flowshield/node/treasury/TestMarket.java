package org.flowshield.node.treasury;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.anvil.AnvilOptions;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.contracts.sending.Outcome;
import org.flowshield.contracts.sending.Progress;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.SenderSettings;
import org.flowshield.contracts.sending.Time;
import org.flowshield.contracts.sending.TransactionSigner;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.contracts.staking.StakeKind;
import org.flowshield.contracts.token.Permit;
import org.flowshield.contracts.token.SignedPermit;
import org.flowshield.contracts.web3j.Contracts;
import org.flowshield.contracts.web3j.Deployment;
import org.flowshield.contracts.web3j.DeploymentPlan;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.payment.relay.CarriedOrder;

/** A chain with the contracts, a provider that may be paid, and wallets that have money. */
public final class TestMarket implements AutoCloseable {

    /** Looks come quickly: the chain is on this machine. */
    static final SenderSettings SETTINGS =
            SenderSettings.of(1, "ETH")
                    .withPoll(Duration.ofMillis(20))
                    .withPatience(Duration.ofSeconds(60));

    private static final TokenAmount MIN_STAKE = MemoryPayments.flow("1000");

    /** The number of the account that has spent its gas. */
    public static final int SPENT = 4;

    private final Anvil anvil;
    private final RpcChain chain;
    private final Contracts contracts;
    private final Deployment.Made made;
    private final SigningKey deployer = Anvil.account(0);
    private final SigningKey wallet = Anvil.account(1);
    private final SigningKey payee = Anvil.account(2);
    private final SigningKey second = Anvil.account(3);
    private final SigningKey spent = Anvil.account(SPENT);

    private TestMarket() throws Exception {
        anvil = Anvil.start(binary(), AnvilOptions.DEFAULT);
        chain = RpcChain.of(anvil.chain(), List.of(anvil.uri()), RpcLimits.DEFAULT);
        made =
                new Deployment(chain, sender(deployer))
                        .deploy(
                                new DeploymentPlan(
                                        deployer.address(),
                                        deployer.address(),
                                        Duration.ZERO,
                                        MIN_STAKE));
        contracts = Contracts.on(chain, made.contracts());
        TokenAmount money = MemoryPayments.flow("5000");
        run(deployer, contracts.token().transfer(wallet.address(), money));
        run(deployer, contracts.token().transfer(payee.address(), money));
        enterProvider(payee);
    }

    public static TestMarket open() throws Exception {
        String missing = Anvil.missing(binary());
        assumeTrue(missing.isEmpty(), missing);
        return new TestMarket();
    }

    private static Path binary() {
        return Anvil.binary(Path.of("").toAbsolutePath().resolveSibling("contracts"));
    }

    public Anvil anvil() {
        return anvil;
    }

    public RpcChain chain() {
        return chain;
    }

    public Contracts contracts() {
        return contracts;
    }

    /** Whose purse pays. */
    public EvmAddress wallet() {
        return wallet.address();
    }

    /** Who is paid. */
    public EvmAddress payee() {
        return payee.address();
    }

    public Network network() {
        return network(anvil.uri());
    }

    public Network network(URI rpc) {
        return new Network(
                "test",
                anvil.chain(),
                List.of(rpc),
                "ETH",
                1,
                made.firstBlock(),
                made.contracts(),
                List.of(),
                null);
    }

    public Sender sender(SigningKey key) {
        return new Sender(chain, TransactionSigner.of(key), SETTINGS, Time.SYSTEM);
    }

    private void run(SigningKey key, Call call) throws Exception {
        Outcome outcome = sender(key).execute(call, Progress.SILENT);
        if (!(outcome instanceof Outcome.Confirmed)) {
            throw new AssertionError(call.purpose() + ": " + outcome);
        }
    }

    /** Binds a node, stakes and registers, as an operator does. */
    private void enterProvider(SigningKey payee) throws Exception {
        byte[] nodeKey = new byte[Bytes32.LENGTH];
        new SecureRandom().nextBytes(nodeKey);
        Bytes32 key = new Bytes32(nodeKey);
        run(payee, contracts.identities().bind(key, new byte[64], 1));
        stake(payee);
        run(payee, contracts.providers().register(key, Bytes32.ZERO, "ipfs://nothing"));
    }

    private void stake(SigningKey owner) throws Exception {
        SignedPermit permit = permit(owner, contracts.vault().address(), MIN_STAKE);
        run(owner, contracts.vault().stakeWithPermit(StakeKind.PROVIDER, MIN_STAKE, permit));
    }

    /** Has an account stake what the market asks for with all the gas it has; some FLOW is left. */
    public EvmAddress stakeWithLastGas(String left) throws Exception {
        TokenAmount money = MIN_STAKE.plus(MemoryPayments.flow(left));
        run(deployer, contracts.token().transfer(spent.address(), money));
        stake(spent);
        anvil.give(spent.address(), Wei.ZERO);
        return spent.address();
    }

    private SignedPermit permit(SigningKey owner, EvmAddress spender, TokenAmount amount)
            throws Exception {
        Permit permit =
                new Permit(
                        owner.address(),
                        spender,
                        amount,
                        contracts.token().nonce(owner.address()),
                        now().plus(Duration.ofHours(1)));
        return SignedPermit.sign(permit, contracts.token().domain(), owner);
    }

    public Instant now() throws Exception {
        return chain.head().time();
    }

    /** Puts money of the wallet into its purse. */
    public void deposit(String amount) throws Exception {
        TokenAmount flow = MemoryPayments.flow(amount);
        EvmAddress channels = contracts.channels().domain().contract();
        run(
                wallet,
                contracts
                        .channels()
                        .calls()
                        .depositWithPermit(wallet.address(), flow, permit(wallet, channels, flow)));
    }

    /** Lets a signer lock money of the purse for a day. */
    public void authorise(EvmAddress signer, String total, String perPayee) throws Exception {
        Caps caps =
                new Caps(
                        MemoryPayments.flow(total),
                        MemoryPayments.flow(perPayee),
                        Instant.ofEpochSecond(now().plus(Duration.ofDays(30)).getEpochSecond()));
        run(wallet, contracts.channels().calls().authorise(signer, caps));
    }

    /** Lets another key close channels to the payee. */
    public void allowOperator(EvmAddress operator) throws Exception {
        run(payee, contracts.channels().calls().setOperator(operator, true));
    }

    /** Has another provider enter, whose operator may close channels to it. */
    public EvmAddress secondProvider(EvmAddress operator) throws Exception {
        run(deployer, contracts.token().transfer(second.address(), MIN_STAKE));
        enterProvider(second);
        run(second, contracts.channels().calls().setOperator(operator, true));
        return second.address();
    }

    /** Carries an order with the deployer's gas. */
    public TransactionHash relay(CarriedOrder.OfChannel order, TokenAmount fee) throws Exception {
        Call call =
                contracts
                        .channels()
                        .calls()
                        .carry(order.channel(), order.order(), order.signature(), fee);
        return sender(deployer).execute(call, Progress.SILENT).sent().hash();
    }

    /** Gives gas. */
    public void fuel(EvmAddress operator) throws Exception {
        anvil.give(operator, Wei.parse("1"));
    }

    @Override
    public void close() {
        chain.close();
        anvil.close();
        deployer.close();
        wallet.close();
        payee.close();
        second.close();
        spent.close();
    }
}
