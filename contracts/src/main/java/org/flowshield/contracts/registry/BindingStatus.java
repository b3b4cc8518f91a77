package org.flowshield.contracts.registry;

/** Where the binding of a node key to a wallet stands. Revoked is for ever. */
public enum BindingStatus {
    NONE,
    BOUND,
    REVOKED
}
