package org.flowshield.contracts.registry;

import java.time.Instant;
import org.flowshield.contracts.chain.Log;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;

/** What the registry of providers said happened. Immutable. */
public sealed interface ProviderEvent {

    EvmAddress wallet();

    /** Where in the chain it was said; a reorganisation may unsay it. */
    Log log();

    /** A provider offers bandwidth, or describes itself anew. */
    record Described(
            EvmAddress wallet, Bytes32 nodeKey, Bytes32 descriptionHash, String uri, Log log)
            implements ProviderEvent {}

    /** A provider left. */
    record Exited(EvmAddress wallet, Log log) implements ProviderEvent {}

    /** No new channels may name it until then. */
    record Jailed(EvmAddress wallet, Instant until, Bytes32 reason, Log log)
            implements ProviderEvent {}

    /** They may again. */
    record Unjailed(EvmAddress wallet, Log log) implements ProviderEvent {}
}
