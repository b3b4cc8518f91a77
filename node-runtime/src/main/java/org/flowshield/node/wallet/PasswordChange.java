package org.flowshield.node.wallet;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.keystore.Kdf;
import org.flowshield.node.wallet.keystore.KeystoreFile;
import org.flowshield.node.wallet.keystore.MalformedKeystoreException;
import org.flowshield.node.wallet.keystore.SeedFile;
import org.flowshield.node.wallet.keystore.WrongPasswordException;
import org.flowshield.node.wallet.seed.Mnemonic;

/**
 * Writes a wallet's files a second time, under another password, beside those that are there. For
 * one use by one thread, which holds the wallet's lock.
 */
final class PasswordChange {

    /** Tells files apart that would have one name. */
    private static final int SUFFIX_BYTES = 4;

    private final Wallet wallet;
    private final WalletFiles files;
    private final Clock clock;
    private final SecureRandom random;
    private final Kdf kdf;
    private final DerivedKey old;
    private final DerivedKey derived;
    private final List<Path> written = new ArrayList<>();

    PasswordChange(
            Wallet wallet,
            WalletFiles files,
            Clock clock,
            SecureRandom random,
            Kdf kdf,
            DerivedKey old,
            DerivedKey derived) {
        this.wallet = wallet;
        this.files = files;
        this.clock = clock;
        this.random = random;
        this.kdf = kdf;
        this.old = old;
        this.derived = derived;
    }

    /**
     * Writes all, each seen to open before it has its name. Leaves nothing behind if it fails.
     *
     * @return the list that makes them count, and the others files to delete
     */
    AccountList write(AccountList list, boolean hasSeed)
            throws WrongPasswordException,
                    MalformedKeystoreException,
                    RefusedException,
                    IOException {
        boolean done = false;
        try {
            List<Account> accounts = new ArrayList<>();
            List<String> retired = new ArrayList<>(list.retired());
            for (Account account : list.accounts()) {
                accounts.add(
                        new Account(
                                account.number(),
                                account.address(),
                                account.index(),
                                writeKey(account)));
                retired.add(WalletFiles.KEYSTORE + "/" + account.file());
            }
            String seed = list.seed();
            if (hasSeed) {
                seed = writeSeed(list.seed());
                retired.add(list.seed());
            }
            AccountList changed = new AccountList(accounts, seed, retired);
            done = true;
            return changed;
        } finally {
            if (!done) {
                undo();
            }
        }
    }

    /** Deletes what was written: nothing names it. */
    void undo() throws IOException {
        for (Path file : written) {
            boolean _ = Files.deleteIfExists(file);
        }
    }

    private String writeKey(Account account)
            throws WrongPasswordException,
                    MalformedKeystoreException,
                    RefusedException,
                    IOException {
        try (SigningKey key = wallet.keystore(account).open(old)) {
            Path file =
                    unused(
                            files.keystore(
                                    KeystoreFile.fileName(clock.instant(), account.address())),
                            "");
            written.add(file);
            WalletFiles.write(
                    file,
                    KeystoreFile.seal(key, kdf, derived, random).encode(),
                    readBack -> requireKey(readBack, account.address(), derived));
            return file.getFileName().toString();
        }
    }

    private String writeSeed(String name)
            throws WrongPasswordException, MalformedKeystoreException, IOException {
        SeedFile before = SeedFile.parse(WalletFiles.read(files.folder().resolve(name)));
        try (Mnemonic mnemonic = before.open(old)) {
            Path file = unused(files.folder().resolve("seed"), ".json");
            written.add(file);
            WalletFiles.write(
                    file,
                    SeedFile.seal(mnemonic, kdf, derived, random).encode(),
                    readBack -> requireSeed(readBack, mnemonic));
            return file.getFileName().toString();
        }
    }

    /** A name that no file has: an old one is never replaced by a new one. */
    private Path unused(Path start, String end) {
        Path file = start.resolveSibling(start.getFileName() + end);
        while (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] suffix = new byte[SUFFIX_BYTES];
            random.nextBytes(suffix);
            file =
                    start.resolveSibling(
                            start.getFileName() + "-" + HexFormat.of().formatHex(suffix) + end);
        }
        return file;
    }

    /** The key of that address is in these bytes, under that password. */
    static void requireKey(byte[] readBack, EvmAddress address, DerivedKey derived)
            throws FileSystemException {
        try (SigningKey key = KeystoreFile.parse(readBack).open(derived)) {
            if (!key.address().equals(address)) {
                throw unlike();
            }
        } catch (WrongPasswordException | MalformedKeystoreException e) {
            throw unlike();
        }
    }

    private void requireSeed(byte[] readBack, Mnemonic mnemonic) throws FileSystemException {
        try (Mnemonic found = SeedFile.parse(readBack).open(derived)) {
            if (!found.isSameAs(mnemonic)) {
                throw unlike();
            }
        } catch (WrongPasswordException | MalformedKeystoreException e) {
            throw unlike();
        }
    }

    private static FileSystemException unlike() {
        return new FileSystemException(
                null, null, "the disk gives back something else than was written");
    }
}
