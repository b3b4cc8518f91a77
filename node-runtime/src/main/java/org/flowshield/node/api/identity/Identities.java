package org.flowshield.node.api.identity;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.api.RefusedException;

/**
 * A node's part in what a wallet does with it. The node key signs nothing here but the challenge of
 * the node's own network. Safe for use by any thread; may wait for the chain and the disk.
 */
public interface Identities {

    IdentityStatus status();

    /** The key's consent to a wallet. */
    IdentityProof prove(EvmAddress wallet) throws RefusedException;

    /**
     * The consent of a key that is to take the place of the present one. Made and kept beside it
     * when there is none yet, so that asking again gives the same.
     */
    IdentityProof proveNext(EvmAddress wallet) throws RefusedException;

    /**
     * Puts that key in the place of the present one, if the chain says that the wallet has bound
     * it; it is used from the next start on. Nothing happens if there is none.
     */
    IdentityStatus adopt() throws RefusedException;

    /**
     * Lets the node belong to a wallet from now on and after a restart.
     *
     * @throws RefusedException if the configuration names another
     */
    IdentityStatus belongTo(EvmAddress wallet) throws RefusedException;
}
