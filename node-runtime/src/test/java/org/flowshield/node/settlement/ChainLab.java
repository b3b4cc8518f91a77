package org.flowshield.node.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.anvil.AnvilOptions;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.channels.PaymentChannels;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
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
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.ChannelRecord.Status;
import org.flowshield.node.ledger.Side;

/** All contracts on a chain of their own, a client with a purse, and a provider in the registry. */
public final class ChainLab implements AutoCloseable {

    static final TokenAmount DEPOSIT = TokenAmount.of(1_000_000_000_000_000_000L);

    private static final TokenAmount STAKE = TokenAmount.of(1_000_000L);
    private static final TokenAmount PURSE =
            new TokenAmount(DEPOSIT.units().multiply(BigInteger.valueOf(100)));

    private static final SenderSettings SETTINGS =
            SenderSettings.of(1, "ETH")
                    .withPoll(Duration.ofMillis(20))
                    .withPatience(Duration.ofSeconds(60));

    public final Anvil anvil;
    public final RpcChain chain;
    public final Contracts contracts;
    public final PaymentChannels channels;
    public final SigningKey client = Anvil.account(1);
    final SigningKey provider = Anvil.account(2);
    final SigningKey session = Anvil.account(3);
    public final SigningKey operator = Anvil.account(4);
    final SigningKey stranger = Anvil.account(5);
    private int salts;

    private ChainLab() throws Exception {
        anvil = Anvil.start(binary(), AnvilOptions.DEFAULT);
        chain = RpcChain.of(new ChainId(31337), List.of(anvil.uri()), RpcLimits.DEFAULT);
        try (SigningKey deployer = Anvil.account(0)) {
            Deployment.Made made =
                    new Deployment(chain, sender(deployer))
                            .deploy(
                                    new DeploymentPlan(
                                            deployer.address(),
                                            deployer.address(),
                                            Duration.ZERO,
                                            STAKE));
            contracts = Contracts.on(chain, made.contracts());
            channels = contracts.channels();
            run(deployer, contracts.token().transfer(client.address(), PURSE));
            run(deployer, contracts.token().transfer(provider.address(), STAKE));
        }
        Bytes32 node = new Bytes32(word(7));
        run(provider, contracts.identities().bind(node, new byte[64], 1));
        SignedPermit stake = permit(provider, contracts.vault().address(), STAKE);
        run(provider, contracts.vault().stakeWithPermit(StakeKind.PROVIDER, STAKE, stake));
        run(provider, contracts.providers().register(node, Bytes32.ZERO, "ipfs://nothing"));
        SignedPermit purse = permit(client, channels.domain().contract(), PURSE);
        run(client, channels.calls().depositWithPermit(client.address(), PURSE, purse));
    }

    private static Path binary() {
        return Anvil.binary(Path.of("..", "contracts").toAbsolutePath().normalize());
    }

    public static ChainLab open() throws Exception {
        String missing = Anvil.missing(binary());
        assumeTrue(missing.isEmpty(), missing);
        return new ChainLab();
    }

    Sender sender(SigningKey key) {
        return new Sender(chain, TransactionSigner.of(key), SETTINGS, Time.SYSTEM);
    }

    public void run(SigningKey key, Call call) throws Exception {
        assertThat(sender(key).execute(call, Progress.SILENT))
                .as(call.purpose())
                .isInstanceOf(Outcome.Confirmed.class);
    }

    private SignedPermit permit(SigningKey owner, EvmAddress spender, TokenAmount amount)
            throws Exception {
        return SignedPermit.sign(
                new Permit(
                        owner.address(),
                        spender,
                        amount,
                        contracts.token().nonce(owner.address()),
                        chain.head().time().plus(Duration.ofHours(1))),
                contracts.token().domain(),
                owner);
    }

    private static byte[] word(int last) {
        byte[] word = new byte[Bytes32.LENGTH];
        word[Bytes32.LENGTH - 1] = (byte) last;
        return word;
    }

    /** Opens a channel, as the provider's ledger knows it. */
    public ChannelRecord openChannel() throws Exception {
        ChannelKey key =
                new ChannelKey(
                        client.address(),
                        provider.address(),
                        session.address(),
                        new Bytes32(word(++salts)));
        run(client, channels.calls().open(key, DEPOSIT, Bytes32.ZERO));
        return new ChannelRecord(
                key,
                channels.domain(),
                Side.PAYEE,
                Optional.empty(),
                Bytes32.ZERO,
                DEPOSIT,
                TokenAmount.ZERO,
                chain.head().number(),
                Status.OPEN,
                Optional.empty());
    }

    public SignedVoucher voucher(ChannelRecord channel, TokenAmount cumulative) {
        return SignedVoucher.sign(
                new Voucher(channel.id(), cumulative, 1000), channels.domain(), session);
    }

    public TokenAmount earned() throws Exception {
        return contracts.token().balance(provider.address());
    }

    long transactions(SigningKey key) throws Exception {
        return chain.minedNonce(key.address());
    }

    @Override
    public void close() {
        chain.close();
        anvil.close();
        for (SigningKey key : List.of(client, provider, session, operator, stranger)) {
            key.close();
        }
    }
}
