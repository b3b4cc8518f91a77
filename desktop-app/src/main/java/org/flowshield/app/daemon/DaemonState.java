package org.flowshield.app.daemon;

import org.flowshield.node.api.NodeStatus;

/** What is known of the daemon. Immutable. */
public sealed interface DaemonState {

    /** Nobody has been asked yet. */
    record Unknown() implements DaemonState {}

    /**
     * Nobody answers.
     *
     * @param why for people
     */
    record Away(Reason reason, String why) implements DaemonState {}

    /** It answers, and that is how it is. */
    record Live(NodeStatus status) implements DaemonState {}

    /** Why nobody answers. */
    enum Reason {
        /** There is no socket: it was never started, or serves elsewhere. */
        NOT_RUNNING,
        /** It died, or hangs. */
        STOPPED,
        /** It answers, and not to this person. */
        NOT_ALLOWED
    }
}
