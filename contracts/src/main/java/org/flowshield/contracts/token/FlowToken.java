package org.flowshield.contracts.token;

import java.math.BigInteger;
import java.util.List;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.signing.Eip712Domain;

/**
 * The FLOW token of a network. Safe for use by any thread; its reading methods wait for the chain.
 */
public interface FlowToken {

    EvmAddress address();

    /** What permits are signed for. */
    Eip712Domain domain();

    TokenAmount balance(EvmAddress owner) throws RpcException;

    /** What a spender may take of the owner. */
    TokenAmount allowance(EvmAddress owner, EvmAddress spender) throws RpcException;

    /** The next number of the owner's permits. */
    BigInteger nonce(EvmAddress owner) throws RpcException;

    /** What came and went between two blocks, both included, in the chain's order. */
    List<Transfer> transfers(EvmAddress owner, long from, long to) throws RpcException;

    /** Pays from the sender's wallet. */
    Call transfer(EvmAddress to, TokenAmount amount);

    /** Lets a spender take so much of the sender's. */
    Call approve(EvmAddress spender, TokenAmount amount);
}
