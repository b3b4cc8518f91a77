package org.flowshield.node.cli.money;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who carries what a wallet without gas signs. An argument group of each verb that can be. */
public final class CarryOptions {

    @Option(
            names = "--without-gas",
            required = true,
            description =
                    "Sign orders that a provider carries to the chain, for a fee in FLOW: for a"
                            + " wallet without gas.")
    private boolean withoutGas;

    @Option(
            names = "--via",
            paramLabel = "PEER|MULTIADDR",
            description =
                    "Who carries them (default: a provider that this machine's daemon finds).")
    private @Nullable String via;

    /** Whether to be carried at all. */
    public boolean isCarried() {
        return withoutGas;
    }

    /** Who was named; null if nobody was. */
    public @Nullable String via() {
        return via;
    }
}
