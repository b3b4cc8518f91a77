package org.flowshield.node.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.keystore.Password;
import org.flowshield.node.wallet.keystore.ScryptCost;
import org.flowshield.node.wallet.keystore.WrongPasswordException;
import org.flowshield.node.wallet.seed.Mnemonic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PasswordChangeTest {

    private static final String OLD = "four little ponies";
    private static final String NEW = "seven tired donkeys";

    /** Weak, so that tests are fast. */
    private static final ScryptCost LIGHT = new ScryptCost(16, 8, 1);

    private static final String WORDS =
            "test test test test test test test test test test test junk";

    /** Stands still: files that are made anew would have the names of the old ones. */
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

    @TempDir private Path folder;

    private Path place;
    private Wallet wallet;
    private List<Account> before;

    @BeforeEach
    void create() throws Exception {
        place = folder.resolve("wallet");
        wallet = at();
        try (Mnemonic mnemonic = Mnemonic.parse(WORDS.toCharArray());
                Password password = password(OLD)) {
            wallet.create(mnemonic, 2, password);
        }
        try (UnlockedWallet open = unlock(OLD)) {
            Account _ = open.importKey(SigningKey.of(filled()));
        }
        before = wallet.accounts();
    }

    @Test
    void the_new_password_opens_all_that_the_old_one_did() throws Exception {
        change(OLD, NEW);
        try (UnlockedWallet open = unlock(NEW)) {
            assertThat(open.accounts())
                    .extracting(Account::address)
                    .containsExactlyElementsOf(before.stream().map(Account::address).toList());
            for (Account account : open.accounts()) {
                assertThat(open.key(account.address()).address()).isEqualTo(account.address());
            }
            assertThat(open.addAccount().origin()).isEqualTo("m/44'/60'/0'/0/2");
        }
        assertThatExceptionOfType(WrongPasswordException.class).isThrownBy(() -> unlock(OLD));
    }

    @Test
    void no_file_of_the_old_password_is_left_and_all_are_the_owners_alone() throws Exception {
        Map<String, String> old = files();
        change(OLD, NEW);
        Map<String, String> now = files();
        assertThat(now).hasSameSizeAs(old);
        assertThat(now.values()).doesNotContainAnyElementsOf(old.values());
        for (String name : now.keySet()) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(place.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(Files.readString(place.resolve("accounts.json"))).doesNotContain("retired");
    }

    @Test
    void a_wrong_old_password_changes_nothing() throws Exception {
        Map<String, String> old = files();
        assertThatExceptionOfType(WrongPasswordException.class)
                .isThrownBy(() -> change("five little ponies", NEW));
        assertThat(files()).isEqualTo(old);
    }

    @Test
    void it_is_changed_again_and_again() throws Exception {
        change(OLD, NEW);
        change(NEW, OLD);
        change(OLD, NEW);
        try (UnlockedWallet open = unlock(NEW)) {
            assertThat(open.accounts()).hasSize(3);
        }
    }

    @Test
    void who_dies_before_the_list_is_written_has_the_old_password() throws Exception {
        Map<String, String> old = files();
        change(OLD, NEW);
        put(old); // the new files lie beside, and nothing names them
        try (UnlockedWallet open = unlock(OLD)) {
            assertThat(open.addAccount().number()).isEqualTo(3);
        }
    }

    @Test
    void who_dies_before_the_old_files_are_deleted_has_the_new_one_and_they_go_later()
            throws Exception {
        Map<String, String> old = files();
        change(OLD, NEW);
        AccountList changed = AccountList.parse(Files.readAllBytes(place.resolve("accounts.json")));
        String list =
                new String(
                        new AccountList(
                                        changed.accounts(),
                                        changed.seed(),
                                        old.keySet().stream()
                                                .filter(name -> !name.equals("accounts.json"))
                                                .toList())
                                .encode(),
                        java.nio.charset.StandardCharsets.UTF_8);
        put(old);
        put(Map.of("accounts.json", list));
        try (UnlockedWallet open = unlock(NEW)) {
            Account _ = open.addAccount();
        }
        List<String> left = new ArrayList<>(files().keySet());
        left.retainAll(old.keySet());
        assertThat(left).containsExactly("accounts.json");
        try (UnlockedWallet open = unlock(NEW)) {
            assertThat(open.accounts()).hasSize(4);
        }
    }

    @Test
    void who_unlocked_it_before_writes_nothing_with_the_old_password() throws Exception {
        try (UnlockedWallet open = unlock(OLD)) {
            change(OLD, NEW);
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(open::addAccount)
                    .satisfies(e -> assertThat(e.problem().code()).isEqualTo("password_changed"));
        }
        try (UnlockedWallet open = unlock(NEW)) {
            assertThat(open.accounts()).hasSize(3);
        }
    }

    @Test
    void a_list_that_would_delete_other_files_is_damaged() {
        for (String name : List.of("../x", "keystore/../../x", "/etc/passwd", ".hidden", "")) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> new AccountList(List.of(), "seed.json", List.of(name)));
        }
    }

    private void change(String old, String password) throws Exception {
        try (Password typed = password(old);
                DerivedKey derived = wallet.derive(typed);
                Password changed = password(password)) {
            wallet.changePassword(derived, changed);
        }
    }

    private UnlockedWallet unlock(String text) throws Exception {
        try (Password password = password(text);
                DerivedKey derived = wallet.derive(password)) {
            return wallet.unlock(derived);
        }
    }

    private Wallet at() {
        return Wallet.at(place, LIGHT, CLOCK, new SecureRandom());
    }

    private static Password password(String text) {
        return Password.of(text.toCharArray());
    }

    private static byte[] filled() {
        byte[] key = new byte[SigningKey.LENGTH];
        java.util.Arrays.fill(key, (byte) 0x11);
        return key;
    }

    /** What is in the wallet, but for its lock. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(place)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (!file.getFileName().toString().endsWith(".lock")) {
                    files.put(place.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        return files;
    }

    private void put(Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = place.resolve(file.getKey());
            Files.writeString(path, file.getValue());
            Path _ =
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString("rw-------"));
        }
    }
}
