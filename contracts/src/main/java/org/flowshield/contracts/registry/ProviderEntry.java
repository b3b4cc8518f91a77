package org.flowshield.contracts.registry;

import java.time.Instant;
import org.flowshield.contracts.evm.Bytes32;

/**
 * What the registry has of a provider. Immutable.
 *
 * @param jailedUntil before it no new channel may name it; survives leaving and coming back
 * @param nodeKey Ed25519 key of its node
 * @param descriptionHash of what the registration's URI leads to
 */
public record ProviderEntry(
        ProviderStatus status,
        Instant registeredAt,
        Instant jailedUntil,
        Bytes32 nodeKey,
        Bytes32 descriptionHash) {}
