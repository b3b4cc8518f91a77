package org.flowshield.contracts.registry;

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
 * Which node keys belong to which wallets. Safe for use by any thread; its reading methods wait for
 * the chain.
 */
public interface IdentityRegistry {

    EvmAddress address();

    /** What bindings that relayers carry are signed for. */
    Eip712Domain domain();

    Binding binding(EvmAddress wallet, Bytes32 nodeKey) throws RpcException;

    /** What happened between two blocks, both included. */
    List<BindingEvent> events(long from, long to) throws RpcException;

    /** What a wallet says of a node of its own; zero where it says nothing. */
    Bytes32 attribute(EvmAddress wallet, Bytes32 nodeKey, Bytes32 name) throws RpcException;

    /**
     * What something was said about between two blocks, both included: names, each once, the first
     * that was used first. Some may have been taken back since.
     */
    List<Bytes32> attributeNames(EvmAddress wallet, Bytes32 nodeKey, long from, long to)
            throws RpcException;

    /** What the node key signs by Ed25519, so that a wallet may claim it. */
    Bytes32 challenge(EvmAddress wallet, Bytes32 nodeKey);

    /** Claims a node key for the sender; the proof is its signature over the challenge. */
    Call bind(Bytes32 nodeKey, byte[] proof, long roles);

    /** Binds a new key with the roles of the old one, and revokes that. */
    Call rotate(Bytes32 oldKey, Bytes32 newKey, byte[] proof);

    /** Makes a node key of the sender worth nothing, for ever. */
    Call revoke(Bytes32 nodeKey);

    /** Says something of a node of the sender; zero takes it back. */
    Call setAttribute(Bytes32 nodeKey, Bytes32 name, Bytes32 value);

    /** What a wallet signs, so that a relayer binds its node. */
    Bytes32 bindingDigest(
            EvmAddress wallet, Bytes32 nodeKey, byte[] proof, long roles, RelayTerms terms);

    /** Carries such a binding; the permit is over what the relayer may take at most. */
    Call bindFor(
            EvmAddress wallet,
            Bytes32 nodeKey,
            byte[] proof,
            long roles,
            RelayTerms terms,
            TokenAmount fee,
            Signature signature,
            @Nullable SignedPermit permit);

    /** What a wallet signs, so that a relayer revokes its node. */
    Bytes32 revocationDigest(EvmAddress wallet, Bytes32 nodeKey, RelayTerms terms);

    /** Carries such a revocation; the permit is over what the relayer may take at most. */
    Call revokeFor(
            EvmAddress wallet,
            Bytes32 nodeKey,
            RelayTerms terms,
            TokenAmount fee,
            Signature signature,
            @Nullable SignedPermit permit);
}
