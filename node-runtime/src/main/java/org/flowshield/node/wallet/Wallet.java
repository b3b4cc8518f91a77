package org.flowshield.node.wallet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.signing.MalformedKeyException;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.wallet.keystore.Derivation;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.keystore.Kdf;
import org.flowshield.node.wallet.keystore.KeystoreFile;
import org.flowshield.node.wallet.keystore.MalformedKeystoreException;
import org.flowshield.node.wallet.keystore.Password;
import org.flowshield.node.wallet.keystore.Scrypt;
import org.flowshield.node.wallet.keystore.ScryptCost;
import org.flowshield.node.wallet.keystore.SeedFile;
import org.flowshield.node.wallet.keystore.WrongPasswordException;
import org.flowshield.node.wallet.seed.DerivationPath;
import org.flowshield.node.wallet.seed.ExtendedKey;
import org.flowshield.node.wallet.seed.Mnemonic;
import org.jspecify.annotations.Nullable;

/**
 * A wallet on disk, locked: its accounts are known, their keys are not. All its files have one
 * password and one salt, so that one derivation opens them all. Changes of the files are safe
 * against crashes and against another process. Safe for use by any thread.
 */
public final class Wallet {

    private final WalletFiles files;
    private final ScryptCost least;
    private final Derivation derivation;
    private final Clock clock;
    private final SecureRandom random;

    private Wallet(
            Path folder,
            ScryptCost least,
            Derivation derivation,
            Clock clock,
            SecureRandom random) {
        this.files = new WalletFiles(folder);
        this.least = least;
        this.derivation = derivation;
        this.clock = clock;
        this.random = random;
    }

    /**
     * The wallet in that directory, whether it is there or is to be made.
     *
     * @param least what new files are protected by, and the least that is trusted
     */
    public static Wallet at(Path folder, ScryptCost least, Clock clock, SecureRandom random) {
        return new Wallet(folder, least, Derivation.HERE, clock, random);
    }

    /** The same with its keys made of passwords in another place. */
    public Wallet deriving(Derivation place) {
        return new Wallet(folder(), least, place, clock, random);
    }

    public Path folder() {
        return files.folder();
    }

    /** Whether there is one. */
    public boolean exists() {
        return files.isWallet();
    }

    /**
     * Makes the wallet with the first accounts of these words. It appears whole or not at all. The
     * password's strength is for the caller to judge.
     *
     * @throws RefusedException if there is a wallet already, or the directory can't be made
     */
    public void create(Mnemonic mnemonic, int accounts, Password password) throws RefusedException {
        if (accounts < 1 || accounts > AccountList.MAX_ACCOUNTS) {
            throw new IllegalArgumentException("a wallet begins with 1 account or more");
        }
        requireNone();
        Kdf kdf = Scrypt.fresh(least, random);
        try (DerivedKey derived = derive(kdf, password);
                ExtendedKey parent = parent(mnemonic)) {
            build(
                    draft -> {
                        AccountList list = new AccountList(List.of());
                        for (int index = 0; index < accounts; index++) {
                            try (SigningKey key = key(parent, index)) {
                                list = list.plus(save(draft, list, key, index, kdf, derived));
                            }
                        }
                        WalletFiles.write(
                                draft.folder().resolve(WalletFiles.SEED),
                                SeedFile.seal(mnemonic, kdf, derived, random).encode());
                        return list;
                    });
        }
    }

    /**
     * Makes a wallet without a seed of one key from elsewhere.
     *
     * @throws RefusedException if there is a wallet already, or the directory can't be made
     */
    public void create(SigningKey imported, Password password) throws RefusedException {
        requireNone();
        Kdf kdf = Scrypt.fresh(least, random);
        try (DerivedKey derived = derive(kdf, password)) {
            build(
                    draft -> {
                        AccountList none = new AccountList(List.of());
                        return none.plus(save(draft, none, imported, null, kdf, derived));
                    });
        }
    }

    /**
     * The accounts, in their order.
     *
     * @throws RefusedException if there is no wallet, others can get at it, or it is damaged
     */
    public List<Account> accounts() throws RefusedException {
        return list().accounts();
    }

    /** The account with that number. */
    public Account account(int number) throws RefusedException {
        List<Account> accounts = accounts();
        if (number < 0 || number >= accounts.size()) {
            throw WalletFiles.refused(
                    Kind.INVALID,
                    "no_such_account",
                    "there is no account " + number + "; the last is " + (accounts.size() - 1),
                    "flowshield wallet address --all lists them; --new makes another");
        }
        return accounts.get(number);
    }

    /** Whether further accounts can be derived. */
    public boolean hasSeed() {
        try {
            return hasSeed(list());
        } catch (RefusedException e) {
            return false; // what can't be read has nothing to derive from; reading it says why
        }
    }

    private boolean hasSeed(AccountList list) {
        return Files.exists(files.folder().resolve(list.seed()), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Encrypts all files anew. Either all of them have the new password then, or all the old one:
     * the new files are written beside, synced and opened before the list of accounts names them,
     * and the old ones are deleted after. Takes seconds and 256 MiB.
     *
     * @throws WrongPasswordException if the old key is not that of the wallet's password
     * @throws RefusedException if the wallet can't be read or written; the message says which
     *     password it has
     */
    public void changePassword(DerivedKey old, Password password)
            throws WrongPasswordException, RefusedException {
        Kdf kdf = Scrypt.fresh(least, random);
        try (DerivedKey derived = derive(kdf, password);
                FileChannel _ = files.lock()) {
            AccountList list = list();
            PasswordChange change =
                    new PasswordChange(this, files, clock, random, kdf, old, derived);
            AccountList changed = change.write(list, hasSeed(list));
            try {
                write(files, changed);
            } catch (IOException e) {
                // It may have been renamed before it failed; what is named stays.
                if (list().equals(list)) {
                    change.undo();
                }
                throw e;
            }
            retireAfterChange(changed);
        } catch (MalformedKeystoreException e) {
            throw damaged(e.getMessage());
        } catch (IOException e) {
            throw files.failed(e);
        }
    }

    private void retireAfterChange(AccountList changed) throws RefusedException {
        try {
            AccountList _ = retire(changed);
        } catch (IOException e) {
            throw WalletFiles.refused(
                    Kind.FAILED,
                    "old_files_left",
                    "the wallet has the new password, but its files with the old one can't be"
                            + " deleted: "
                            + e.getMessage(),
                    "free the disk; they are deleted when the password is changed again or an"
                            + " account is added");
        }
    }

    /** Deletes files of an old password; needs the lock. */
    private AccountList retire(AccountList list) throws IOException {
        if (list.retired().isEmpty()) {
            return list;
        }
        for (String old : list.retired()) {
            boolean _ = Files.deleteIfExists(files.folder().resolve(old));
        }
        AccountList clean = list.withoutRetired();
        write(files, clean);
        return clean;
    }

    /**
     * Makes the key that opens the wallet; takes seconds and 256 MiB. Whether the password is right
     * is seen when it is used. The caller closes it.
     *
     * @throws RefusedException if the wallet's files are protected too weakly
     */
    public DerivedKey derive(Password password) throws RefusedException {
        Kdf kdf = kdf();
        if (!kdf.isAtLeast(least)) {
            throw WalletFiles.refused(
                    Kind.REFUSED,
                    "weak_encryption",
                    "the wallet's files are encrypted so weakly ("
                            + kdf
                            + ") that a thief guesses the password",
                    "make a new wallet and bring the keys over: flowshield wallet import FILE");
        }
        return derive(kdf, password);
    }

    private DerivedKey derive(Kdf kdf, Password password) throws RefusedException {
        try {
            return derivation.derive(kdf, password);
        } catch (IOException e) {
            throw WalletFiles.refused(
                    Kind.FAILED,
                    "no_derivation",
                    e.getMessage() + "; nothing was changed",
                    "close other programs if memory is short, and try again");
        }
    }

    /**
     * Opens all keys. The caller closes what it gets.
     *
     * @throws WrongPasswordException if this is not the key of the wallet's password
     * @throws RefusedException if the wallet can't be read, or its files don't belong together
     */
    public UnlockedWallet unlock(DerivedKey derived)
            throws WrongPasswordException, RefusedException {
        AccountList list = list();
        List<SigningKey> keys = new ArrayList<>();
        ExtendedKey parent = null;
        try {
            for (Account account : list.accounts()) {
                keys.add(keystore(account).open(derived));
            }
            parent = hasSeed(list) ? openSeed(list.seed(), derived) : null;
            return new UnlockedWallet(this, derived, list.accounts(), keys, parent);
        } catch (MalformedKeystoreException e) {
            close(keys, parent);
            throw damaged(e.getMessage());
        } catch (WrongPasswordException | RefusedException | RuntimeException e) {
            close(keys, parent);
            throw e;
        }
    }

    /**
     * Encrypts a keystore anew that is no part of a wallet: one that geth or cast made, or one that
     * was exported. The old file stays until the new one is on the disk and was opened. Takes
     * seconds and 256 MiB.
     *
     * @throws WrongPasswordException if the old password is wrong
     * @throws MalformedKeystoreException if it is no keystore
     * @throws IOException if it can't be read or replaced; it is as it was then
     */
    public static void changePassword(
            Path keystore,
            Password old,
            Password password,
            Derivation derivation,
            SecureRandom random)
            throws WrongPasswordException, MalformedKeystoreException, IOException {
        Path file = keystore.toRealPath();
        KeystoreFile before = KeystoreFile.parse(WalletFiles.read(file));
        Kdf kdf = Scrypt.fresh(ScryptCost.STANDARD, random);
        try (DerivedKey opening = derivation.derive(before.secret().kdf(), old);
                SigningKey key = before.open(opening);
                DerivedKey derived = derivation.derive(kdf, password)) {
            WalletFiles.write(
                    file,
                    KeystoreFile.seal(key, kdf, derived, random).encode(),
                    readBack -> PasswordChange.requireKey(readBack, key.address(), derived));
        }
    }

    /** The keystore of an account, as it is on disk. */
    public KeystoreFile keystore(Account account) throws RefusedException {
        try {
            KeystoreFile file =
                    KeystoreFile.parse(WalletFiles.read(files.keystore(account.file())));
            if (!account.address().equals(file.address())) {
                throw damaged(account.file() + " is not the keystore of " + account.address());
            }
            return file;
        } catch (MalformedKeystoreException e) {
            throw damaged(account.file() + ": " + e.getMessage());
        } catch (IOException e) {
            throw files.failed(e);
        }
    }

    /**
     * Adds a key to the wallet, under the wallet's password.
     *
     * @param index which key below the seed it is; null if it comes from elsewhere
     * @throws RefusedException if it is there already, or can't be written
     */
    Account add(SigningKey key, @Nullable Integer index, DerivedKey derived)
            throws RefusedException {
        try (FileChannel _ = files.lock()) {
            AccountList list = retire(list());
            requireCurrent(list, derived);
            Kdf kdf = kdf();
            if (list.has(key.address())) {
                throw WalletFiles.refused(
                        Kind.REFUSED,
                        "account_exists",
                        "the wallet has the account " + key.address() + " already",
                        "flowshield wallet address --all lists them");
            }
            if (list.isFull()) {
                throw WalletFiles.refused(
                        Kind.REFUSED,
                        "too_many_accounts",
                        "a wallet has at most " + AccountList.MAX_ACCOUNTS + " accounts",
                        "make another wallet in a directory of its own: --wallet DIR");
            }
            Account account = save(files, list, key, index, kdf, derived);
            write(files, list.plus(account));
            return account;
        } catch (IOException e) {
            throw files.failed(e);
        }
    }

    /** A process that was unlocked before the password was changed must not write with the old. */
    private void requireCurrent(AccountList list, DerivedKey derived) throws RefusedException {
        try (SigningKey _ = keystore(list.accounts().getFirst()).open(derived)) {
            return;
        } catch (WrongPasswordException e) {
            throw WalletFiles.refused(
                    Kind.REFUSED,
                    "password_changed",
                    "the wallet's password was changed since it was unlocked; nothing was added",
                    "flowshield wallet lock, then unlock it with the new password");
        } catch (MalformedKeystoreException e) {
            throw damaged(e.getMessage());
        }
    }

    /** The index below the seed that no account has yet. */
    int nextIndex() throws RefusedException {
        return list().nextIndex();
    }

    static SigningKey key(ExtendedKey parent, int index) {
        byte[] secret;
        try (ExtendedKey child = parent.child(index)) {
            secret = child.privateKey();
        }
        try {
            return SigningKey.of(secret);
        } catch (MalformedKeyException e) {
            throw new IllegalStateException("derived keys are keys", e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** How the password becomes a key: the same for all files. */
    private Kdf kdf() throws RefusedException {
        AccountList list = list();
        if (list.accounts().isEmpty()) {
            throw damaged("it lists no account");
        }
        return keystore(list.accounts().getFirst()).secret().kdf();
    }

    private AccountList list() throws RefusedException {
        if (!exists()) {
            throw WalletFiles.refused(
                    Kind.REFUSED,
                    "no_wallet",
                    "there is no wallet in " + files.folder(),
                    "flowshield wallet create makes one, flowshield wallet restore brings one"
                            + " back");
        }
        try {
            files.requirePrivate();
            return AccountList.parse(
                    WalletFiles.read(files.folder().resolve(WalletFiles.ACCOUNTS)));
        } catch (IOException e) {
            throw files.failed(e);
        } catch (IllegalArgumentException e) {
            throw damaged(WalletFiles.ACCOUNTS + ": " + e.getMessage());
        }
    }

    /**
     * The words, to be written down once more. The caller closes them.
     *
     * @throws WrongPasswordException if this is not the key of the wallet's password
     * @throws RefusedException if the wallet has none, or can't be read
     */
    public Mnemonic words(DerivedKey derived) throws WrongPasswordException, RefusedException {
        AccountList list = list();
        if (!hasSeed(list)) {
            throw WalletFiles.refused(
                    Kind.REFUSED,
                    "no_words",
                    "the wallet was made of an imported key: it has no words",
                    "keep the file that the key came from, or export the account");
        }
        try {
            return readSeed(list.seed(), derived);
        } catch (MalformedKeystoreException e) {
            throw damaged(e.getMessage());
        }
    }

    private Mnemonic readSeed(String name, DerivedKey derived)
            throws WrongPasswordException, MalformedKeystoreException, RefusedException {
        try {
            return SeedFile.parse(WalletFiles.read(files.folder().resolve(name))).open(derived);
        } catch (IOException e) {
            throw files.failed(e);
        }
    }

    private ExtendedKey openSeed(String name, DerivedKey derived)
            throws WrongPasswordException, MalformedKeystoreException, RefusedException {
        try (Mnemonic mnemonic = readSeed(name, derived)) {
            return parent(mnemonic);
        }
    }

    private static ExtendedKey parent(Mnemonic mnemonic) {
        byte[] seed = mnemonic.seed();
        try (ExtendedKey master = ExtendedKey.master(seed)) {
            return master.derive(DerivationPath.ACCOUNTS);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    private Account save(
            WalletFiles target,
            AccountList list,
            SigningKey key,
            @Nullable Integer index,
            Kdf kdf,
            DerivedKey derived)
            throws IOException {
        String name = KeystoreFile.fileName(clock.instant(), key.address());
        WalletFiles.write(
                target.keystore(name), KeystoreFile.seal(key, kdf, derived, random).encode());
        return new Account(list.accounts().size(), key.address(), index, name);
    }

    private static void write(WalletFiles target, AccountList list) throws IOException {
        WalletFiles.write(target.folder().resolve(WalletFiles.ACCOUNTS), list.encode());
    }

    private void requireNone() throws RefusedException {
        if (exists()) {
            throw WalletFiles.refused(
                    Kind.REFUSED,
                    "wallet_exists",
                    "there is a wallet in " + files.folder() + "; it is left as it is",
                    "use it, or name another directory with --wallet DIR");
        }
    }

    /** Fills a draft of the directory and puts it in its place. */
    private void build(Filling filling) throws RefusedException {
        Path folder = files.folder();
        Path parent = folder.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("a wallet has a folder above it");
        }
        try {
            Path _ = Files.createDirectories(parent);
            Path draftFolder = Files.createTempDirectory(parent, ".wallet-");
            try {
                WalletFiles draft = new WalletFiles(draftFolder);
                draft.make();
                write(draft, filling.fill(draft));
                // Takes the place of an empty directory, and of nothing else.
                Path _ = Files.move(draftFolder, folder, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                remove(draftFolder);
            }
            WalletFiles.sync(parent);
        } catch (IOException e) {
            throw files.failed(e);
        }
    }

    /** What goes into a new wallet. */
    private interface Filling {
        AccountList fill(WalletFiles draft) throws IOException;
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void close(List<SigningKey> keys, @Nullable ExtendedKey parent) {
        keys.forEach(SigningKey::close);
        Optional.ofNullable(parent).ifPresent(ExtendedKey::close);
    }

    private RefusedException damaged(String what) {
        return WalletFiles.refused(
                Kind.FAILED,
                "wallet_damaged",
                "the wallet " + files.folder() + " is damaged: " + what,
                "bring it back from a backup of the directory, or from its words: flowshield wallet"
                        + " restore --wallet DIR");
    }
}
