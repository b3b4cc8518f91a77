package org.flowshield.node.cli.wallet;

import java.nio.file.Path;
import java.util.Objects;
import org.flowshield.contracts.network.Network;
import org.flowshield.node.cli.FlowShield;
import org.flowshield.node.desk.local.DeskSettings;
import org.flowshield.node.desk.local.LocalDesk;
import org.flowshield.node.desk.wallet.AgentStarter;
import org.flowshield.node.wallet.keystore.Derivation;
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

    /** Its directory. */
    public Path folder() {
        return folder == null
                ? DeskSettings.usualWallet(
                        System.getenv(),
                        Path.of(Objects.requireNonNull(System.getProperty("user.home"))))
                : folder;
    }

    /**
     * A desk with it; the caller closes it.
     *
     * @param daemon the socket of the daemon, where it has a part
     * @param network null where no chain is asked
     */
    public LocalDesk desk(Path daemon, @Nullable Network network) {
        return LocalDesk.open(
                new DeskSettings(
                        folder(),
                        daemon,
                        network,
                        AgentStarter.byOwnJava(FlowShield.class.getName()),
                        Derivation.HERE));
    }
}
