package org.flowshield.contracts.anvil;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.signing.MalformedKeyException;
import org.flowshield.contracts.signing.SigningKey;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.MnemonicUtils;
import org.web3j.utils.Numeric;

/**
 * A chain of our own on this machine's loopback address: anvil, as the project's npm packages have
 * it. Safe for use by any thread.
 *
 * <p>It dies with us, however we die: a shell between us and anvil ends it when our end of a pipe
 * is closed, which the kernel does for the killed as well. Ended that way, anvil still writes its
 * state file.
 */
public final class Anvil implements AutoCloseable {

    /** Where the binary is, below the {@code contracts} folder of a clone. */
    private static final Path IN_CONTRACTS =
            Path.of("node_modules", "@foundry-rs", "anvil-linux-amd64", "bin", "anvil");

    /** Rules that gas was measured with; a newer anvil must not change them silently. */
    private static final String HARDFORK = "prague";

    private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:(\\d+)");

    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    /** Lines of the last output that are told when it does not start. */
    private static final int KEPT_LINES = 10;

    /** The accounts of every development chain; their keys are known to everybody. */
    private static final String MNEMONIC =
            "test test test test test test test test test test test junk";

    private static final int[] ACCOUNTS_PATH = {
        44 | Bip32ECKeyPair.HARDENED_BIT,
        60 | Bip32ECKeyPair.HARDENED_BIT,
        Bip32ECKeyPair.HARDENED_BIT,
        0
    };

    /** Starts what its arguments say and ends it when the standard input does. */
    private static final String LEASH =
            """
            exec 3<&0
            "$@" </dev/null 3<&- &
            child=$!
            { read -r _ <&3; kill "$child"; } >/dev/null 2>&1 &
            leash=$!
            exec 3<&-
            wait "$child"
            status=$?
            kill "$leash" 2>/dev/null
            exit "$status"
            """;

    private final Process process;
    private final ChainId chain;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    /** The last lines of output; guarded by itself. */
    private final Deque<String> output = new ArrayDeque<>();

    private final AnvilControl control;

    private Anvil(Process process, ChainId chain) throws IOException {
        this.process = process;
        this.chain = chain;
        Thread.ofVirtual().name("anvil-output").start(this::readOutput);
        this.control = new AnvilControl(URI.create("http://127.0.0.1:" + awaitPort()));
    }

    /** Where anvil is in this {@code contracts} folder, if the project's packages are installed. */
    public static Path binary(Path contractsFolder) {
        return contractsFolder.resolve(IN_CONTRACTS);
    }

    /**
     * Why no chain can be started with this binary; empty if one can.
     *
     * @return a sentence for people
     */
    public static String missing(Path binary) {
        return Files.isExecutable(binary) ? "" : "anvil is not installed; run ./dev setup";
    }

    /** Starts a chain and waits until it answers. */
    public static Anvil start(Path binary, AnvilOptions options) throws IOException {
        String missing = missing(binary);
        if (!missing.isEmpty()) {
            throw new IOException(missing);
        }
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "/bin/sh",
                                "-c",
                                LEASH,
                                "anvil",
                                binary.toAbsolutePath().toString(),
                                "--host",
                                "127.0.0.1",
                                "--port",
                                Integer.toString(options.port()),
                                "--chain-id",
                                options.chain().toString(),
                                "--hardfork",
                                HARDFORK));
        options.stateFile().ifPresent(file -> command.addAll(List.of("--state", file.toString())));
        if (options.blockSeconds() > 0) {
            command.addAll(
                    List.of(
                            "--block-time",
                            Integer.toString(options.blockSeconds()),
                            "--mixed-mining"));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        boolean started = false;
        try {
            Anvil anvil = new Anvil(process, options.chain());
            started = true;
            return anvil;
        } finally {
            if (!started) {
                process.getOutputStream().close();
            }
        }
    }

    private int awaitPort() throws IOException {
        try {
            return port.get(START_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("anvil did not start; it said: " + lastWords(), e);
        } catch (TimeoutException e) {
            throw new IOException(
                    "anvil did not start within "
                            + START_WITHIN.toSeconds()
                            + " s; it said: "
                            + lastWords(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while anvil started", e);
        }
    }

    private void readOutput() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                keep(line);
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    port.complete(Integer.parseInt(listening.group(1)));
                }
            }
            port.completeExceptionally(new IOException("anvil ended"));
        } catch (IOException e) {
            port.completeExceptionally(new UncheckedIOException(e));
        }
    }

    private void keep(String line) {
        synchronized (output) {
            if (output.size() == KEPT_LINES) {
                output.removeFirst();
            }
            output.addLast(line);
        }
    }

    private String lastWords() {
        synchronized (output) {
            return String.join(" | ", output);
        }
    }

    public URI uri() {
        return control.uri();
    }

    public ChainId chain() {
        return chain;
    }

    /** The process that ends when we do, with anvil below it. */
    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** The chain as its developers see it. */
    public AnvilControl control() {
        return control;
    }

    /**
     * The key of one of the accounts that have 10 000 of the gas coin from the start. Everybody
     * knows it: never for a chain of value.
     */
    public static SigningKey account(int index) {
        byte[] seed = MnemonicUtils.generateSeed(MNEMONIC, "");
        Bip32ECKeyPair master = Bip32ECKeyPair.generateKeyPair(seed);
        Bip32ECKeyPair accounts = Bip32ECKeyPair.deriveKeyPair(master, ACCOUNTS_PATH);
        Bip32ECKeyPair account = Bip32ECKeyPair.deriveKeyPair(accounts, new int[] {index});
        try {
            return SigningKey.of(Numeric.toBytesPadded(account.getPrivateKey(), SigningKey.LENGTH));
        } catch (MalformedKeyException e) {
            throw new IllegalStateException("the accounts of development are sound", e);
        }
    }

    /** Gives an address so much of the gas coin. */
    public void give(EvmAddress address, Wei amount) throws IOException {
        control.setBalance(address, amount);
    }

    /** Ends the chain and waits until its state is written. Idempotent. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "Anvil[chain " + chain + " at " + uri() + "]";
    }
}
