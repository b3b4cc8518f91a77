package org.flowshield.node.wallet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.sending.Fees;
import org.flowshield.contracts.sending.Preview;
import org.flowshield.contracts.sending.UnsignedTransaction;
import org.flowshield.node.wallet.UnlockedWallet;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.seed.DerivationPath;
import org.flowshield.node.wallet.seed.ExtendedKey;
import org.flowshield.node.wallet.seed.Mnemonic;
import org.flowshield.node.wallet.signing.SigningRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is left of a wallet's secrets in the process that held them: its heap is dumped by jcmd
 * while it is unlocked, to show that the search finds, and after it was locked, to find nothing.
 * What it says at the finest level of its log, its arguments and its environment are searched too.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class SecretsAfterLockIT {

    @TempDir private Path folder;

    private Wallet wallet;
    private Process agent;
    private BufferedReader lines;
    private final StringBuilder said = new StringBuilder();

    @BeforeEach
    void start() throws Exception {
        wallet = TestWallet.create(folder.resolve("wallet"));
        Path logging =
                Files.writeString(
                        folder.resolve("logback.xml"),
                        "<configuration><appender name='out'"
                                + " class='ch.qos.logback.core.ConsoleAppender'><encoder>"
                                + "<pattern>%level %logger %msg %ex%n</pattern></encoder></appender>"
                                + "<root level='TRACE'><appender-ref ref='out'/></root>"
                                + "</configuration>");
        agent =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-Dlogback.configurationFile=" + logging,
                                "-cp",
                                System.getProperty("java.class.path"),
                                LockedAgentMain.class.getName(),
                                wallet.folder().toString())
                        .redirectErrorStream(true)
                        .start();
        lines = agent.inputReader(StandardCharsets.UTF_8);
        await(AgentProcess.READY);
    }

    @AfterEach
    void end() throws Exception {
        agent.destroyForcibly();
        assertThat(agent.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void nothing_is_left_in_memory_log_arguments_or_environment() throws Exception {
        Map<String, byte[]> canaries = canaries();
        AgentClient client = new AgentClient(wallet.folder());
        try (DerivedKey key = TestWallet.derive(wallet, TestWallet.PASSWORD)) {
            assertThat(client.unlock(key, Duration.ofMinutes(5)).unlocked()).isTrue();
        }
        AgentAccount _ = client.addAccount();
        SigningRequest request = request();
        assertThat(client.sign(client.prepare(request), request)).isNotNull();

        assertThat(found(dump("unlocked"), canaries))
                .as("the search finds what is there while the wallet is open")
                .contains("private key", "derived key", "parent of accounts")
                .doesNotContain("password", "words", "entropy", "seed");

        client.lock();
        await("locked");
        assertThat(found(dump("locked"), canaries)).isEmpty();

        Path process = Path.of("/proc", Long.toString(agent.pid()));
        byte[] arguments = Files.readAllBytes(process.resolve("cmdline"));
        byte[] environment = Files.readAllBytes(process.resolve("environ"));
        agent.getOutputStream().close(); // it ends by itself then
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
        }
        assertThat(said.toString()).as("the log is at its finest").contains("DEBUG");
        for (byte[] place :
                List.of(arguments, environment, said.toString().getBytes(StandardCharsets.UTF_8))) {
            assertThat(place).isNotEmpty();
            assertThat(found(java.nio.ByteBuffer.wrap(place), canaries)).isEmpty();
        }
    }

    /** What must not be found, by name; text in all the forms that a heap has for it. */
    private Map<String, byte[]> canaries() throws Exception {
        Map<String, byte[]> canaries = new LinkedHashMap<>();
        try (DerivedKey key = TestWallet.derive(wallet, TestWallet.PASSWORD);
                UnlockedWallet open = wallet.unlock(key)) {
            byte[] secret = open.key(wallet.account(0).address()).encode();
            canaries.put("private key", secret);
            canaries.put("derived key", key.bytes());
            hexForms(canaries, "private key", secret);
            hexForms(canaries, "derived key", key.bytes());
        }
        try (Mnemonic mnemonic = Mnemonic.parse(TestWallet.WORDS.toCharArray());
                ExtendedKey master = ExtendedKey.master(mnemonic.seed());
                ExtendedKey parent = master.derive(DerivationPath.ACCOUNTS)) {
            canaries.put("entropy", mnemonic.entropy());
            canaries.put("seed", mnemonic.seed());
            canaries.put("master key", master.privateKey());
            canaries.put("parent of accounts", parent.privateKey());
        }
        textForms(canaries, "password", TestWallet.PASSWORD);
        textForms(canaries, "words", "test test test junk");
        return canaries;
    }

    private static void hexForms(Map<String, byte[]> canaries, String name, byte[] secret) {
        String hex = java.util.HexFormat.of().formatHex(secret);
        textForms(canaries, name + " in hexadecimal", hex);
        textForms(canaries, name + " in decimal", new BigInteger(1, secret).toString());
    }

    private static void textForms(Map<String, byte[]> canaries, String name, String text) {
        canaries.put(name, text.getBytes(StandardCharsets.UTF_8));
        canaries.put(name + " (char[])", text.getBytes(StandardCharsets.UTF_16BE));
        canaries.put(name + " (String)", text.getBytes(StandardCharsets.UTF_16LE));
    }

    private java.nio.ByteBuffer dump(String name) throws Exception {
        Path file = folder.resolve(name + ".hprof");
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(agent.pid()),
                                "GC.heap_dump",
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(output).isZero();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            assertThat(map.remaining()).isGreaterThan(1 << 20);
            return map;
        }
    }

    private static List<String> found(java.nio.ByteBuffer place, Map<String, byte[]> canaries) {
        List<String> found = new ArrayList<>();
        canaries.forEach(
                (name, bytes) -> {
                    if (contains(place, bytes)) {
                        found.add(name);
                    }
                });
        return found;
    }

    private static boolean contains(java.nio.ByteBuffer place, byte[] wanted) {
        int last = place.limit() - wanted.length;
        for (int at = 0; at <= last; at++) {
            int same = 0;
            while (same < wanted.length && place.get(at + same) == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return true;
            }
        }
        return false;
    }

    private void await(String wanted) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.equals(wanted)) {
                return;
            }
        }
        throw new AssertionError("the process ended: " + said);
    }

    private SigningRequest request() throws Exception {
        return new SigningRequest.Transaction(
                new UnsignedTransaction(
                        new ChainId(31337),
                        0,
                        new Preview(
                                Call.pay(EvmAddress.ZERO, Wei.of(10), "pays"),
                                wallet.account(0).address(),
                                21_000,
                                new Fees(Wei.of(2), Wei.of(1)))));
    }
}
