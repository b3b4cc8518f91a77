package org.flowshield.contracts.lab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.anvil.AnvilOptions;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelKey;
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

/** All contracts on an anvil of their own, with a client and a provider that have money. */
public final class Market implements AutoCloseable {

    public static final TokenAmount MIN_STAKE = flow(1000);
    public static final TokenAmount START_MONEY = flow(5000);

    /** Looks come quickly: the chain is on this machine. */
    public static final SenderSettings SETTINGS =
            SenderSettings.of(1, "ETH")
                    .withPoll(Duration.ofMillis(20))
                    .withPatience(Duration.ofSeconds(60));

    public final Anvil anvil;
    public final RpcChain chain;
    public final Contracts contracts;
    public final Deployment.Made made;

    public final SigningKey deployer = Anvil.account(0);
    public final SigningKey client = Anvil.account(1);
    public final SigningKey provider = Anvil.account(2);
    public final SigningKey session = Anvil.account(3);
    public final SigningKey relayer = Anvil.account(4);

    private Market() throws Exception {
        anvil = Anvil.start(binary(), AnvilOptions.DEFAULT);
        chain = connect(anvil.uri());
        Sender sender = sender(deployer);
        made =
                new Deployment(chain, sender)
                        .deploy(
                                new DeploymentPlan(
                                        deployer.address(),
                                        deployer.address(),
                                        Duration.ZERO,
                                        MIN_STAKE));
        contracts = Contracts.on(chain, made.contracts());
        run(sender, contracts.token().transfer(client.address(), START_MONEY));
        run(sender, contracts.token().transfer(provider.address(), START_MONEY));
    }

    /** Why there can be none here; the tests are skipped then. */
    public static void require() {
        String missing = Anvil.missing(binary());
        assumeTrue(missing.isEmpty(), missing);
    }

    public static Path binary() {
        return Anvil.binary(Path.of("").toAbsolutePath());
    }

    public static Market open() throws Exception {
        require();
        return new Market();
    }

    public static RpcChain connect(URI uri) {
        return RpcChain.of(new ChainId(31337), List.of(uri), RpcLimits.DEFAULT);
    }

    public Sender sender(SigningKey key) {
        return sender(key, SETTINGS);
    }

    public Sender sender(SigningKey key, SenderSettings settings) {
        return new Sender(chain, TransactionSigner.of(key), settings, Time.SYSTEM);
    }

    /** Sends and waits; anything but success is the test's failure. */
    public static Outcome.Confirmed run(Sender sender, Call call) throws Exception {
        Outcome outcome = sender.execute(call, Progress.SILENT);
        if (outcome instanceof Outcome.Confirmed confirmed) {
            return confirmed;
        }
        throw new AssertionError(call.purpose() + ": " + outcome);
    }

    public Outcome.Confirmed run(SigningKey key, Call call) throws Exception {
        return run(sender(key), call);
    }

    public static TokenAmount flow(long coins) {
        try {
            return TokenAmount.parse(Long.toString(coins));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A permit of a wallet for the channels contract, good for an hour of the chain's time. */
    public SignedPermit permit(SigningKey owner, TokenAmount amount) throws Exception {
        return permit(owner, amount, deadline());
    }

    public SignedPermit permit(SigningKey owner, TokenAmount amount, Instant deadline)
            throws Exception {
        return permit(owner, contracts.channels().domain().contract(), amount, deadline);
    }

    public SignedPermit permit(
            SigningKey owner, EvmAddress spender, TokenAmount amount, Instant deadline)
            throws Exception {
        Permit permit =
                new Permit(
                        owner.address(),
                        spender,
                        amount,
                        contracts.token().nonce(owner.address()),
                        deadline);
        return SignedPermit.sign(permit, contracts.token().domain(), owner);
    }

    public Instant deadline() throws Exception {
        return chain.head().time().plus(Duration.ofHours(1));
    }

    /** Binds a node, stakes and registers, as an operator does. */
    public void enterProvider() throws Exception {
        Bytes32 nodeKey = new Bytes32(word(7));
        run(provider, contracts.identities().bind(nodeKey, new byte[64], 1));
        SignedPermit permit = permit(provider, contracts.vault().address(), MIN_STAKE, deadline());
        run(provider, contracts.vault().stakeWithPermit(StakeKind.PROVIDER, MIN_STAKE, permit));
        run(provider, contracts.providers().register(nodeKey, Bytes32.ZERO, "ipfs://nothing"));
    }

    public ChannelKey channelKey(int salt) {
        return new ChannelKey(
                client.address(), provider.address(), session.address(), new Bytes32(word(salt)));
    }

    public static byte[] word(int last) {
        byte[] word = new byte[Bytes32.LENGTH];
        word[Bytes32.LENGTH - 1] = (byte) last;
        return word;
    }

    @Override
    public void close() {
        chain.close();
        anvil.close();
        for (SigningKey key : List.of(deployer, client, provider, session, relayer)) {
            key.close();
        }
    }
}
