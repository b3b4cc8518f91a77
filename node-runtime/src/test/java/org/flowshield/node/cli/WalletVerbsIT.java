package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.demo.Prerequisites;
import org.flowshield.node.wallet.seed.DerivationPath;
import org.flowshield.node.wallet.seed.ExtendedKey;
import org.flowshield.node.wallet.seed.Mnemonic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.WalletFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The verbs that need no chain, with the encryption that users get, and the process that they
 * start. Another implementation of the keystore, web3j's, reads and writes what these do.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class WalletVerbsIT {

    private static final String PASSWORD = "four little ponies";

    @TempDir private static Path folder;

    private static Path wallet;
    private static Path passwordFile;
    private static String words;

    @BeforeAll
    static void create() throws Exception {
        wallet = folder.resolve("wallet");
        passwordFile = secret("password", PASSWORD);
        Path out = folder.resolve("words");
        JsonNode made = run("create", "--json", "--mnemonic-out", out.toString()).ok().json();
        words = Files.readString(out).strip();
        assertThat(words.split(" ", -1)).hasSize(12);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rw-------");
        assertThat(made.at("/accounts/0/origin").asString()).isEqualTo("m/44'/60'/0'/0/0");
    }

    @AfterAll
    static void lock() {
        var _ = CommandLineRun.of("wallet", "lock", "--wallet", wallet.toString());
    }

    @Test
    void unlock_starts_a_process_that_holds_the_keys_until_lock() throws Exception {
        long begun = System.nanoTime();
        JsonNode status = run("unlock", "--json").ok().json();
        System.out.printf(
                "unlock, with the process that is started: %d ms%n",
                (System.nanoTime() - begun) / 1_000_000);
        assertThat(status.get("unlocked").asBoolean()).isTrue();
        assertThat(status.get("accounts")).isNotEmpty();
        ProcessHandle agent = agent();
        Path process = Path.of("/proc", Long.toString(agent.pid()));
        assertThat(Files.readString(process.resolve("limits")))
                .containsPattern("Max core file size +0 +0 ");
        for (String file : new String[] {"cmdline", "environ"}) {
            assertThat(seen(process.resolve(file))).doesNotContain(PASSWORD, words, key(0));
        }
        String first = plain("address").ok().out().strip();
        String another = plain("address", "--new").ok().out().strip();
        assertThat(another).isNotEqualTo(first);
        assertThat(plain("address", "--all").ok().out()).contains(first, another);
        assertThat(plain("lock", "--json").ok().json().get("was_unlocked").asBoolean()).isTrue();
        assertThat(agent.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
        assertThat(plain("status").ok().out()).startsWith("locked");
        plain("address", "--new").failed(ExitStatus.REFUSED, "is locked", "wallet unlock");
        assertThat(plain("lock", "--json").ok().json().get("was_unlocked").asBoolean()).isFalse();
    }

    /** Empty where nobody but root may look. */
    private static String seen(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (AccessDeniedException e) {
            assertThat(Prerequisites.isRoot()).as("root is refused nothing").isFalse();
            return "";
        }
    }

    @Test
    void a_wrong_password_says_so_and_nothing_else() throws Exception {
        CommandLineRun refused =
                CommandLineRun.of(
                                "wallet",
                                "unlock",
                                "--wallet",
                                wallet.toString(),
                                "--password-file",
                                secret("wrong", "five little ponies").toString())
                        .failed(ExitStatus.REFUSED, "the password is wrong");
        assertThat(refused.out() + refused.err()).doesNotContain("ponies");
    }

    @Test
    void web3j_opens_what_is_exported() throws Exception {
        Path out = folder.resolve("exported.json");
        var _ =
                run(
                                "export",
                                "--out",
                                out.toString(),
                                "--new-password-file",
                                secret("new", "another six words here").toString())
                        .ok();
        WalletFile file = JsonMapper.shared().readValue(Files.readAllBytes(out), WalletFile.class);
        // Version 6.0.0 forgets this field when it reads, of its own files too.
        file.getCrypto().setKdf("scrypt");
        Credentials opened =
                Credentials.create(org.web3j.crypto.Wallet.decrypt("another six words here", file));
        assertThat(Keys.toChecksumAddress(opened.getAddress()))
                .isEqualTo(plain("address").ok().out().strip());
        CommandLineRun again =
                run(
                        "export",
                        "--out",
                        out.toString(),
                        "--new-password-file",
                        secret("new", "another six words here").toString());
        again.failed(ExitStatus.REFUSED, "is left as it is");
    }

    @Test
    void what_web3j_wrote_is_imported_and_encrypted_anew() throws Exception {
        ECKeyPair pair = ECKeyPair.create(HexFormat.of().parseHex("11".repeat(32)));
        WalletFile light = org.web3j.crypto.Wallet.createLight("pass of the file", pair);
        Path file = folder.resolve("web3j.json");
        Files.write(file, JsonMapper.shared().writeValueAsBytes(light));
        CommandLineRun imported =
                run(
                                "import",
                                file.toString(),
                                "--keystore-password-file",
                                secret("web3j", "pass of the file").toString())
                        .ok();
        String address = EvmAddress.parse(Credentials.create(pair).getAddress()).toString();
        assertThat(imported.out()).contains(address, "imported");
        assertThat(imported.err()).contains("more weakly than is safe");
        try (Stream<Path> files = Files.list(wallet.resolve("keystore"))) {
            assertThat(files)
                    .allSatisfy(
                            each -> assertThat(Files.readString(each)).contains("\"n\":262144"));
        }
    }

    @Test
    void the_password_is_changed_and_the_old_one_opens_nothing() throws Exception {
        Path place = folder.resolve("changed");
        String old = secret("first", "seven tired donkeys").toString();
        String changed = secret("second", "eight tired donkeys").toString();
        var _ =
                CommandLineRun.of(
                                "wallet",
                                "create",
                                "--wallet",
                                place.toString(),
                                "--password-file",
                                old,
                                "--mnemonic-out",
                                folder.resolve("changed-words").toString())
                        .ok();
        CommandLineRun done =
                CommandLineRun.of(
                                "wallet",
                                "password",
                                "--wallet",
                                place.toString(),
                                "--password-file",
                                old,
                                "--new-password-file",
                                changed)
                        .ok();
        assertThat(done.out()).contains("the wallet has the new password");
        assertThat(done.out() + done.err()).doesNotContain("donkeys");
        for (String[] attempt : new String[][] {{old, "4"}, {changed, "0"}}) {
            assertThat(
                            CommandLineRun.of(
                                            "wallet",
                                            "export",
                                            "--wallet",
                                            place.toString(),
                                            "--password-file",
                                            attempt[0],
                                            "--out",
                                            folder.resolve("changed.json").toString(),
                                            "--new-password-file",
                                            changed)
                                    .status())
                    .isEqualTo(Integer.parseInt(attempt[1]));
        }
    }

    @Test
    void a_keystore_that_cast_made_gets_another_password() throws Exception {
        JsonNode vectors;
        try (var in =
                WalletVerbsIT.class.getResourceAsStream(
                        "/org/flowshield/node/wallet/keystore/vectors.json")) {
            vectors = JsonMapper.shared().readTree(java.util.Objects.requireNonNull(in));
        }
        JsonNode cast =
                vectors.valueStream()
                        .filter(vector -> vector.get("name").asString().startsWith("cast"))
                        .findAny()
                        .orElseThrow();
        Path file = folder.resolve("cast.json");
        Files.writeString(file, cast.get("json").toString());
        String[] change = {
            "wallet",
            "password",
            "--keystore",
            file.toString(),
            "--password-file",
            secret("cast", cast.get("password").asString()).toString(),
            "--new-password-file",
            secret("cast-new", "another six words here").toString()
        };
        var _ = CommandLineRun.of(change).ok();
        CommandLineRun.of(change).failed(ExitStatus.REFUSED, "the password is wrong");
        WalletFile read = JsonMapper.shared().readValue(Files.readAllBytes(file), WalletFile.class);
        read.getCrypto().setKdf("scrypt"); // as above
        assertThat(
                        Keys.toChecksumAddress(
                                Credentials.create(
                                                org.web3j.crypto.Wallet.decrypt(
                                                        "another six words here", read))
                                        .getAddress()))
                .isEqualTo(cast.get("address").asString());
        assertThat(Files.readString(file)).contains("\"n\":262144");
    }

    @Test
    void words_that_are_wrong_are_named() throws Exception {
        restore("wrong-word", words.replaceFirst("^\\S+", "abandn"))
                .failed(ExitStatus.USAGE, "word 1 is not in the list", "near to it: abandon");
        restore("too-few", words.replaceFirst("^\\S+ ", ""))
                .failed(ExitStatus.USAGE, "these are 11 words");
        restore("checksum", "abandon ".repeat(12).strip()).failed(ExitStatus.USAGE, "checksum");
        assertThat(folder.resolve("restored")).doesNotExist();
    }

    @Test
    void a_password_that_is_guessed_makes_no_wallet() throws Exception {
        Path weak = secret("weak", "password1");
        Path place = folder.resolve("weakly");
        CommandLineRun.of(
                        "wallet",
                        "create",
                        "--wallet",
                        place.toString(),
                        "--password-file",
                        weak.toString(),
                        "--mnemonic-out",
                        folder.resolve("weak-words").toString())
                .failed(ExitStatus.USAGE, "fewer than 10 characters");
        assertThat(place).doesNotExist();
        assertThat(folder.resolve("weak-words")).doesNotExist();
    }

    @Test
    void a_wallet_that_is_there_stays() {
        run("create").failed(ExitStatus.REFUSED, "it is left as it is");
    }

    @Test
    void without_a_terminal_nothing_is_asked() {
        CommandLineRun.of("wallet", "unlock", "--wallet", wallet.toString())
                .failed(ExitStatus.USAGE, "--password-file");
    }

    private static CommandLineRun restore(String name, String sentence) throws Exception {
        return CommandLineRun.of(
                "wallet",
                "restore",
                "--wallet",
                folder.resolve("restored").toString(),
                "--password-file",
                passwordFile.toString(),
                "--mnemonic-file",
                secret(name, sentence).toString());
    }

    private static ProcessHandle agent() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> commandLine(process).endsWith("agent --wallet " + wallet))
                .findAny()
                .orElseThrow();
    }

    /** The system's own word, which is not cut short. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(
                            Path.of("/proc", Long.toString(process.pid()), "cmdline"),
                            StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException e) {
            return ""; // gone meanwhile
        }
    }

    /** A key of the wallet as text, to look for. */
    private static String key(int index) throws Exception {
        try (var mnemonic = Mnemonic.parse(words.toCharArray());
                var master = ExtendedKey.master(mnemonic.seed());
                var account = master.derive(DerivationPath.account(index))) {
            return HexFormat.of().formatHex(account.privateKey());
        }
    }

    private static Path secret(String name, String content) throws Exception {
        Path file = folder.resolve(name + ".secret");
        Files.writeString(file, content + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** A verb about the wallet, with its password. */
    private static CommandLineRun run(String... verb) {
        return CommandLineRun.of(
                Stream.of(
                                Stream.of("wallet"),
                                Stream.of(verb),
                                Stream.of(
                                        "--wallet",
                                        wallet.toString(),
                                        "--password-file",
                                        passwordFile.toString()))
                        .flatMap(part -> part)
                        .toArray(String[]::new));
    }

    /** The same without. */
    private static CommandLineRun plain(String... verb) {
        return CommandLineRun.of(
                Stream.of(
                                Stream.of("wallet"),
                                Stream.of(verb),
                                Stream.of("--wallet", wallet.toString()))
                        .flatMap(part -> part)
                        .toArray(String[]::new));
    }
}
