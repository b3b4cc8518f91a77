package org.flowshield.contracts.web3j;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.Chain;
import org.flowshield.contracts.chain.LogQuery;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.signing.Eip712Domain;
import org.flowshield.contracts.token.FlowToken;
import org.flowshield.contracts.token.Transfer;
import org.web3j.protocol.core.methods.response.Log;

/** The token by its generated wrapper. */
final class Web3jFlowToken implements FlowToken {

    private static final Bytes32 TRANSFER =
            Wrapped.name(org.flowshield.contracts.generated.FlowToken.TRANSFER_EVENT);

    private final Wrapped<org.flowshield.contracts.generated.FlowToken> token;
    private final Eip712Domain domain;

    Web3jFlowToken(Chain chain, EvmAddress address) {
        this.token =
                new Wrapped<>(chain, address, org.flowshield.contracts.generated.FlowToken::load);
        this.domain = Eip712Domain.of("FlowShield", "1", chain.id(), address);
    }

    @Override
    public EvmAddress address() {
        return token.address();
    }

    @Override
    public Eip712Domain domain() {
        return domain;
    }

    @Override
    public TokenAmount balance(EvmAddress owner) throws RpcException {
        return Wrapped.amount(token.read(BigInteger.class, t -> t.balanceOf(owner.toString())));
    }

    @Override
    public TokenAmount allowance(EvmAddress owner, EvmAddress spender) throws RpcException {
        BigInteger allowed =
                token.read(
                        BigInteger.class, t -> t.allowance(owner.toString(), spender.toString()));
        // Unlimited allowances are common, and more than can exist.
        return new TokenAmount(allowed.min(TokenAmount.MOST.units()));
    }

    @Override
    public BigInteger nonce(EvmAddress owner) throws RpcException {
        return token.read(BigInteger.class, t -> t.nonces(owner.toString()));
    }

    @Override
    public List<Transfer> transfers(EvmAddress owner, long from, long to) throws RpcException {
        LogQuery all = LogQuery.of(token.address(), TRANSFER);
        List<Transfer> transfers = new ArrayList<>();
        transfers.addAll(token.events(all.with(owner), from, to, Web3jFlowToken::transfer));
        for (Transfer in :
                token.events(all.withAny().with(owner), from, to, Web3jFlowToken::transfer)) {
            if (!in.from().equals(owner)) {
                transfers.add(in);
            }
        }
        transfers.sort(
                Comparator.comparingLong((Transfer transfer) -> transfer.log().block())
                        .thenComparingInt(transfer -> transfer.log().index()));
        return transfers;
    }

    private static Transfer transfer(
            Bytes32 name, Log log, org.flowshield.contracts.chain.Log where) throws RpcException {
        var event = org.flowshield.contracts.generated.FlowToken.getTransferEventFromLog(log);
        return new Transfer(
                Wrapped.address(event.from),
                Wrapped.address(event.to),
                Wrapped.amount(event.value),
                where);
    }

    @Override
    public Call transfer(EvmAddress to, TokenAmount amount) {
        return token.call(
                "sends " + amount + " to " + to, t -> t.transfer(to.toString(), amount.units()));
    }

    @Override
    public Call approve(EvmAddress spender, TokenAmount amount) {
        return token.call(
                "lets " + spender + " take " + amount,
                t -> t.approve(spender.toString(), amount.units()));
    }
}
