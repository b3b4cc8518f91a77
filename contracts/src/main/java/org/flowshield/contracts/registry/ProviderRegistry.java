package org.flowshield.contracts.registry;

import java.math.BigInteger;
import java.util.List;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.RelayTerms;
import org.flowshield.contracts.signing.Eip712Domain;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.token.SignedPermit;
import org.jspecify.annotations.Nullable;

/**
 * The providers of a network. Safe for use by any thread; its reading methods wait for the chain.
 */
public interface ProviderRegistry {

    EvmAddress address();

    /** What registrations that relayers carry are signed for. */
    Eip712Domain domain();

    /** Registered, staked and not jailed: new channels may name it. */
    boolean isActive(EvmAddress wallet) throws RpcException;

    ProviderEntry provider(EvmAddress wallet) throws RpcException;

    /** What a provider must have staked. */
    TokenAmount minStake() throws RpcException;

    /** The next number of the registrations that relayers carry for a wallet. */
    BigInteger nonce(EvmAddress wallet) throws RpcException;

    /** What happened between two blocks, both included. */
    List<ProviderEvent> events(long from, long to) throws RpcException;

    /** Puts the sender into the market, with a node that it has bound. */
    Call register(Bytes32 nodeKey, Bytes32 descriptionHash, String uri);

    /** Changes the sender's node or description. */
    Call update(Bytes32 nodeKey, Bytes32 descriptionHash, String uri);

    /** Takes the sender out of the market. */
    Call exit();

    /** What a wallet signs, so that a relayer registers it. */
    Bytes32 registrationDigest(
            EvmAddress wallet,
            Bytes32 nodeKey,
            Bytes32 descriptionHash,
            String uri,
            BigInteger nonce,
            RelayTerms terms);

    /** Carries such a registration; the permit is over what the relayer may take at most. */
    Call registerFor(
            EvmAddress wallet,
            Bytes32 nodeKey,
            Bytes32 descriptionHash,
            String uri,
            BigInteger nonce,
            RelayTerms terms,
            TokenAmount fee,
            Signature signature,
            @Nullable SignedPermit permit);
}
