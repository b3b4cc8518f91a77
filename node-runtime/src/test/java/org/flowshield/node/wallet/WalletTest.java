package org.flowshield.node.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WalletTest {

    /** Weak, so that tests are fast. */
    private static final ScryptCost LIGHT = new ScryptCost(16, 8, 1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String WORDS =
            "test test test test test test test test test test test junk";

    @TempDir private Path folder;

    private Path place;
    private Wallet wallet;

    @BeforeEach
    void place() {
        place = folder.resolve("of/nobody/yet");
        wallet = at(place, LIGHT);
    }

    @Test
    void a_new_wallet_has_the_accounts_of_its_words() throws Exception {
        create(2);
        assertThat(wallet.accounts())
                .extracting(
                        account ->
                                account.number() + " " + account.address() + " " + account.origin())
                .containsExactly(
                        "0 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266 m/44'/60'/0'/0/0",
                        "1 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 m/44'/60'/0'/0/1");
        assertThat(at(place, LIGHT).accounts()).isEqualTo(wallet.accounts());
    }

    @Test
    void its_files_are_its_owners_alone() throws Exception {
        create(1);
        assertThat(mode(place)).isEqualTo("rwx------");
        assertThat(mode(place.resolve("keystore"))).isEqualTo("rwx------");
        try (Stream<Path> files = Files.walk(place)) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
        }
    }

    @Test
    void the_password_opens_all_keys() throws Exception {
        create(3);
        try (UnlockedWallet open = unlock(wallet, "four little ponies")) {
            for (Account account : open.accounts()) {
                assertThat(open.key(account.address()).address()).isEqualTo(account.address());
            }
        }
    }

    @Test
    void another_password_opens_nothing() throws Exception {
        create(1);
        assertThatExceptionOfType(WrongPasswordException.class)
                .isThrownBy(() -> unlock(wallet, "five little ponies"));
    }

    @Test
    void further_accounts_come_from_the_seed() throws Exception {
        create(1);
        try (UnlockedWallet open = unlock(wallet, "four little ponies")) {
            Account next = open.addAccount();
            assertThat(next.address()).hasToString("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
            assertThat(open.key(next.address()).address()).isEqualTo(next.address());
        }
        assertThat(wallet.accounts()).hasSize(2);
        try (UnlockedWallet open = unlock(wallet, "four little ponies")) {
            assertThat(open.addAccount().origin()).isEqualTo("m/44'/60'/0'/0/2");
        }
    }

    @Test
    void imported_keys_stand_beside_those_of_the_seed() throws Exception {
        create(1);
        SigningKey key = SigningKey.generate(RANDOM);
        try (UnlockedWallet open = unlock(wallet, "four little ponies")) {
            assertThat(open.importKey(key).isImported()).isTrue();
            assertThat(open.addAccount().origin()).isEqualTo("m/44'/60'/0'/0/1");
        }
        assertThat(wallet.accounts()).extracting(Account::number).containsExactly(0, 1, 2);
        try (UnlockedWallet open = unlock(wallet, "four little ponies")) {
            assertThat(open.key(key.address()).encode()).hasSize(32);
            assertRefused(
                    "account_exists",
                    () -> open.importKey(SigningKey.of(open.key(key.address()).encode())));
        }
    }

    @Test
    void a_wallet_of_one_imported_key_has_no_seed() throws Exception {
        try (SigningKey key = SigningKey.generate(RANDOM);
                Password password = password("four little ponies")) {
            wallet.create(key, password);
            assertThat(wallet.account(0).address()).isEqualTo(key.address());
        }
        assertThat(wallet.hasSeed()).isFalse();
        try (UnlockedWallet open = unlock(wallet, "four little ponies")) {
            assertRefused("no_seed", open::addAccount);
        }
    }

    @Test
    void a_wallet_is_never_replaced() throws Exception {
        create(1);
        byte[] before = Files.readAllBytes(place.resolve("seed.json"));
        assertRefused("wallet_exists", () -> create(1));
        assertThat(Files.readAllBytes(place.resolve("seed.json"))).isEqualTo(before);
    }

    @Test
    void a_folder_with_other_files_is_left_alone() throws Exception {
        Files.createDirectories(place);
        Files.writeString(place.resolve("letter"), "dear");
        assertRefused("wallet_unusable", () -> create(1));
        try (Stream<Path> files = Files.list(folder.resolve("of/nobody"))) {
            assertThat(files).containsExactly(place);
        }
        assertThat(place.resolve("letter")).hasContent("dear");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "keystore", "seed.json", "accounts.json"})
    void a_wallet_that_others_can_get_at_is_not_opened(String name) throws Exception {
        create(1);
        Path exposed = place.resolve(name);
        Files.setPosixFilePermissions(
                exposed,
                PosixFilePermissions.fromString(
                        Files.isDirectory(exposed) ? "rwx--x---" : "rw-r-----"));
        assertRefused("wallet_exposed", wallet::accounts);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(wallet::accounts)
                .satisfies(e -> assertThat(e.problem().action()).contains("chmod"));
    }

    @Test
    void a_link_in_the_place_of_a_file_is_not_followed() throws Exception {
        create(1);
        Path moved = Files.move(place.resolve("seed.json"), folder.resolve("seed.json"));
        Files.createSymbolicLink(place.resolve("seed.json"), moved);
        assertRefused("wallet_exposed", wallet::accounts);
    }

    @Test
    void files_that_are_guessed_too_easily_are_not_trusted() throws Exception {
        create(1);
        try (Password password = password("four little ponies")) {
            assertRefused("weak_encryption", () -> at(place, ScryptCost.STANDARD).derive(password));
        }
    }

    @Test
    void damage_is_told_and_not_repaired() throws Exception {
        create(2);
        Path list = place.resolve("accounts.json");
        String good = Files.readString(list);
        for (String bad :
                List.of(
                        "",
                        "{}",
                        good.replace("266", "277"),
                        good.replace("UTC--", "../UTC--"),
                        good.replace("\"version\" : 1", "\"version\" : 2"),
                        good.substring(0, good.length() / 2))) {
            Files.writeString(list, bad);
            assertRefused("wallet_damaged", () -> at(place, LIGHT).accounts());
        }
    }

    @Test
    void a_keystore_of_another_account_in_its_place_is_noticed() throws Exception {
        create(2);
        Path one = place.resolve("keystore").resolve(wallet.account(0).file());
        Path other = place.resolve("keystore").resolve(wallet.account(1).file());
        Files.write(one, Files.readAllBytes(other));
        assertRefused("wallet_damaged", () -> unlock(wallet, "four little ponies").close());
    }

    @Test
    void a_locked_wallet_gives_no_key() throws Exception {
        create(1);
        UnlockedWallet open = unlock(wallet, "four little ponies");
        SigningKey key = open.key(wallet.account(0).address());
        open.close();
        assertThatIllegalStateException().isThrownBy(open::accounts);
        assertThatIllegalStateException().isThrownBy(open::addAccount);
        assertThatIllegalStateException().isThrownBy(key::encode);
        assertThat(open.toString()).doesNotContain("little");
    }

    @Test
    void an_account_that_is_not_there_is_named() throws Exception {
        create(1);
        assertRefused("no_such_account", () -> wallet.account(1));
        assertRefused("no_such_account", () -> wallet.account(-1));
    }

    @Test
    void no_wallet_is_told_with_what_makes_one() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(wallet::accounts)
                .satisfies(e -> assertThat(e.problem().action()).contains("wallet create"));
    }

    @Test
    void no_file_holds_a_word_or_the_password_or_a_key() throws Exception {
        create(1);
        byte[] secret;
        try (UnlockedWallet open = unlock(wallet, "four little ponies")) {
            secret = open.key(wallet.account(0).address()).encode();
        }
        String hex = java.util.HexFormat.of().formatHex(secret);
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("junk", "ponies", hex);
            }
        }
        Arrays.fill(secret, (byte) 0);
    }

    private void create(int accounts) throws Exception {
        try (Mnemonic mnemonic = Mnemonic.parse(WORDS.toCharArray());
                Password password = password("four little ponies")) {
            wallet.create(mnemonic, accounts, password);
        }
    }

    private static UnlockedWallet unlock(Wallet wallet, String text) throws Exception {
        try (Password password = password(text);
                DerivedKey derived = wallet.derive(password)) {
            return wallet.unlock(derived);
        }
    }

    private static Wallet at(Path place, ScryptCost least) {
        return Wallet.at(place, least, Clock.systemUTC(), RANDOM);
    }

    private static Password password(String text) {
        return Password.of(text.toCharArray());
    }

    private static String mode(Path file) throws java.io.IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static void assertRefused(
            String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(action)
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
