package org.flowshield.node.ledger.sqlite;

/** How hard the ledger tries to have written what it acknowledges. */
enum Durability {
    /** Everything is flushed to the disk. What the product runs with. */
    FULL("FULL"),
    /** Nothing is: for showing that the tests of crashes would see it. */
    NONE("OFF");

    private final String synchronous;

    Durability(String synchronous) {
        this.synchronous = synchronous;
    }

    /** SQLite's name for it. */
    String synchronous() {
        return synchronous;
    }
}
