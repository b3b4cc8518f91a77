package org.flowshield.contracts.registry;

/** Where a provider stands in the registry. */
public enum ProviderStatus {
    NONE,
    REGISTERED,
    EXITED
}
