package org.flowshield.node.desk.wallet;

import org.flowshield.node.desk.DeskException;
import org.flowshield.node.wallet.keystore.Password;

/**
 * An unlocking that has begun: the process that will hold the keys is started while the person
 * types. For one thread at a time.
 */
public interface Unlocking extends AutoCloseable {

    /**
     * Unlocks, for as long as was said when it began. Takes seconds and 256 MiB. After a wrong
     * password it may be tried again.
     *
     * @throws DeskException {@code wrong_password}; {@code too_little_memory}; what the process
     *     that should hold the keys said when it did not start
     */
    WalletState.Unlocked unlock(Password password) throws DeskException, InterruptedException;

    /** Ends the process if it was started for nothing; nothing after {@link #unlock}. */
    @Override
    void close() throws DeskException;
}
