package org.flowshield.app.desk;

import org.flowshield.app.daemon.Failure;
import org.flowshield.app.daemon.FailureException;
import org.flowshield.app.threads.Work;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.wallet.Unlocking;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.desk.wallet.WalletState;
import org.flowshield.node.wallet.keystore.Password;

/** Makes of what a desk does a job of the app's, and of its trouble a failure. Stateless. */
public final class DeskWork {

    private DeskWork() {}

    /** Something that a desk does. */
    @FunctionalInterface
    public interface Task<T> {
        T run() throws DeskException, InterruptedException;
    }

    /** As {@link Work} takes it. */
    public static <T> Work.Job<T> job(Task<T> task) {
        return () -> {
            try {
                return task.run();
            } catch (DeskException e) {
                throw new FailureException(failure(e), e);
            }
        };
    }

    /** Unlocks a wallet for a while; wipes the password whatever comes of it. */
    public static Task<WalletState.Unlocked> unlock(WalletDesk wallet, Password password) {
        return () -> {
            try (password;
                    Unlocking unlocking = wallet.beginUnlock(WalletDesk.USUAL_IDLE)) {
                return unlocking.unlock(password);
            }
        };
    }

    /** What a screen shows of it. */
    public static Failure failure(DeskException e) {
        Failure.Kind kind =
                switch (e.kind()) {
                    case NO_DAEMON -> Failure.Kind.NO_DAEMON;
                    case INVALID, REFUSED, FAILED, PERMISSION -> Failure.Kind.REFUSED;
                };
        return new Failure(kind, e.problem());
    }
}
