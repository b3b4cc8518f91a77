package org.flowshield.contracts.network;

import org.flowshield.contracts.evm.EvmAddress;

/**
 * Where the contracts of a network are. Immutable.
 *
 * @param access the AccessManager, which rules over what may change
 * @param timelock which rules over the AccessManager
 */
public record ContractAddresses(
        EvmAddress token,
        EvmAddress channels,
        EvmAddress gate,
        EvmAddress providers,
        EvmAddress identities,
        EvmAddress vault,
        EvmAddress access,
        EvmAddress timelock) {}
