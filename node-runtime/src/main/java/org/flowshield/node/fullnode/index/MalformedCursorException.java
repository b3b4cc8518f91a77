package org.flowshield.node.fullnode.index;

/** What claims to be a page's cursor is none of this order. */
public final class MalformedCursorException extends Exception {

    MalformedCursorException() {
        super("the cursor is of no page in this order: begin without one");
    }
}
