package org.flowshield.node.ledger.sqlite;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.LedgerException.Reason;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a failure of SQLite or of the file system means for money, in plain words. */
final class Failures {

    /** SQLite's extended codes carry the plain one in their lowest byte. */
    private static final int PRIMARY = 0xff;

    /** Below this there is no room for a batch of vouchers and SQLite's own pages. */
    private static final long NO_SPACE = 1 << 20;

    private static final String NOTHING = "; nothing was acknowledged";

    private Failures() {}

    /** The failure of SQLite that led to an exception, if one did. */
    static @Nullable SQLException sqlIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    static boolean isDamage(SQLException failure) {
        SQLiteErrorCode code = primary(failure);
        return code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB;
    }

    private static SQLiteErrorCode primary(SQLException failure) {
        int code =
                failure instanceof SQLiteException sqlite
                        ? sqlite.getResultCode().code
                        : failure.getErrorCode();
        return SQLiteErrorCode.getErrorCode(code & PRIMARY);
    }

    static LedgerException of(SQLException failure, Path file) {
        return switch (primary(failure)) {
            case SQLITE_FULL -> full(file, failure);
            case SQLITE_READONLY -> readOnly(file, failure);
            case SQLITE_CORRUPT, SQLITE_NOTADB -> damaged(file, failure);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                    new LedgerException(
                            Reason.IN_USE,
                            "another program has the ledger " + file + " open" + NOTHING,
                            "close the program that looks into it",
                            failure);
            case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH -> noPermission(file, failure);
            default -> failed(file, failure);
        };
    }

    static LedgerException ofFile(IOException failure, Path file) {
        if (failure instanceof AccessDeniedException) {
            return noPermission(file, failure);
        }
        String message = String.valueOf(failure.getMessage());
        if (message.contains("Read-only file system")) {
            return readOnly(file, failure);
        }
        return isFull(message, file) ? full(file, failure) : failed(file, failure);
    }

    private static boolean isFull(String message, Path file) {
        return message.contains("No space left")
                || message.contains("Disk quota exceeded")
                || file.toFile().getUsableSpace() < NO_SPACE;
    }

    private static LedgerException full(Path file, Throwable cause) {
        return new LedgerException(
                Reason.DISK_FULL,
                "the disk is full, the ledger " + file + " can't be written to" + NOTHING,
                "make room on the disk; paid sessions can begin again then",
                cause);
    }

    private static LedgerException readOnly(Path file, Throwable cause) {
        return new LedgerException(
                Reason.READ_ONLY,
                "the ledger " + file + " is on a file system that can't be written to" + NOTHING,
                "mount it writable, check the disk's health, and start the daemon again",
                cause);
    }

    private static LedgerException noPermission(Path file, Throwable cause) {
        return new LedgerException(
                Reason.NO_PERMISSION,
                "the ledger " + file + " can't be opened by this user",
                "run the daemon as the user that the data directory belongs to",
                cause);
    }

    private static LedgerException failed(Path file, Throwable cause) {
        return new LedgerException(
                Reason.DISK_FAILED,
                "the disk failed under the ledger " + file + ": " + cause.getMessage() + NOTHING,
                "check the disk's health, then start the daemon again: it checks what it finds",
                cause);
    }

    private static LedgerException damaged(Path file, Throwable cause) {
        return new LedgerException(
                Reason.DAMAGED,
                "the ledger " + file + " is damaged: " + cause.getMessage() + NOTHING,
                "start the daemon again: it says what is wrong, and where",
                cause);
    }
}
