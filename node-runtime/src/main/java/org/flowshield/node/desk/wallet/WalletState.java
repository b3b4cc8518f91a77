package org.flowshield.node.desk.wallet;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.flowshield.node.wallet.Account;

/** Where a wallet stands. Immutable. */
public sealed interface WalletState {

    /** The wallet's directory, or where it would be. */
    Path folder();

    /** There is none. */
    record None(Path folder) implements WalletState {}

    /**
     * Its keys are encrypted.
     *
     * @param hasWords false if it was made of an imported key alone
     */
    record Locked(Path folder, List<Account> accounts, boolean hasWords) implements WalletState {
        public Locked {
            accounts = List.copyOf(accounts);
        }
    }

    /**
     * A process of the user's holds its keys.
     *
     * @param locksAt when it locks itself if nothing is signed
     */
    record Unlocked(Path folder, List<Account> accounts, boolean hasWords, Instant locksAt)
            implements WalletState {
        public Unlocked {
            accounts = List.copyOf(accounts);
        }
    }
}
