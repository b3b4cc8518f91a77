package org.flowshield.node.desk;

import java.util.Objects;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;

/**
 * Something was not done: says what happened, what it means and what would help. Unless the message
 * says otherwise, nothing was signed and no money moved; what became of a signed transaction is
 * never told by this but by an {@link org.flowshield.node.desk.transaction.Ending}.
 */
public final class DeskException extends Exception {

    /** Of what kind it is, for whoever shows it or makes an exit code of it. */
    public enum Kind {
        /** What was asked for makes no sense as it is. */
        INVALID,
        /** It makes sense, but not now, or not here. */
        REFUSED,
        /** It was tried and did not succeed. */
        FAILED,
        /** A right is missing. */
        PERMISSION,
        /** No daemon answers, and a part of it is the daemon's. */
        NO_DAEMON
    }

    private final Kind kind;
    private final Problem problem;

    public DeskException(Kind kind, Problem problem) {
        super(problem.message());
        this.kind = kind;
        this.problem = problem;
    }

    /** The same with the failure that led to it. */
    public DeskException(Kind kind, Problem problem, Throwable cause) {
        this(kind, problem);
        initCause(cause);
    }

    /**
     * Made of its parts.
     *
     * @param code short and stable, in snake case, for programs
     * @param message what happened and what it means
     * @param action what the person can do about it
     */
    public static DeskException of(Kind kind, String code, String message, String action) {
        return new DeskException(kind, new Problem(code, message, action));
    }

    /** What a node or a wallet refused. */
    public static DeskException of(RefusedException refused) {
        return new DeskException(
                switch (refused.kind()) {
                    case INVALID -> Kind.INVALID;
                    case REFUSED -> Kind.REFUSED;
                    case FAILED -> Kind.FAILED;
                    case PERMISSION -> Kind.PERMISSION;
                },
                refused.problem(),
                refused);
    }

    public Kind kind() {
        return kind;
    }

    /** Code, message and action. */
    public Problem problem() {
        return problem;
    }

    /** Never null: every problem has its message. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
