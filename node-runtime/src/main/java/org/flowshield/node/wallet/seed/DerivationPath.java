package org.flowshield.node.wallet.seed;

import java.util.ArrayList;
import java.util.List;

/**
 * Which key below a master key (BIP-32): indices from the top, those from 2^31 on being hardened.
 * Immutable.
 */
public record DerivationPath(List<Integer> indices) {

    /** Indices from here on are hardened; as an int it is negative. */
    static final int HARDENED = 1 << 31;

    /** Deeper trees than any standard's are a mistake. */
    private static final int MAX_DEPTH = 16;

    /** Below this path are the accounts of every common wallet of this chain: m/44'/60'/0'/0. */
    public static final DerivationPath ACCOUNTS =
            new DerivationPath(List.of(44 | HARDENED, 60 | HARDENED, HARDENED, 0));

    public DerivationPath {
        indices = List.copyOf(indices);
        if (indices.size() > MAX_DEPTH) {
            throw new IllegalArgumentException("a path has at most " + MAX_DEPTH + " indices");
        }
    }

    /** The path of the account with that index, from 0 on. */
    public static DerivationPath account(int index) {
        if (index < 0) {
            throw new IllegalArgumentException("there is no account " + index);
        }
        List<Integer> indices = new ArrayList<>(ACCOUNTS.indices());
        indices.add(index);
        return new DerivationPath(indices);
    }

    /** As it is written: {@code m/44'/60'/0'/0/0}. */
    @Override
    public String toString() {
        StringBuilder path = new StringBuilder("m");
        for (int index : indices) {
            path.append('/').append(index & ~HARDENED).append(index < 0 ? "'" : "");
        }
        return path.toString();
    }
}
