package org.flowshield.node.desk.transaction;

import org.jspecify.annotations.Nullable;

/** Who pays the gas of what a wallet does. Immutable. */
public sealed interface Carriage {

    /** The wallet does. */
    Carriage OWN = new Own();

    /** The wallet does. */
    record Own() implements Carriage {}

    /**
     * A provider carries the order and is repaid in FLOW.
     *
     * @param relayer its multiaddr
     */
    record Relayed(String relayer) implements Carriage {}

    /**
     * The relayer does where the wallet has no gas, else the wallet.
     *
     * @param relayer its multiaddr; null if the daemon is to be asked for one
     */
    record Automatic(@Nullable String relayer) implements Carriage {}
}
