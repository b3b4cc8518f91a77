package org.flowshield.node.ledger.sqlite;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.peer.PeerId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Starts {@link LedgerChild} under strace, which writes down or tampers with its calls on the
 * ledger's files. The child's classes are archived beforehand, so that a run takes about a second.
 */
final class CrashLab {

    /** The calls by which a file or a folder changes. */
    static final String CALLS = "write,pwrite64,fsync,fdatasync,ftruncate,unlink,rename";

    private static final List<String> FILES =
            List.of(
                    "ledger.db",
                    "ledger.db-wal",
                    "ledger.db-journal",
                    "vouchers.log",
                    "ledger.lock");

    /** Far above what a run takes on a busy machine. */
    private static final long PATIENCE_SECONDS = 240;

    /** What the child needs of the class path besides our own. */
    private static final List<String> LIBRARIES =
            List.of("sqlite-jdbc", "jdbi3-core", "flyway-core", "slf4j-api", "geantyref");

    private final Path home;
    private final List<String> java = new ArrayList<>();

    /** A ledger that was made and closed, with nothing in it. */
    private final Path made;

    private static @Nullable CrashLab shared;

    /** One for all tests of this JVM: making it takes as long as some runs. */
    static synchronized CrashLab shared() throws IOException {
        requireStrace();
        if (shared == null) {
            Path home = Files.createTempDirectory("flowshield-crash-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteQuietly(home)));
            shared = new CrashLab(home);
        }
        return shared;
    }

    private static void deleteQuietly(Path home) {
        try {
            delete(home);
        } catch (IOException e) {
            System.err.println("left behind: " + home + " (" + e + ")");
        }
    }

    private CrashLab(Path home) throws IOException {
        this.home = home;
        Path unpacked = Files.createDirectory(home.resolve("native"));
        java.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:disable",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-XX:SharedArchiveFile=" + home.resolve("classes.jsa"),
                        "-Dorg.sqlite.tmpdir=" + unpacked,
                        "-Dorg.sqlite.lib.path=" + unpacked,
                        "-cp",
                        classPath()));
        unpackLibrary(unpacked);
        Path first = home.resolve("first");
        requireSuccess(
                List.of("-XX:+AutoCreateSharedArchive"),
                new Run(first, home.resolve("first.acks"), 1, 100, Durability.FULL));
        made = home.resolve("made");
        requireSuccess(List.of(), new Run(made, home.resolve("made.acks"), 1, 0, Durability.FULL));
    }

    private static void requireStrace() {
        try {
            Process strace =
                    new ProcessBuilder("strace", "-qq", "-o", "/dev/null", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            Assumptions.assumeTrue(strace.waitFor() == 0, "strace may not trace here");
        } catch (IOException e) {
            Assumptions.abort("no strace: ./dev setup installs it");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * One life of the child. Immutable.
     *
     * @param acknowledged where it writes what was acknowledged
     */
    record Run(Path folder, Path acknowledged, int first, int last, Durability durability) {

        /** The highest voucher that was acknowledged; 0 if none was. */
        int lastAcknowledged() throws IOException {
            return said().stream()
                    .filter(line -> line.startsWith("+"))
                    .mapToInt(line -> Integer.parseInt(line.substring(1)))
                    .max()
                    .orElse(0);
        }

        List<String> said() throws IOException {
            return Files.exists(acknowledged) ? Files.readAllLines(acknowledged) : List.of();
        }
    }

    /** A ledger that was made and is empty, copied to a place of its own. */
    Run onMadeLedger(String name, int vouchers, Durability durability) throws IOException {
        Path folder = home.resolve(name);
        copy(made, folder);
        return new Run(folder, home.resolve(name + ".acks"), 1, vouchers, durability);
    }

    /** A ledger that is yet to be made. */
    Run onNothing(String name) {
        return new Run(home.resolve(name), home.resolve(name + ".acks"), 1, 0, Durability.FULL);
    }

    /** Lets it run and writes its calls down, with all that was written. */
    List<TracedCall> trace(Run run) throws IOException {
        Path output = home.resolve(run.folder().getFileName() + ".trace");
        List<String> strace = strace(run, output);
        strace.addAll(
                List.of(
                        "--seccomp-bpf",
                        "-y",
                        "-xx",
                        "-s",
                        "1000000",
                        "-P",
                        run.acknowledged().toString(),
                        "-e",
                        "trace=" + CALLS));
        int status = run(List.of(), strace, run);
        if (status != 0) {
            throw new IllegalStateException(
                    "the traced child ended with " + status + ": " + Files.readString(output(run)));
        }
        try (Stream<String> lines = Files.lines(output)) {
            return TracedCall.parse(lines);
        }
    }

    /** Lets it run until it is killed at the n-th of a kind of call; returns its exit status. */
    int kill(Run run, String call, int n) throws IOException {
        return tamper(run, List.of(), call + ":signal=KILL:when=" + n);
    }

    /** Lets it run while calls fail; {@code when} as strace has it. */
    int fail(Run run, String call, String error, String when) throws IOException {
        return tamper(run, List.of("--seccomp-bpf"), call + ":error=" + error + ":when=" + when);
    }

    private void requireSuccess(List<String> options, Run run) throws IOException {
        int status = run(options, List.of(), run);
        if (status != 0) {
            throw new IllegalStateException(
                    "the child ended with " + status + ": " + Files.readString(output(run)));
        }
    }

    private int tamper(Run run, List<String> options, String injection) throws IOException {
        List<String> strace = strace(run, Path.of("/dev/null"));
        strace.addAll(options);
        strace.addAll(List.of("-e", "trace=" + CALLS, "-e", "inject=" + injection));
        return run(List.of(), strace, run);
    }

    /** What it says while it runs. */
    private Path output(Run run) {
        return home.resolve(run.folder().getFileName() + ".output");
    }

    private static List<String> strace(Run run, Path output) {
        List<String> strace =
                new ArrayList<>(List.of("strace", "-f", "-qq", "-o", output.toString()));
        for (String file : FILES) {
            strace.addAll(List.of("-P", run.folder().resolve(file).toString()));
        }
        strace.addAll(List.of("-P", run.folder().toString()));
        return strace;
    }

    private int run(List<String> options, List<String> before, Run run) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(java);
        command.addAll(before.isEmpty() ? 1 : before.size() + 1, options);
        command.addAll(
                List.of(
                        LedgerChild.class.getName(),
                        run.folder().toString(),
                        run.acknowledged().toString(),
                        "" + run.first(),
                        "" + run.last(),
                        run.durability().name()));
        Process child =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output(run).toFile())
                        .start();
        try {
            if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the child did not end");
            }
            return child.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            child.descendants().forEach(ProcessHandle::destroyForcibly);
            child.destroyForcibly();
        }
    }

    // ------------------------------------------------------------ the child's classes

    private String classPath() throws IOException {
        List<String> path = new ArrayList<>();
        int number = 0;
        for (Class<?> own :
                List.of(SqliteLedger.class, LedgerChild.class, TokenAmount.class, PeerId.class)) {
            path.add(jar(own, home.resolve("own" + number++ + ".jar")).toString());
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            String name = Path.of(entry).getFileName().toString();
            if (LIBRARIES.stream().anyMatch(name::startsWith)) {
                path.add(entry);
            } else if (name.startsWith("bcprov")) {
                path.add(unsigned(Path.of(entry), home.resolve("bcprov.jar")).toString());
            }
        }
        return String.join(File.pathSeparator, path);
    }

    /** The classes of a module that the child can need: an archive takes no folders. */
    private static Path jar(Class<?> own, Path jar) throws IOException {
        Path root = Path.of(own.getProtectionDomain().getCodeSource().getLocation().getPath());
        if (Files.isRegularFile(root)) {
            return root;
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(root.resolve("org/flowshield"))) {
            for (Path file : files.sorted().toList()) {
                String name = root.relativize(file).toString();
                if (name.contains("/node/") && !name.contains("/node/ledger")) {
                    continue;
                }
                if (Files.isDirectory(file)) {
                    out.putNextEntry(new JarEntry(name + "/")); // migrations are found by them
                } else {
                    out.putNextEntry(new JarEntry(name));
                    Files.copy(file, out);
                }
            }
        }
        return jar;
    }

    /** Signed classes can't be archived, and checking signatures takes long. */
    private static Path unsigned(Path signed, Path jar) throws IOException {
        try (JarFile in = new JarFile(signed.toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.setLevel(0);
            for (Enumeration<JarEntry> entries = in.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().startsWith("org/") && entry.getName().endsWith(".class")) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    try (InputStream bytes = in.getInputStream(entry)) {
                        bytes.transferTo(out);
                    }
                }
            }
        }
        return jar;
    }

    private static void unpackLibrary(Path folder) throws IOException {
        String name = System.mapLibraryName("sqlitejdbc");
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (InputStream library = CrashLab.class.getResourceAsStream(resource);
                OutputStream out = Files.newOutputStream(folder.resolve(name))) {
            if (library == null) {
                throw new IllegalStateException("no " + resource);
            }
            library.transferTo(out);
        }
    }

    // ------------------------------------------------------------ folders

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : FILES) {
            if (Files.exists(from.resolve(name))) {
                Files.copy(from.resolve(name), to.resolve(name));
            }
        }
    }

    static List<String> files() {
        return FILES;
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Path[] all = files.toArray(Path[]::new);
            Arrays.sort(all, Comparator.reverseOrder());
            for (Path file : all) {
                Files.delete(file);
            }
        }
    }
}
