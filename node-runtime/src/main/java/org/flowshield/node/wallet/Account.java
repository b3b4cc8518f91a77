package org.flowshield.node.wallet;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.wallet.seed.DerivationPath;
import org.jspecify.annotations.Nullable;

/**
 * One address of a wallet. Immutable.
 *
 * @param number its place in the wallet, from 0 on: what {@code --account} takes
 * @param index which key below the seed it is; null if the key was imported
 * @param file the name of its keystore
 */
public record Account(int number, EvmAddress address, @Nullable Integer index, String file) {

    public Account {
        if (number < 0 || (index != null && index < 0)) {
            throw new IllegalArgumentException("accounts are counted from 0");
        }
        if (!file.equals(java.nio.file.Path.of(file).getFileName().toString())) {
            throw new IllegalArgumentException("an account's file is named without a folder");
        }
    }

    /** Whether its key comes from elsewhere, so that the seed does not bring it back. */
    public boolean isImported() {
        return index == null;
    }

    /** Like {@code m/44'/60'/0'/0/0}, or {@code imported}. */
    public String origin() {
        return index == null ? "imported" : DerivationPath.account(index).toString();
    }
}
