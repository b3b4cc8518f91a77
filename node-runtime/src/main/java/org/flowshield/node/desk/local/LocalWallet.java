package org.flowshield.node.desk.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.DeskException.Kind;
import org.flowshield.node.desk.wallet.AgentStarter;
import org.flowshield.node.desk.wallet.NewWords;
import org.flowshield.node.desk.wallet.OpenedKeystore;
import org.flowshield.node.desk.wallet.SecretWords;
import org.flowshield.node.desk.wallet.Unlocking;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.desk.wallet.WalletState;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.UnlockedWallet;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.agent.AgentClient;
import org.flowshield.node.wallet.agent.AgentStatus;
import org.flowshield.node.wallet.agent.NoAgentException;
import org.flowshield.node.wallet.keystore.Derivation;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.keystore.Kdf;
import org.flowshield.node.wallet.keystore.KeystoreFile;
import org.flowshield.node.wallet.keystore.MalformedKeystoreException;
import org.flowshield.node.wallet.keystore.Password;
import org.flowshield.node.wallet.keystore.Scrypt;
import org.flowshield.node.wallet.keystore.ScryptCost;
import org.flowshield.node.wallet.keystore.WeakPasswordException;
import org.flowshield.node.wallet.keystore.WrongPasswordException;
import org.flowshield.node.wallet.seed.MalformedMnemonicException;
import org.flowshield.node.wallet.seed.Mnemonic;

/** The wallet in its directory, and the process beside it that holds its keys. */
final class LocalWallet implements WalletDesk {

    /** A keystore has some 500 bytes. */
    private static final int MAX_KEYSTORE = 64 * 1024;

    private final Wallet wallet;
    private final AgentStarter starter;
    private final Derivation derivation;
    private final SecureRandom random;
    private final AgentClient agent;

    LocalWallet(Wallet wallet, AgentStarter starter, Derivation derivation, SecureRandom random) {
        this.wallet = wallet;
        this.starter = starter;
        this.derivation = derivation;
        this.random = random;
        this.agent = new AgentClient(wallet.folder());
    }

    @Override
    public WalletState state() throws DeskException {
        if (!wallet.exists()) {
            return new WalletState.None(wallet.folder());
        }
        return quick(
                () -> {
                    List<Account> accounts = wallet.accounts();
                    boolean hasWords = wallet.hasSeed();
                    try {
                        AgentStatus status = agent.status();
                        Instant locksAt = status.locksAt();
                        if (status.unlocked() && locksAt != null) {
                            return new WalletState.Unlocked(
                                    wallet.folder(), accounts, hasWords, locksAt);
                        }
                    } catch (NoAgentException e) {
                        // it is locked, which is what is told
                        return new WalletState.Locked(wallet.folder(), accounts, hasWords);
                    }
                    return new WalletState.Locked(wallet.folder(), accounts, hasWords);
                });
    }

    @Override
    public List<Account> accounts() throws DeskException {
        return quick(wallet::accounts);
    }

    @Override
    public Account account(int number) throws DeskException {
        return quick(() -> wallet.account(number));
    }

    @Override
    public boolean exists() {
        return wallet.exists();
    }

    @Override
    public NewWords newWords(int count) throws DeskException {
        if (!Mnemonic.isCount(count)) {
            throw Failures.invalid(
                    "bad_words", "no wallet has " + count + " words", "12, 15, 18, 21 or 24");
        }
        return NewWords.generate(count, random);
    }

    @Override
    public List<Account> create(NewWords words, Password password) throws DeskException {
        requireNone();
        if (!words.areKept()) {
            throw Failures.refused(
                    "not_written_down",
                    "the words were not written down, so no wallet was made",
                    "begin again, with paper: without the words a lost password is lost money");
        }
        return make(words.words().mnemonic(), 1, password);
    }

    @Override
    public List<Account> restore(char[] words, int accounts, Password password)
            throws DeskException {
        requireNone();
        try (Mnemonic mnemonic = restorable(words, accounts)) {
            return make(mnemonic, accounts, password);
        }
    }

    @Override
    public void requireRestorable(char[] words, int accounts) throws DeskException {
        restorable(words, accounts).close();
    }

    private static Mnemonic restorable(char[] words, int accounts) throws DeskException {
        if (accounts < 1 || accounts > MAX_RESTORED) {
            throw Failures.invalid(
                    "bad_accounts",
                    "a wallet is brought back with 1 to " + MAX_RESTORED + " accounts",
                    "say how many");
        }
        try {
            return Mnemonic.parse(words);
        } catch (MalformedMnemonicException e) {
            throw new DeskException(
                    Kind.INVALID,
                    new Problem(
                            "bad_mnemonic",
                            "these words are no wallet: " + e.getMessage(),
                            "compare them with your paper; nothing was changed"),
                    e);
        }
    }

    private List<Account> make(Mnemonic mnemonic, int accounts, Password password)
            throws DeskException {
        requireStrong(password);
        requireMemory();
        return quick(
                () -> {
                    wallet.create(mnemonic, accounts, password);
                    return wallet.accounts();
                });
    }

    @Override
    public void requireNone() throws DeskException {
        if (wallet.exists()) {
            throw Failures.refused(
                    "wallet_exists",
                    "there is a wallet in " + wallet.folder() + "; it is left as it is",
                    "use it, or name another directory");
        }
    }

    private static void requireStrong(Password password) throws DeskException {
        try {
            password.requireStrong();
        } catch (WeakPasswordException e) {
            throw new DeskException(
                    Kind.INVALID,
                    new Problem(
                            "weak_password",
                            e.getMessage(),
                            "take ten characters or more; a few words that don't belong together"
                                    + " are easy to keep in mind"),
                    e);
        }
    }

    @Override
    public void requireMemory() throws DeskException {
        Memory.require(derivation);
    }

    @Override
    public Unlocking beginUnlock(Duration idle) throws DeskException {
        if (idle.compareTo(MIN_IDLE) < 0 || idle.compareTo(MAX_IDLE) > 0) {
            throw Failures.invalid(
                    "bad_idle",
                    "a wallet is unlocked for 1 to " + MAX_IDLE.toMinutes() + " idle minutes",
                    "say how many");
        }
        return quick(
                () -> {
                    var _ = wallet.accounts();
                    return AgentUnlocking.begin(this, agent, wallet, starter, idle);
                });
    }

    /** The key that opens the wallet, known to be right; the caller closes it. */
    DerivedKey derive(Password password)
            throws DeskException, RefusedException, WrongPasswordException {
        var _ = wallet.accounts();
        requireMemory();
        DerivedKey derived = wallet.derive(password);
        try (UnlockedWallet _ = wallet.unlock(derived)) {
            return derived;
        } catch (RefusedException | WrongPasswordException | RuntimeException e) {
            derived.close();
            throw e;
        }
    }

    @Override
    public boolean lock() throws DeskException {
        return quick(
                () -> {
                    var _ = wallet.accounts();
                    return lockNow();
                });
    }

    private boolean lockNow() throws RefusedException {
        try {
            agent.lock();
            return true;
        } catch (NoAgentException e) {
            return false;
        }
    }

    @Override
    public Account addAccount() throws DeskException {
        return quick(
                () -> {
                    var _ = wallet.accounts();
                    return wallet.account(agent.addAccount().number());
                });
    }

    @Override
    public void requirePassword(Password password) throws DeskException {
        boolean _ =
                quick(
                        () -> {
                            derive(password).close();
                            return true;
                        });
    }

    @Override
    public boolean changePassword(Password old, Password changed) throws DeskException {
        requireStrong(changed);
        return quick(
                () -> {
                    try (DerivedKey derived = derive(old)) {
                        wallet.changePassword(derived, changed);
                        return lockNow();
                    }
                });
    }

    @Override
    public SecretWords reveal(Password password) throws DeskException {
        return quick(
                () -> {
                    try (DerivedKey derived = derive(password)) {
                        return new SecretWords(wallet.words(derived));
                    }
                });
    }

    @Override
    public void export(EvmAddress account, Password password, Password ofFile, Path file)
            throws DeskException {
        requireStrong(ofFile);
        KeystoreFile copy =
                quick(
                        () -> {
                            try (DerivedKey derived = derive(password);
                                    UnlockedWallet open = wallet.unlock(derived)) {
                                return seal(open.key(account), ofFile);
                            }
                        });
        write(copy, file);
    }

    private KeystoreFile seal(SigningKey key, Password ofFile) throws IOException {
        Kdf kdf = Scrypt.fresh(ScryptCost.STANDARD, random);
        try (DerivedKey derived = derivation.derive(kdf, ofFile)) {
            return KeystoreFile.seal(key, kdf, derived, random);
        }
    }

    private static void write(KeystoreFile copy, Path file) throws DeskException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer content = ByteBuffer.wrap(copy.encode());
            while (content.hasRemaining()) {
                int _ = channel.write(content);
            }
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            throw new DeskException(
                    Kind.REFUSED,
                    new Problem(
                            "file_exists",
                            "there is a file " + file + " already; it is left as it is",
                            "name a new one"),
                    e);
        } catch (IOException e) {
            throw new DeskException(
                    Kind.FAILED,
                    new Problem(
                            "not_written",
                            file + " can't be written: " + e.getMessage(),
                            "see the message"),
                    e);
        }
    }

    @Override
    public OpenedKeystore openKeystore(Path file, Password ofFile) throws DeskException {
        KeystoreFile keystore = read(file);
        requireMemory();
        return quick(
                () -> {
                    try (DerivedKey derived = derivation.derive(keystore.secret().kdf(), ofFile)) {
                        return new ImportedKey(keystore.open(derived), weakness(keystore));
                    } catch (MalformedKeystoreException e) {
                        throw badKeystore(file, "imported", e.getMessage(), e);
                    }
                });
    }

    private static String weakness(KeystoreFile keystore) {
        Kdf kdf = keystore.secret().kdf();
        return kdf.isAtLeast(ScryptCost.STANDARD) ? "" : kdf.toString();
    }

    @Override
    public void requireKeystore(Path file) throws DeskException {
        KeystoreFile _ = read(file);
    }

    private static KeystoreFile read(Path file) throws DeskException {
        try (var in = Files.newInputStream(file)) {
            return KeystoreFile.parse(in.readNBytes(MAX_KEYSTORE));
        } catch (MalformedKeystoreException e) {
            throw badKeystore(file, "imported", e.getMessage(), e);
        } catch (IOException e) {
            throw badKeystore(file, "imported", "it can't be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Account importKey(OpenedKeystore key, Password password) throws DeskException {
        if (!(key instanceof ImportedKey imported)) {
            throw new IllegalArgumentException("a key that this desk has not opened");
        }
        return quick(
                () -> {
                    if (wallet.exists()) {
                        try (DerivedKey derived = derive(password);
                                UnlockedWallet open = wallet.unlock(derived)) {
                            Account account = open.importKey(imported.key());
                            imported.isKept(); // closed with the wallet
                            return account;
                        }
                    }
                    requireStrong(password);
                    requireMemory();
                    wallet.create(imported.key(), password);
                    return wallet.account(0);
                });
    }

    @Override
    public void changeKeystorePassword(Path file, Password old, Password changed)
            throws DeskException {
        requireStrong(changed);
        requireMemory();
        boolean _ =
                quick(
                        () -> {
                            try {
                                Wallet.changePassword(file, old, changed, derivation, random);
                                return true;
                            } catch (MalformedKeystoreException e) {
                                throw badKeystore(file, "used", e.getMessage(), e);
                            } catch (NoSuchFileException e) {
                                throw badKeystore(file, "used", "there is no such file", e);
                            }
                        });
    }

    private static DeskException badKeystore(Path file, String what, String why, Exception cause) {
        return new DeskException(
                Kind.INVALID,
                new Problem(
                        "bad_keystore",
                        file + " can't be " + what + ": " + why,
                        "name a keystore of version 3; nothing was changed"),
                cause);
    }

    /** What waits for nobody: no interrupt can cut it short. */
    private static <T> T quick(Failures.Work<T> work) throws DeskException {
        try {
            return Failures.told(work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("nothing here waits", e);
        }
    }
}
