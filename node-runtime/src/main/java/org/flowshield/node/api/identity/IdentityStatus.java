package org.flowshield.node.api.identity;

import java.time.Instant;
import org.flowshield.contracts.evm.EvmAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who a node is by its own word; what the chain says of it is for the reader to ask. Immutable.
 *
 * @param peerId of the key that it uses
 * @param wallet that it belongs to by its configuration; null if it belongs to none
 * @param chainId of the network; null if there is no network file
 * @param registry of identities on that chain; null if there is no network file
 * @param certificateUntil how long the certificate that it shows is valid; null if it shows none
 * @param nextPeerId of a key that is to take the place of the present one; null if there is none
 * @param restartNeeded whether that key is kept as the node's and is used from the next start on
 */
public record IdentityStatus(
        String peerId,
        @Nullable EvmAddress wallet,
        @Nullable Long chainId,
        @Nullable EvmAddress registry,
        @Nullable Instant certificateUntil,
        @Nullable String nextPeerId,
        boolean restartNeeded) {}
