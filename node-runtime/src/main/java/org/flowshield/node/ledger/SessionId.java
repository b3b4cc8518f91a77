package org.flowshield.node.ledger;

/**
 * Which session of this ledger. Immutable.
 *
 * @param value counted from 1
 */
public record SessionId(long value) {

    public SessionId {
        if (value < 1) {
            throw new IllegalArgumentException("no session: " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
