package org.flowshield.node.tunnel.credit;

import java.io.IOException;

/** A session can't go on because of what it costs. */
public final class BillEndedException extends IOException {

    private final String code;
    private final boolean inOrder;

    /**
     * Says why.
     *
     * @param code for programs, like {@code deposit_used_up}
     * @param message for people
     * @param inOrder whether somebody just asked for the end
     */
    public BillEndedException(String code, String message, boolean inOrder) {
        super(message);
        this.code = code;
        this.inOrder = inOrder;
    }

    public String code() {
        return code;
    }

    public boolean inOrder() {
        return inOrder;
    }
}
