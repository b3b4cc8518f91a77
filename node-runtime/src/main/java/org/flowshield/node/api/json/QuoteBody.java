package org.flowshield.node.api.json;

/** Whom to ask for its price: its multiaddr. Immutable. */
public record QuoteBody(String provider) {}
