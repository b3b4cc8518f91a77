package org.flowshield.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.flowshield.node.api.client.NodeClient;

/**
 * Where the app finds what it works with, from its options and the environment. Immutable.
 *
 * @param socket of the daemon
 * @param settings what the person has chosen for the app
 * @param wallet folder of the wallet, the same that the command line takes
 * @param network the network file; empty: none was named
 * @param runtime folder of what is needed while it runs: of the person alone
 * @param log the app's own
 */
record Places(
        Path socket, Path settings, Path wallet, Optional<Path> network, Path runtime, Path log) {

    private static final String FOLDER = "flowshield";

    /**
     * @param options of the command line, name to value
     * @param environment the process's
     * @param home the person's folder
     */
    static Places of(Map<String, String> options, Map<String, String> environment, Path home) {
        Path config = base(environment, "XDG_CONFIG_HOME", home.resolve(".config"));
        Path data = base(environment, "XDG_DATA_HOME", home.resolve(".local/share"));
        return new Places(
                path(options, "--socket").orElseGet(() -> NodeClient.usualSocket(environment)),
                path(options, "--settings").orElse(config.resolve("app.json")),
                path(options, "--wallet")
                        .or(() -> path(environment, "FLOWSHIELD_WALLET"))
                        .orElse(data.resolve("wallet")),
                path(options, "--network").or(() -> path(environment, "FLOWSHIELD_NETWORK")),
                base(environment, "XDG_RUNTIME_DIR", home.resolve(".config")),
                base(environment, "XDG_STATE_HOME", home.resolve(".local/state"))
                        .resolve("app.log"));
    }

    /** Which RPCs the service was given, for the app's own desks. */
    Path rpcs() {
        return settings.resolveSibling("chain.rpcs");
    }

    /** The XDG specification says that relative paths are ignored. */
    private static Path base(Map<String, String> environment, String variable, Path usual) {
        return Optional.ofNullable(environment.get(variable))
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElse(usual)
                .resolve(FOLDER);
    }

    private static Optional<Path> path(Map<String, String> from, String name) {
        return Optional.ofNullable(from.get(name)).map(Path::of);
    }
}
