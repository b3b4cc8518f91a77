package org.flowshield.node.fullnode.index;

/** What became of a listing. */
public enum Admitted {
    NEW,
    REPLACED,
    /** This, or something newer, is known. */
    OLD,
    EXPIRED,
    /** It lasts longer than offers do: it would never be swept. */
    TOO_LONG,
    /** Its wallet has as many nodes here as one may have. */
    WALLET_FULL,
    /** There is no room. */
    FULL;

    public boolean isIn() {
        return this == NEW || this == REPLACED;
    }
}
