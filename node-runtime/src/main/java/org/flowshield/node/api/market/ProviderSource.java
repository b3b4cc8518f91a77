package org.flowshield.node.api.market;

/** By whom a provider was found. None of them is believed: what it says is signed by itself. */
public enum ProviderSource {
    /** A fullnode's directory. */
    DIRECTORY,
    /** The distributed hash table, and then the provider itself. */
    DHT
}
