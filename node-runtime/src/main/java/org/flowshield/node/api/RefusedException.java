package org.flowshield.node.api;

import java.util.Objects;

/** A node does not do what it was asked to; says why and what would help. */
public final class RefusedException extends Exception {

    /** Decides on the HTTP status and on the exit code of the command line. */
    public enum Kind {
        /** The request makes no sense as it is. */
        INVALID,
        /** It makes sense, but not now, or not here. */
        REFUSED,
        /** It was tried and did not succeed. */
        FAILED,
        /** Who asks, or the node itself, lacks a right. */
        PERMISSION
    }

    private final Kind kind;
    private final Problem problem;

    public RefusedException(Kind kind, Problem problem) {
        super(problem.message());
        this.kind = kind;
        this.problem = problem;
    }

    /** The same with the failure that led to it. */
    public RefusedException(Kind kind, Problem problem, Throwable cause) {
        this(kind, problem);
        initCause(cause);
    }

    public Kind kind() {
        return kind;
    }

    public Problem problem() {
        return problem;
    }

    /** Never null: every problem has its message. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
