package org.flowshield.app.wallet.receive;

import org.flowshield.contracts.evm.EvmAddress;

/** What became of an address on its way through the clipboard. Pure. */
enum Copied {
    SAME,
    /** Another address stands there: some programs put their own in its place. */
    OTHER_ADDRESS,
    /** Something else stands there. */
    OTHER;

    private static final String ADDRESS = "0x[0-9a-fA-F]{40}";

    /** Compares what was pasted, or lies in the clipboard, with what was copied. */
    static Copied of(EvmAddress copied, String found) {
        String text = found.strip();
        if (text.equals(copied.toString())) {
            return SAME;
        }
        return text.matches(ADDRESS) ? OTHER_ADDRESS : OTHER;
    }
}
