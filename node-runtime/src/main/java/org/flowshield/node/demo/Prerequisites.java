package org.flowshield.node.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What the demo needs of the machine, and how it gets what is missing. */
public final class Prerequisites {

    /** Programs and the Debian packages that hold them. */
    private static final Map<String, String> PACKAGES =
            new TreeMap<>(Map.of("ip", "iproute2", "nft", "nftables", "ping", "iputils-ping"));

    private static final List<Path> FOLDERS =
            List.of(Path.of("/usr/sbin"), Path.of("/sbin"), Path.of("/usr/bin"), Path.of("/bin"));

    /** A slow mirror; the packages have less than 3 MB. */
    private static final long INSTALL_WITHIN_MINUTES = 5;

    private Prerequisites() {}

    /** The Debian packages of programs that are not here, sorted. */
    public static List<String> missingPackages() {
        List<String> missing = new ArrayList<>();
        PACKAGES.forEach(
                (program, debianPackage) -> {
                    if (FOLDERS.stream().noneMatch(f -> Files.isExecutable(f.resolve(program)))) {
                        missing.add(debianPackage);
                    }
                });
        missing.sort(null);
        return missing;
    }

    /** True if this process may make namespaces, devices and rules. */
    public static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
                    && uid == 0;
        } catch (IOException | UnsupportedOperationException e) {
            return false; // no Linux: no namespaces either
        }
    }

    /**
     * Installs packages by apt-get.
     *
     * @throws IOException if it can't; the message has the last of what apt-get said
     */
    public static void install(List<String> packages, Consumer<String> progress)
            throws IOException, InterruptedException {
        progress.accept("installing what is missing: " + String.join(" ", packages));
        List<String> install =
                new ArrayList<>(
                        List.of("apt-get", "install", "-y", "-q", "--no-install-recommends"));
        install.addAll(packages);
        run(List.of("apt-get", "update", "-q"));
        run(install);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("flowshield-setup", ".log");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile());
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
            Process process = builder.start();
            if (!process.waitFor(INSTALL_WITHIN_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + " did not end in time");
            }
            if (process.exitValue() != 0) {
                List<String> said = Files.readAllLines(log, StandardCharsets.UTF_8);
                throw new IOException(
                        "'%s' failed: %s"
                                .formatted(
                                        String.join(" ", command),
                                        said.isEmpty() ? "" : said.getLast()));
            }
        } finally {
            Files.deleteIfExists(log);
        }
    }
}
