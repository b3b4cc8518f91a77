package org.flowshield.node.desk.local;

import java.nio.file.Path;
import java.util.Optional;
import org.flowshield.contracts.network.Network;
import org.flowshield.node.desk.wallet.AgentStarter;
import org.flowshield.node.wallet.keystore.Derivation;
import org.jspecify.annotations.Nullable;

/**
 * What a desk works with. Immutable.
 *
 * @param wallet its directory, whether there is one or is to be
 * @param daemon the socket of this machine's daemon
 * @param network null if none was chosen: then only the wallet's life and the daemon's part are to
 *     be had
 * @param agent starts the process that holds the keys
 * @param derivation where keys are made of passwords
 */
public record DeskSettings(
        Path wallet,
        Path daemon,
        @Nullable Network network,
        AgentStarter agent,
        Derivation derivation) {

    /**
     * Where a wallet is unless somebody says otherwise, by the XDG base directory specification.
     *
     * @param environment of this process
     */
    public static Path usualWallet(java.util.Map<String, String> environment, Path home) {
        return Optional.ofNullable(environment.get("FLOWSHIELD_WALLET"))
                .filter(chosen -> !chosen.isEmpty())
                .map(Path::of)
                .orElseGet(
                        () -> {
                            String data = environment.get("XDG_DATA_HOME");
                            Path base =
                                    data == null || !data.startsWith("/")
                                            ? home.resolve(".local").resolve("share")
                                            : Path.of(data);
                            return base.resolve("flowshield").resolve("wallet");
                        });
    }
}
