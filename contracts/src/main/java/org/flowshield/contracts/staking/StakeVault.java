package org.flowshield.contracts.staking;

import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.token.SignedPermit;

/**
 * The stake vault of a network. Safe for use by any thread; its reading methods wait for the chain.
 */
public interface StakeVault {

    EvmAddress address();

    Stake stake(EvmAddress owner, StakeKind kind) throws RpcException;

    /** Adds to the sender's stake what the vault is allowed to take. */
    Call stake(StakeKind kind, TokenAmount amount);

    /** The same with a permit of the sender. */
    Call stakeWithPermit(StakeKind kind, TokenAmount amount, SignedPermit permit);

    /** Takes from what counts; it can be withdrawn 14 days later. */
    Call requestUnstake(StakeKind kind, TokenAmount amount);

    /** Pays out what was requested long enough ago. */
    Call withdraw(StakeKind kind);
}
