package org.flowshield.node.ledger;

/** What this node is in a channel. */
public enum Side {
    /** It signs vouchers. */
    PAYER,
    /** Vouchers are signed to it. */
    PAYEE
}
