package org.flowshield.node.api.market;

/** Which providers come first. */
public enum ProviderSort {
    /** The best by the score that is shown. */
    QUALITY,
    /** The cheapest. */
    PRICE,
    /** The fastest by its own word. */
    SPEED
}
