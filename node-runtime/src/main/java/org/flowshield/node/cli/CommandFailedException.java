package org.flowshield.node.cli;

import org.flowshield.node.api.RefusedException;

/**
 * Ends a command with a message for people and a code for programs. {@link FlowShield} prints it
 * and exits with its status.
 */
public final class CommandFailedException extends Exception {

    private final ExitStatus status;
    private final String code;
    private final String action;

    /**
     * @param code short and stable, in snake case, for programs
     * @param message what happened and what it means
     * @param action what the user can do about it
     */
    public CommandFailedException(ExitStatus status, String code, String message, String action) {
        super(message);
        this.status = status;
        this.code = code;
        this.action = action;
    }

    /** The same with the failure that led to it. */
    public CommandFailedException(
            ExitStatus status, String code, String message, String action, Throwable cause) {
        this(status, code, message, action);
        initCause(cause);
    }

    /** What a node refused, for the shell. */
    public static CommandFailedException of(RefusedException refused) {
        return new CommandFailedException(
                switch (refused.kind()) {
                    case INVALID -> ExitStatus.USAGE;
                    case REFUSED -> ExitStatus.REFUSED;
                    case FAILED -> ExitStatus.FAILED;
                    case PERMISSION -> ExitStatus.PERMISSION;
                },
                refused.problem().code(),
                refused.problem().message(),
                refused.problem().action(),
                refused);
    }

    public ExitStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** Never null: every failure was given its message. */
    @Override
    public String getMessage() {
        return java.util.Objects.requireNonNull(super.getMessage());
    }

    public String action() {
        return action;
    }
}
