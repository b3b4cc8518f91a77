package org.flowshield.node.desk.wallet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.keystore.Password;

/**
 * A wallet and its life. The files and the agent are the truth: another program may change either
 * at any time. Safe for use by any thread; methods that take a password need seconds and 256 MiB,
 * all may wait for the disk: call them from virtual threads. Whoever gave words or a password
 * closes them.
 *
 * <p>All throw {@link DeskException}: {@code wrong_password}, {@code wallet_exists}, {@code
 * weak_password}, {@code too_little_memory}, {@code wallet_locked}, or what the wallet's files say.
 */
public interface WalletDesk {

    /** How long it goes without a signature unless somebody says otherwise. */
    Duration USUAL_IDLE = Duration.ofMinutes(15);

    Duration MIN_IDLE = Duration.ofMinutes(1);
    Duration MAX_IDLE = Duration.ofDays(1);

    /** Accounts that a restored wallet may begin with; more are derived one by one. */
    int MAX_RESTORED = 100;

    /** Where it stands. Asking keeps nothing unlocked. */
    WalletState state() throws DeskException;

    /** The accounts, in their order. */
    List<Account> accounts() throws DeskException;

    /** The account with that number, from 0 on. */
    Account account(int number) throws DeskException;

    /** Whether there is a wallet; does not say why it can't be read. */
    boolean exists();

    /**
     * Fails if there is a wallet already: before anything is asked for.
     *
     * @throws DeskException {@code wallet_exists}
     */
    void requireNone() throws DeskException;

    /**
     * New words.
     *
     * @param count 12, 15, 18, 21 or 24
     */
    NewWords newWords(int count) throws DeskException;

    /**
     * Makes a wallet of words that the person has.
     *
     * @throws DeskException also {@code not_written_down}
     */
    List<Account> create(NewWords words, Password password) throws DeskException;

    /**
     * Makes the wallet of these words again.
     *
     * @param accounts 1 to {@link #MAX_RESTORED}
     * @throws DeskException also {@code bad_mnemonic}, which names the bad word and what is near it
     */
    List<Account> restore(char[] words, int accounts, Password password) throws DeskException;

    /**
     * Fails where {@link #restore} would for its words and accounts: before a password is asked
     * for.
     */
    void requireRestorable(char[] words, int accounts) throws DeskException;

    /**
     * Begins to unlock.
     *
     * @param idle when it locks itself if nothing is signed; {@link #MIN_IDLE} to {@link #MAX_IDLE}
     */
    Unlocking beginUnlock(Duration idle) throws DeskException;

    /**
     * Has the keys wiped; returns when they are.
     *
     * @return whether it was unlocked
     */
    boolean lock() throws DeskException;

    /** Derives the next account; it must be unlocked. */
    Account addAccount() throws DeskException;

    /**
     * Encrypts all files anew, and locks.
     *
     * @return whether it was unlocked
     */
    boolean changePassword(Password old, Password changed) throws DeskException;

    /**
     * Fails where a password can't be checked for want of memory: before one is asked for.
     *
     * @throws DeskException {@code too_little_memory}
     */
    void requireMemory() throws DeskException;

    /** Fails unless the password is right: before a long form is filled in. */
    void requirePassword(Password password) throws DeskException;

    /**
     * The words again, to write them down; the caller closes them.
     *
     * @throws DeskException also {@code no_words} of a wallet that was made of a key alone
     */
    SecretWords reveal(Password password) throws DeskException;

    /**
     * Copies an account's key into a new keystore file of version 3, which only its owner reads.
     *
     * @param ofFile the password of the file
     * @throws DeskException also {@code file_exists}, {@code not_written}
     */
    void export(EvmAddress account, Password password, Password ofFile, Path file)
            throws DeskException;

    /**
     * Opens a keystore file of another program.
     *
     * @throws DeskException also {@code bad_keystore}
     */
    OpenedKeystore openKeystore(Path file, Password ofFile) throws DeskException;

    /**
     * Fails unless that file is a keystore: before its password is asked for.
     *
     * @throws DeskException {@code bad_keystore}
     */
    void requireKeystore(Path file) throws DeskException;

    /** Adds its key to this wallet, or makes a wallet of it if there is none. */
    Account importKey(OpenedKeystore key, Password password) throws DeskException;

    /** Encrypts a keystore file anew that is no part of a wallet. */
    void changeKeystorePassword(Path file, Password old, Password changed) throws DeskException;
}
