package org.flowshield.node.api.json;

import org.flowshield.contracts.evm.EvmAddress;

/** Which wallet a request is about. Immutable. */
public record WalletBody(EvmAddress wallet) {}
