package org.flowshield.node.desk.local;

import java.io.IOException;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.identity.NodeKey;

/**
 * Gets what a wallet says of its nodes onto the chain, and waits until it is there. One thread, for
 * one conversation.
 */
interface Registrar {

    /** Whether the wallet pays gas for what is done here. */
    boolean paysGas();

    /** Whether one key takes another's place in one transaction. */
    boolean rotatesAtOnce();

    /**
     * Called for what can only be done with gas of the wallet, before anything is done.
     *
     * @param what it is, as the beginning of a sentence
     * @throws DeskException if this one works without
     */
    void requireOwnGas(String what) throws DeskException;

    /**
     * Binds a node to the wallet.
     *
     * @param proof the node's consent, verified
     */
    Ending bind(EvmAddress wallet, NodeKey key, byte[] proof, long roles)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException;

    /** Binds a key with the roles of another, and revokes that; with gas of the wallet. */
    Ending rotate(EvmAddress wallet, NodeKey old, NodeKey next, byte[] proof)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException;

    /** Makes a node of the wallet worth nothing. */
    Ending revoke(EvmAddress wallet, NodeKey key)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException;

    /** Enters the market with a node of the wallet, which has staked. */
    Ending enter(EvmAddress wallet, NodeKey key)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException;

    /** Names another node in the wallet's entry of the market; with gas of the wallet. */
    Ending rename(EvmAddress wallet, NodeKey key, Bytes32 descriptionHash, String uri)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException;

    /** Says something of a node of the wallet, or takes it back; with gas of the wallet. */
    Ending describe(EvmAddress wallet, NodeKey key, Bytes32 name, Bytes32 value)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException;
}
