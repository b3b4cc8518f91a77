package org.flowshield.node.ledger.sqlite;

import java.util.Objects;

/** What is read is not what was written. */
final class DamageException extends RuntimeException {

    private final String where;

    DamageException(String what, String where) {
        super(what);
        this.where = where;
    }

    DamageException(String what, String where, Throwable cause) {
        super(what, cause);
        this.where = where;
    }

    String what() {
        return Objects.requireNonNull(getMessage());
    }

    /** File, and row or offset. */
    String where() {
        return where;
    }
}
