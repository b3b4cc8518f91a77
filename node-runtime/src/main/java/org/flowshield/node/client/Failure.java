package org.flowshield.node.client;

import java.io.IOException;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.role.NodeFailure;

/** Why something did not come about, as a value. Immutable. */
record Failure(RefusedException.Kind kind, Problem problem) {

    static final Failure CANCELLED =
            refused(
                    "cancelled",
                    "connecting was given up because somebody asked to disconnect",
                    "connect again if that was not you");

    static final Failure SUPERSEDED =
            refused(
                    "superseded",
                    "this was given up because a newer request to connect came",
                    "look at the status to see whom it connects to");

    static final Failure STOPPED =
            refused(
                    "stopped",
                    "the client role was switched off",
                    "switch it on: flowshield role enable client");

    static final Failure RESTARTED =
            refused(
                    "restarted",
                    "the service was ended without disconnecting and runs again; traffic has stayed"
                            + " blocked",
                    "connect again, or disconnect to let traffic out; names are not asked for"
                            + " meanwhile, so who needs one to connect disconnects first");

    static final Failure TOO_SLOW =
            new Failure(
                    RefusedException.Kind.FAILED,
                    new Problem(
                            "timeout",
                            "the provider did not complete a session within %d s"
                                    .formatted(ClientMachine.ATTEMPT_WITHIN.toSeconds()),
                            "check the connection, or choose another provider"));

    private static Failure refused(String code, String message, String action) {
        return new Failure(RefusedException.Kind.REFUSED, new Problem(code, message, action));
    }

    static Failure of(IOException cause) {
        RefusedException refused = NodeFailure.of(cause);
        return new Failure(refused.kind(), refused.problem());
    }

    /** A mistake in the program, which must not leave who asked without an answer. */
    static Failure of(RuntimeException bug) {
        return new Failure(
                RefusedException.Kind.FAILED,
                new Problem(
                        "internal",
                        "a mistake in the program ended the session: " + bug,
                        "report it; the log has the details"));
    }

    RefusedException toException() {
        return new RefusedException(kind, problem);
    }
}
