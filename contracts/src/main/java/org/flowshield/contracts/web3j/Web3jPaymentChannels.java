package org.flowshield.contracts.web3j;

import static org.flowshield.contracts.generated.PaymentChannels.*;

import java.math.BigInteger;
import java.util.List;
import org.flowshield.contracts.chain.Chain;
import org.flowshield.contracts.chain.LogQuery;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.channels.ChannelCalls;
import org.flowshield.contracts.channels.ChannelEvent;
import org.flowshield.contracts.channels.ChannelState;
import org.flowshield.contracts.channels.ChannelStatus;
import org.flowshield.contracts.channels.PaymentChannels;
import org.flowshield.contracts.channels.SignerAuthority;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.rpc.Answers;

/** The channels contract by its generated wrapper. */
final class Web3jPaymentChannels implements PaymentChannels {

    private final ChannelDomain domain;
    private final ChannelCalls calls;
    private final Wrapped<org.flowshield.contracts.generated.PaymentChannels> contract;

    Web3jPaymentChannels(Chain chain, EvmAddress address) {
        this.domain = new ChannelDomain(chain.id(), address);
        this.contract =
                new Wrapped<>(
                        chain, address, org.flowshield.contracts.generated.PaymentChannels::load);
        this.calls = new Web3jChannelCalls(contract);
    }

    @Override
    public ChannelDomain domain() {
        return domain;
    }

    @Override
    public ChannelCalls calls() {
        return calls;
    }

    @Override
    public TokenAmount purseOf(EvmAddress owner) throws RpcException {
        return Wrapped.amount(contract.read(BigInteger.class, c -> c.purseOf(owner.toString())));
    }

    @Override
    public SignerAuthority authority(EvmAddress owner, EvmAddress signer) throws RpcException {
        Wrapped.Returned said =
                contract.readAll(c -> c.authorisation(owner.toString(), signer.toString()));
        Caps caps =
                new Caps(
                        Wrapped.amount(said.at(0, BigInteger.class)),
                        Wrapped.amount(said.at(1, BigInteger.class)),
                        Wrapped.time(said.at(2, BigInteger.class)));
        return new SignerAuthority(caps, Wrapped.amount(said.at(3, BigInteger.class)));
    }

    @Override
    public TokenAmount usedWith(EvmAddress owner, EvmAddress signer, EvmAddress payee)
            throws RpcException {
        return Wrapped.amount(
                contract.read(
                        BigInteger.class,
                        c -> c.usedWith(owner.toString(), signer.toString(), payee.toString())));
    }

    @Override
    public boolean isOperator(EvmAddress payee, EvmAddress operator) throws RpcException {
        return contract.read(
                Boolean.class, c -> c.isOperator(payee.toString(), operator.toString()));
    }

    @Override
    public BigInteger nonce(EvmAddress signer) throws RpcException {
        return contract.read(BigInteger.class, c -> c.nonces(signer.toString()));
    }

    @Override
    public ChannelState channel(ChannelId id) throws RpcException {
        return state(contract.read(Channel.class, c -> c.channel(id.value().bytes())));
    }

    @Override
    public ChannelState channel(ChannelId id, long block) throws RpcException {
        return state(contract.read(Channel.class, c -> c.channel(id.value().bytes()), block));
    }

    private static ChannelState state(Channel channel) throws RpcException {
        TokenAmount deposit = Wrapped.amount(channel.deposit);
        TokenAmount claimed = Wrapped.amount(channel.claimed);
        if (claimed.isMoreThan(deposit)) {
            throw Answers.malformed("channel", null);
        }
        return new ChannelState(
                deposit,
                claimed,
                Wrapped.time(channel.closesAt).getEpochSecond(),
                Wrapped.choice(ChannelStatus.values(), channel.status));
    }

    @Override
    public List<ChannelEvent> events(long from, long to) throws RpcException {
        return contract.events(
                LogQuery.of(contract.address(), ChannelEvents.ALL), from, to, ChannelEvents::read);
    }

    @Override
    public List<ChannelEvent> eventsOf(ChannelId id, long from, long to) throws RpcException {
        return contract.events(
                LogQuery.of(contract.address(), ChannelEvents.OF_CHANNELS).with(id.value()),
                from,
                to,
                ChannelEvents::read);
    }

    @Override
    public List<ChannelEvent> eventsOfPurse(EvmAddress owner, long from, long to)
            throws RpcException {
        return contract.events(
                LogQuery.of(contract.address(), ChannelEvents.OF_PURSES).with(owner),
                from,
                to,
                ChannelEvents::read);
    }

    @Override
    public List<ChannelEvent.Opened> openedFrom(EvmAddress payer, long from, long to)
            throws RpcException {
        return opened(opened().withAny().with(payer), from, to);
    }

    @Override
    public List<ChannelEvent.Opened> openedTo(EvmAddress payee, long from, long to)
            throws RpcException {
        return opened(opened().withAny().withAny().with(payee), from, to);
    }

    private LogQuery opened() {
        return LogQuery.of(contract.address(), ChannelEvents.OPENED);
    }

    private List<ChannelEvent.Opened> opened(LogQuery query, long from, long to)
            throws RpcException {
        return contract.events(
                query, from, to, (_, log, where) -> ChannelEvents.opened(log, where));
    }
}
