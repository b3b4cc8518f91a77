package org.flowshield.node.cli;

import org.flowshield.contracts.chain.RpcException;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.desk.DeskException;

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

    /** What a desk refused or could not do, for the shell: what to do about it, by its verbs. */
    public static CommandFailedException of(DeskException failed) {
        return new CommandFailedException(
                switch (failed.kind()) {
                    case INVALID -> ExitStatus.USAGE;
                    case REFUSED -> ExitStatus.REFUSED;
                    case FAILED -> ExitStatus.FAILED;
                    case PERMISSION -> ExitStatus.PERMISSION;
                    case NO_DAEMON -> ExitStatus.NO_DAEMON;
                },
                failed.problem().code(),
                failed.problem().message(),
                action(failed),
                failed);
    }

    private static String action(DeskException failed) {
        if (failed.getCause() instanceof RpcException rpc) {
            return rpc.passes()
                    ? "try again in a moment, or another way to the chain: --rpc URL"
                    : "another way to the chain: --rpc URL, or another network file";
        }
        return switch (failed.problem().code()) {
            case "bad_accounts" -> "say how many with --accounts N";
            case "bad_idle" -> "say how many with --idle MINUTES";
            case "no_daemon" ->
                    failed.getCause() instanceof NoDaemonException missing
                                    && missing.reason() == NoDaemonException.Reason.SILENT
                            ? failed.problem().action()
                            : "start it: sudo flowshield daemon; if it runs elsewhere, say --data"
                                    + " or --socket";
            case "too_little_memory" -> "JDK_JAVA_OPTIONS=-Xmx400m flowshield wallet ...";
            case "wallet_exists" -> "use it, or name another directory with --wallet DIR";
            case "wallet_locked" -> "flowshield wallet unlock";
            default -> failed.problem().action();
        };
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
