package org.flowshield.contracts.web3j;

import java.math.BigInteger;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.Chain;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.staking.Stake;
import org.flowshield.contracts.staking.StakeKind;
import org.flowshield.contracts.staking.StakeVault;
import org.flowshield.contracts.token.SignedPermit;

/** The stake vault by its generated wrapper. */
final class Web3jStakeVault implements StakeVault {

    /**
     * Votes are written down by time: in the second of an estimate, in which somebody else has
     * staked, what is there is changed, and in the next one something new is written, for all and
     * for the delegate, at 25,000 each.
     */
    private static final long CHECKPOINTS = 60_000;

    private final Wrapped<org.flowshield.contracts.generated.StakeVault> vault;

    Web3jStakeVault(Chain chain, EvmAddress address) {
        this.vault =
                new Wrapped<>(chain, address, org.flowshield.contracts.generated.StakeVault::load);
    }

    @Override
    public EvmAddress address() {
        return vault.address();
    }

    @Override
    public Stake stake(EvmAddress owner, StakeKind kind) throws RpcException {
        var stake =
                vault.read(
                        org.flowshield.contracts.generated.StakeVault.Stake.class,
                        v -> v.stakes(owner.toString(), code(kind)));
        return new Stake(
                Wrapped.amount(stake.staked),
                Wrapped.amount(stake.unbonding),
                Wrapped.time(stake.withdrawableAt));
    }

    @Override
    public Call stake(StakeKind kind, TokenAmount amount) {
        return vault.call("stakes " + amount, v -> v.stake(code(kind), amount.units()))
                .withSpareGas(CHECKPOINTS);
    }

    @Override
    public Call stakeWithPermit(StakeKind kind, TokenAmount amount, SignedPermit permit) {
        return vault.call(
                        "stakes " + amount,
                        v ->
                                v.stakeWithPermit(
                                        code(kind),
                                        amount.units(),
                                        Wrapped.permit(
                                                permit,
                                                org.flowshield.contracts.generated.StakeVault.Permit
                                                        ::new)))
                .withSpareGas(CHECKPOINTS);
    }

    @Override
    public Call requestUnstake(StakeKind kind, TokenAmount amount) {
        return vault.call(
                        "asks for " + amount + " of the stake",
                        v -> v.requestUnstake(code(kind), amount.units()))
                .withSpareGas(CHECKPOINTS);
    }

    @Override
    public Call withdraw(StakeKind kind) {
        return vault.call("takes out what was staked", v -> v.withdraw(code(kind)));
    }

    private static BigInteger code(StakeKind kind) {
        return BigInteger.valueOf(kind.code());
    }
}
