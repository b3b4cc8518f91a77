package org.flowshield.contracts.channels;

import java.math.BigInteger;
import java.util.List;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelId;

/**
 * The channels contract of a network: what it knows, and what it said. What it can be asked to do
 * is in {@link ChannelCalls}. Safe for use by any thread; waits for the chain.
 */
public interface PaymentChannels {

    /** Which contract this is; vouchers are signed for it. */
    ChannelDomain domain();

    /** What transactions to it say. */
    ChannelCalls calls();

    /** Money of a wallet that is free for channels. */
    TokenAmount purseOf(EvmAddress owner) throws RpcException;

    /** What a session signer may lock from a purse, and has. */
    SignerAuthority authority(EvmAddress owner, EvmAddress signer) throws RpcException;

    /** What a session signer has locked with one payee, or paid it. */
    TokenAmount usedWith(EvmAddress owner, EvmAddress signer, EvmAddress payee) throws RpcException;

    boolean isOperator(EvmAddress payee, EvmAddress operator) throws RpcException;

    /** The next number of the orders that relayers carry for a signer. */
    BigInteger nonce(EvmAddress signer) throws RpcException;

    /** A channel as it is now, in the newest block. */
    ChannelState channel(ChannelId id) throws RpcException;

    /** A channel as it was after a block: one deep enough is no longer reorganised. */
    ChannelState channel(ChannelId id, long block) throws RpcException;

    /** All that happened between two blocks, both included. */
    List<ChannelEvent> events(long from, long to) throws RpcException;

    /** What happened to a channel. */
    List<ChannelEvent> eventsOf(ChannelId id, long from, long to) throws RpcException;

    /** What happened to a purse and its signers, but for its channels. */
    List<ChannelEvent> eventsOfPurse(EvmAddress owner, long from, long to) throws RpcException;

    /** The channels that were opened from a purse. */
    List<ChannelEvent.Opened> openedFrom(EvmAddress payer, long from, long to) throws RpcException;

    /** The channels that were opened to a payee. */
    List<ChannelEvent.Opened> openedTo(EvmAddress payee, long from, long to) throws RpcException;
}
