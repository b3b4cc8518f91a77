package org.flowshield.node.cli.wallet;

import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.wallet.UnlockedWallet;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.keystore.Password;
import org.flowshield.node.wallet.keystore.WrongPasswordException;

/** Opens a wallet in this process, for the verbs that handle keys themselves. */
final class Unlocking {

    private Unlocking() {}

    /** The key that opens the wallet, known to be right; the caller closes it. */
    static DerivedKey derive(Wallet wallet, Password password)
            throws CommandFailedException, RefusedException, WrongPasswordException {
        var _ = wallet.accounts();
        Made.requireMemory();
        DerivedKey derived = wallet.derive(password);
        try (UnlockedWallet _ = wallet.unlock(derived)) {
            return derived;
        } catch (RefusedException | WrongPasswordException | RuntimeException e) {
            derived.close();
            throw e;
        }
    }
}
