package org.flowshield.node.wallet;

import java.util.ArrayList;
import java.util.List;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.seed.ExtendedKey;
import org.jspecify.annotations.Nullable;

/**
 * A wallet whose keys are in memory, until {@link #close} wipes them. Safe for use by any thread.
 */
public final class UnlockedWallet implements AutoCloseable {

    private final Wallet wallet;

    /** Guarded by this, like all below. */
    private final DerivedKey derived;

    private final List<Account> accounts;
    private final List<SigningKey> keys;
    private final @Nullable ExtendedKey parent;
    private boolean closed;

    /** Takes the keys and the parent, which it closes; copies the derived key. */
    UnlockedWallet(
            Wallet wallet,
            DerivedKey derived,
            List<Account> accounts,
            List<SigningKey> keys,
            @Nullable ExtendedKey parent) {
        this.wallet = wallet;
        this.derived = copy(derived);
        this.accounts = new ArrayList<>(accounts);
        this.keys = new ArrayList<>(keys);
        this.parent = parent;
    }

    public synchronized List<Account> accounts() {
        requireOpen();
        return List.copyOf(accounts);
    }

    /**
     * The key of an account; it is closed with the wallet.
     *
     * @throws RefusedException if there is no such account
     */
    public synchronized SigningKey key(EvmAddress address) throws RefusedException {
        requireOpen();
        for (SigningKey key : keys) {
            if (key.address().equals(address)) {
                return key;
            }
        }
        throw WalletFiles.refused(
                Kind.INVALID,
                "no_such_account",
                "the wallet has no account " + address,
                "if it was added a moment ago: flowshield wallet lock, then unlock");
    }

    /**
     * Derives the next account and writes its keystore.
     *
     * @throws RefusedException if the wallet has no seed, or can't be written
     */
    public synchronized Account addAccount() throws RefusedException {
        requireOpen();
        if (parent == null) {
            throw WalletFiles.refused(
                    Kind.REFUSED,
                    "no_seed",
                    "the wallet was made of an imported key: it has no seed to derive from",
                    "import another key, or make a wallet with a seed in another directory");
        }
        int index = wallet.nextIndex();
        SigningKey key = Wallet.key(parent, index);
        try {
            return added(key, wallet.add(key, index, derived));
        } catch (RefusedException | RuntimeException e) {
            key.close();
            throw e;
        }
    }

    /**
     * Adds a key from elsewhere, and keeps it; the caller does not close it then.
     *
     * @throws RefusedException if it is there already, or can't be written; the caller closes it
     */
    public synchronized Account importKey(SigningKey key) throws RefusedException {
        requireOpen();
        return added(key, wallet.add(key, null, derived));
    }

    private Account added(SigningKey key, Account account) {
        keys.add(key);
        accounts.add(account);
        return account;
    }

    /** Wipes all keys. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        derived.close();
        keys.forEach(SigningKey::close);
        if (parent != null) {
            parent.close();
        }
    }

    @Override
    public String toString() {
        return "UnlockedWallet[" + wallet.folder() + "]";
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the wallet has been locked");
        }
    }

    private static DerivedKey copy(DerivedKey key) {
        byte[] bytes = key.bytes();
        try {
            return DerivedKey.of(bytes);
        } finally {
            java.util.Arrays.fill(bytes, (byte) 0);
        }
    }
}
