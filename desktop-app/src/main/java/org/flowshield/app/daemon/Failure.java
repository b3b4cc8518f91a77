package org.flowshield.app.daemon;

import org.flowshield.node.api.Problem;

/**
 * Why something was not done. Immutable.
 *
 * @param kind who said no
 * @param problem its code for translators, and what was said in English
 */
public record Failure(Kind kind, Problem problem) {

    /** Who said no, which decides on how it is shown. */
    public enum Kind {
        /** Nobody answers: the whole app shows that. */
        NO_DAEMON,
        /** The daemon or the chain does not do what it was asked to. */
        REFUSED,
        /** The app itself is broken. */
        BROKEN
    }

    /** A bug of the app. */
    public static Failure broken(Throwable cause) {
        return new Failure(
                Kind.BROKEN,
                new Problem(
                        "app_broken",
                        "the app made a mistake: " + cause.getClass().getSimpleName(),
                        "try it again; what went wrong is in the app's log"));
    }
}
