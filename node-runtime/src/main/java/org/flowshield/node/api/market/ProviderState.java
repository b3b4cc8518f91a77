package org.flowshield.node.api.market;

/** Whether a provider is there. */
public enum ProviderState {
    /** It was heard of within half a minute. */
    ONLINE,
    /** It has missed signs of life. */
    STALE,
    /** It has given none for ten minutes. */
    OFFLINE,
    /** Nobody who was asked has heard one. */
    UNKNOWN
}
