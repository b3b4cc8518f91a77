package org.flowshield.node.desk.local;

import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.DeskException.Kind;
import org.flowshield.node.wallet.keystore.Derivation;
import org.flowshield.node.wallet.keystore.ScryptCost;

/** Making a key of a password takes 256 MiB, which small machines' JVMs don't have at once. */
final class Memory {

    /** Beside what the derivation needs. */
    private static final long OTHER = 48L << 20;

    private static final int MIB = 20;

    private Memory() {}

    /** Says so before it is tried. */
    static void require(Derivation derivation) throws DeskException {
        long needed = ScryptCost.STANDARD.memory() + OTHER;
        long most = derivation.memory();
        if (most < needed) {
            throw DeskException.of(
                    Kind.FAILED,
                    "too_little_memory",
                    "a wallet's password takes "
                            + (needed >> MIB)
                            + " MiB to check, so that thieves can't guess it fast; Java may use"
                            + " only "
                            + (most >> MIB)
                            + " MiB here",
                    "give it more memory");
        }
    }
}
