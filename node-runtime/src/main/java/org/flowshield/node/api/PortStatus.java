package org.flowshield.node.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A port that the router at home is asked to pass on. Immutable.
 *
 * @param port where this machine listens
 * @param address outside of the router that leads here by its word; null: it does not pass it on
 * @param protocol by which the router was asked; null: it does not pass it on
 * @param until when the router forgets it unless it is asked again, which happens in time; null: it
 *     does not pass it on, or until it is taken back
 * @param problem why it is not passed on, or of no use; null: nothing is wrong
 */
public record PortStatus(
        int port,
        State state,
        @Nullable String address,
        @Nullable String protocol,
        @Nullable Instant until,
        @Nullable String problem) {

    /** How it stands. */
    public enum State {
        /** The router is being asked for the first time. */
        ASKING,
        /** The router passes it on. */
        MAPPED,
        /** It does not; it is asked again. */
        FAILED
    }
}
