package org.flowshield.libp2p.multiaddr;

/**
 * A self-describing network address. Immutable.
 *
 * @param text the canonical text
 */
public record Multiaddr(String text) {

    @Override
    public String toString() {
        return text;
    }
}
