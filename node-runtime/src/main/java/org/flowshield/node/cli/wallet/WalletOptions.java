package org.flowshield.node.cli.wallet;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.keystore.ScryptCost;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which wallet a verb is about. A mixin of each such verb. */
public final class WalletOptions {

    @Option(
            names = "--wallet",
            paramLabel = "DIR",
            description =
                    "Directory of the wallet (default: $$FLOWSHIELD_WALLET, else"
                            + " ~/.local/share/flowshield/wallet).")
    private @Nullable Path folder;

    /** The wallet, whether it is there or not. */
    public Wallet wallet() {
        return Wallet.at(
                folder == null ? usual() : folder,
                ScryptCost.STANDARD,
                Clock.systemUTC(),
                new SecureRandom());
    }

    /** By the XDG base directory specification. */
    private static Path usual() {
        String chosen = System.getenv("FLOWSHIELD_WALLET");
        if (chosen != null && !chosen.isEmpty()) {
            return Path.of(chosen);
        }
        String data = System.getenv("XDG_DATA_HOME");
        Path base =
                data == null || !data.startsWith("/")
                        ? Path.of(
                                Objects.requireNonNull(System.getProperty("user.home")),
                                ".local",
                                "share")
                        : Path.of(data);
        return base.resolve("flowshield").resolve("wallet");
    }
}
