package org.flowshield.node.ledger;

import java.util.List;

/** What checking a ledger at its start came to. Immutable. */
public sealed interface Opening {

    /** Everything is as it was left. */
    record Sound(Ledger ledger) implements Opening {}

    /**
     * A crash or the disk had left it incomplete; every acknowledged voucher is there again.
     *
     * @param what was put right, a sentence each
     */
    record Repaired(Ledger ledger, List<String> what) implements Opening {

        public Repaired {
            what = List.copyOf(what);
        }
    }

    /**
     * It is not what was written, and is not used. Its files are left as they are.
     *
     * @param what is wrong
     * @param where it is: file, and row or offset
     * @param action what a person can do
     */
    record Damaged(String what, String where, String action) implements Opening {}
}
