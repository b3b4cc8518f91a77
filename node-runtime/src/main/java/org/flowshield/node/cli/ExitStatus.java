package org.flowshield.node.cli;

/** How a command ended, as the shell sees it. */
public enum ExitStatus {
    OK(0),
    /** It was tried and did not succeed. */
    FAILED(1),
    /** The command line is wrong. */
    USAGE(2),
    /** No daemon answers. */
    NO_DAEMON(3),
    /** The daemon or the peer refused. */
    REFUSED(4),
    /** The user lacks a right. */
    PERMISSION(5);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
