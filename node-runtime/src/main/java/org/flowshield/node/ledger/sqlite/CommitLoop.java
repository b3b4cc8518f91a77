package org.flowshield.node.ledger.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.LedgerException.Reason;
import org.flowshield.node.ledger.sqlite.VoucherLog.Anchor;
import org.flowshield.node.ledger.sqlite.VoucherRow.Head;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that reads and writes the database. All that waits is done in one transaction,
 * whose flush all share: first of the database, then of the log of vouchers, and only then is
 * anybody answered. So the log is never ahead of a sound database.
 *
 * <p>What fails on the way fails for all of the batch. After a failed flush nobody knows what the
 * disk holds: then the loop does nothing more, and a restart finds out.
 */
final class CommitLoop implements AutoCloseable {

    /** As many as wait while a slow disk flushes once; who comes later waits to be queued. */
    private static final int QUEUE = 1024;

    /** Bounds how long the first of a batch waits for the last. */
    private static final int BATCH = 256;

    /** Something to do in a transaction. It throws IllegalArgumentException before it writes. */
    @FunctionalInterface
    interface Work<T> {
        T in(Transaction transaction);
    }

    private static final class Request<T> {
        private final Work<T> work;
        private final CompletableFuture<T> done = new CompletableFuture<>();
        private @Nullable T result;
        private boolean refused;

        Request(Work<T> work) {
            this.work = work;
        }

        void run(Transaction transaction) {
            try {
                result = work.in(transaction);
            } catch (IllegalArgumentException e) {
                refused = true;
                done.completeExceptionally(e);
            }
        }

        @SuppressWarnings("NullAway") // work gave it
        void answer() {
            if (!refused) {
                done.complete(result);
            }
        }
    }

    /** What is done together. Used by the loop's thread. */
    final class Transaction {
        private final List<Slot> slots = new ArrayList<>();
        private final List<Runnable> effects = new ArrayList<>();
        private Head head = CommitLoop.this.head;
        private boolean changed;

        Tables tables() {
            return tables;
        }

        Head head() {
            return head;
        }

        /** Something was written. */
        void changed() {
            changed = true;
        }

        /** Adds a voucher to the chain. */
        void add(Slot slot) {
            tables.add(slot.row());
            slots.add(slot);
            head = slot.row().head();
            changed = true;
        }

        /** Something to do once the database has it. */
        void then(Runnable effect) {
            effects.add(effect);
        }
    }

    private final Database database;
    private final Tables tables;
    private final VoucherLog log;
    private final Path file;
    private final BlockingQueue<Request<?>> requests = new ArrayBlockingQueue<>(QUEUE);
    private final Thread thread;

    /** What the database holds and the log does not yet: there was no room for it. */
    private final List<Slot> unlogged = new ArrayList<>();

    private Head head;
    private long changes;
    private boolean logBehind;

    /** Why nothing more is done. */
    private volatile @Nullable LedgerException stopped;

    private volatile boolean closing;

    CommitLoop(Database database, VoucherLog log, Path file) {
        this.database = database;
        this.tables = database.tables();
        this.log = log;
        this.file = file;
        this.head = tables.head();
        this.changes = tables.changes();
        this.thread = Thread.ofPlatform().name("ledger").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Waits until the work is done and on the disk. */
    <T> T call(Work<T> work) throws LedgerException {
        Request<T> request = new Request<>(work);
        put(request);
        try {
            return request.done.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case LedgerException failure -> throw copy(failure);
                case IllegalArgumentException refusal ->
                        throw new IllegalArgumentException(refusal.getMessage(), refusal);
                case null, default -> throw e;
            }
        }
    }

    /** Throws if nothing can be acknowledged any more. */
    void requireWorking() throws LedgerException {
        LedgerException reason = stopped;
        if (reason != null) {
            throw copy(reason);
        }
    }

    /** One for each thread that it is told to. */
    private static LedgerException copy(LedgerException failure) {
        return new LedgerException(
                failure.reason(), String.valueOf(failure.getMessage()), failure.action(), failure);
    }

    private void put(Request<?> request) throws LedgerException {
        boolean interrupted = false;
        try {
            while (true) {
                requireWorking();
                try {
                    requests.put(request);
                    break;
                } catch (InterruptedException e) {
                    interrupted =
                            true; // the disk answers in bounded time, whoever is asked to stop
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (stopped != null) {
            failAllQueued();
        }
    }

    // ------------------------------------------------------------ the loop's thread

    private void run() {
        List<Request<?>> batch = new ArrayList<>(BATCH);
        try {
            while (stopped == null) {
                batch.add(requests.take());
                requests.drainTo(batch, BATCH - 1);
                commit(batch);
                batch.clear();
                if (closing && requests.isEmpty()) {
                    stopped = closed();
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the ledger", e);
        } finally {
            if (stopped == null) {
                stopped = closed();
            }
            failAllQueued();
        }
    }

    private LedgerException closed() {
        return new LedgerException(
                Reason.CLOSED,
                "the ledger " + file + " is closed: the daemon is stopping",
                "start the daemon again");
    }

    private void commit(List<Request<?>> batch) {
        try {
            attempt(batch);
            batch.forEach(Request::answer);
        } catch (LedgerException e) {
            if (e.reason() != Reason.DISK_FULL) {
                stopped = e;
            }
            batch.forEach(request -> request.done.completeExceptionally(e));
        } catch (RuntimeException | Error e) {
            stopped =
                    new LedgerException(
                            Reason.DISK_FAILED,
                            "the ledger " + file + " stopped because of a fault in the program",
                            "report this, and start the daemon again",
                            e);
            batch.forEach(request -> request.done.completeExceptionally(e));
        }
    }

    private void attempt(List<Request<?>> batch) throws LedgerException {
        catchUp();
        Transaction transaction = new Transaction();
        try {
            database.begin();
            batch.forEach(request -> request.run(transaction));
            if (transaction.changed) {
                tables.setChanges(changes + 1);
            }
            database.commit();
        } catch (SQLException | RuntimeException e) {
            throw rolledBack(e);
        }
        if (transaction.changed) {
            changes++;
            head = transaction.head;
            unlogged.addAll(transaction.slots);
            logBehind = true;
        }
        transaction.effects.forEach(Runnable::run);
        catchUp();
    }

    private LedgerException rolledBack(Exception failure) {
        database.rollback();
        if (failure instanceof DamageException damage) {
            return new LedgerException(
                    Reason.DAMAGED,
                    damage.what() + " (" + damage.where() + ")",
                    "start the daemon again: it says what is wrong, and what can be done",
                    damage);
        }
        SQLException sql = Failures.sqlIn(failure);
        if (sql != null) {
            return Failures.of(sql, file);
        }
        throw failure instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException(failure);
    }

    /** Brings the log to where the database is, on the disk. */
    private void catchUp() throws LedgerException {
        if (!logBehind) {
            return;
        }
        try {
            log.write(unlogged);
            log.write(new Anchor(changes, head.seq()));
        } catch (IOException e) {
            throw Failures.ofFile(e, log.file());
        }
        try {
            log.flush();
        } catch (IOException e) {
            throw new LedgerException(
                    Reason.DISK_FAILED,
                    "the disk failed to write the ledger " + log.file() + ": " + e.getMessage(),
                    "check the disk's health, then start the daemon again: it checks what it finds",
                    e);
        }
        unlogged.clear();
        logBehind = false;
    }

    private void failAllQueued() {
        Optional.ofNullable(stopped)
                .ifPresent(
                        reason -> {
                            List<Request<?>> left = new ArrayList<>();
                            requests.drainTo(left);
                            left.forEach(request -> request.done.completeExceptionally(reason));
                        });
    }

    /** Does what was asked for before, then stops. Idempotent. */
    @Override
    public void close() {
        closing = true;
        try {
            call(_ -> true);
        } catch (LedgerException e) {
            // it has stopped already
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
