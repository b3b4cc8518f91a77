package org.flowshield.app.transaction;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.collections.ObservableList;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.desk.DeskWork;
import org.flowshield.app.secret.SecretBuffer;
import org.flowshield.app.threads.Ui;
import org.flowshield.app.threads.Work;
import org.flowshield.app.transaction.TransactionModel.Stage;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.transaction.Plan;
import org.flowshield.node.desk.transaction.Proposal;
import org.flowshield.node.desk.transaction.Step;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.desk.wallet.WalletState;

/**
 * The person's side of one thing at a time that is signed. A plan is agreed to once: what it named
 * is signed without another question, anything else is asked for. Its methods are for the FX
 * thread; the desk talks to it from a thread of its own.
 */
public final class TransactionController {

    /** The desk keeps the transaction's number that long for who reads and thinks. */
    private static final long PATIENCE_MINUTES = 15;

    /** What the desk says of a wallet that signs nothing before somebody unlocks it. */
    private static final String LOCKED = "wallet_locked";

    private final TransactionModel model;
    private final WalletDesk wallet;
    private final Work work;
    private final Ui ui;
    private Consumer<Ending> done = _ -> {};
    private Talk talk = new Talk(Wei.ZERO);

    /** What is done, from its beginning. */
    private Runnable begin = () -> {};

    public TransactionController(TransactionModel model, WalletDesk wallet, Work work, Ui ui) {
        this.model = model;
        this.wallet = wallet;
        this.work = work;
        this.ui = ui;
    }

    /** What a desk does, talking with the person. */
    @FunctionalInterface
    public interface Task {
        Ending run(Conversation conversation) throws DeskException, InterruptedException;
    }

    /** Begins, unless something else is not over yet. */
    public void start(Purpose purpose, Task task, Consumer<Ending> then) {
        start(purpose, Wei.ZERO, task, then);
    }

    /**
     * Begins something that may take several steps.
     *
     * @param most that each of its transactions may cost without another question
     * @param then told when it is known what came of it
     */
    public void start(Purpose purpose, Wei most, Task task, Consumer<Ending> then) {
        if (isBusy()) {
            return;
        }
        model.purpose().set(purpose);
        model.signed().set(null);
        done = then;
        begin = () -> begin(most, task);
        begin.run();
    }

    private void begin(Wei most, Task task) {
        model.clear();
        model.stage().set(Stage.PREPARING);
        Talk own = new Talk(most);
        talk = own;
        Work.Running _ =
                work.start(
                        "transaction",
                        DeskWork.job(
                                () -> {
                                    requireUnlocked();
                                    return task.run(own);
                                }),
                        ending -> ended(own, ending),
                        failure -> failed(own, failure));
    }

    /** Before the chain is asked for something that can't be signed. */
    private void requireUnlocked() throws DeskException {
        if (wallet.state() instanceof WalletState.Locked) {
            throw DeskException.of(
                    DeskException.Kind.REFUSED, LOCKED, "the wallet is locked", "unlock it");
        }
    }

    /**
     * Unlocks the wallet and begins anew; wipes what was typed when that went well. A person who
     * has gone back meanwhile has unlocked it, and begins nothing.
     */
    void unlock(SecretBuffer typed) {
        if (model.unlocking().get()) {
            return;
        }
        model.failure().set(null);
        model.unlocking().set(true);
        Work.Running _ =
                work.start(
                        "transaction-unlock",
                        DeskWork.job(DeskWork.unlock(wallet, typed.password())),
                        _ -> {
                            model.unlocking().set(false);
                            typed.clear();
                            if (isLocked()) {
                                begin.run();
                            }
                        },
                        failure -> {
                            model.unlocking().set(false);
                            if (isLocked()) {
                                model.failure().set(failure);
                            }
                        });
    }

    private boolean isLocked() {
        return model.stage().get() == Stage.LOCKED;
    }

    /** The page is left: what is signed goes on, a password that is half typed does not stay. */
    public void hidden() {
        if (isLocked()) {
            close();
        }
    }

    /** Whether something is not over yet. */
    public boolean isBusy() {
        return switch (model.stage().get()) {
            case PREPARING, LOCKED, PLAN, PROPOSAL, WORKING -> true;
            case IDLE, ENDED, FAILED -> false;
        };
    }

    /** What each transaction of a plan may cost without another question. */
    Wei most() {
        return talk.most;
    }

    /** Signs what is shown; a second time does nothing. */
    void agree() {
        if (model.answered().get()) {
            return;
        }
        model.answered().set(true);
        model.stage().set(Stage.WORKING);
        talk.answer(true);
    }

    /** Nothing is signed. */
    void decline() {
        if (!model.answered().get()) {
            model.answered().set(true);
            talk.answer(false);
        }
    }

    /** Back to where the person came from; what is on its way goes on. */
    void close() {
        switch (model.stage().get()) {
            case PLAN, PROPOSAL -> decline();
            case LOCKED, ENDED, FAILED -> model.stage().set(Stage.IDLE);
            case IDLE, PREPARING, WORKING -> {}
        }
    }

    private void ended(Talk own, Ending ending) {
        if (own != talk) {
            return;
        }
        model.ending().set(ending);
        model.stage().set(ending instanceof Ending.Declined ? Stage.IDLE : Stage.ENDED);
        done.accept(ending);
    }

    private void failed(Talk own, Failure failure) {
        if (own == talk) {
            boolean locked = failure.problem().code().equals(LOCKED);
            model.failure().set(locked ? null : failure);
            model.stage().set(locked ? Stage.LOCKED : Stage.FAILED);
            TransactionHash last = model.signed().get();
            if (last != null) {
                // It broke off on the way: whoever waits for its end looks again.
                done.accept(new Ending.NotKnown(last, failure.problem().message()));
            }
        }
    }

    /** What the desk talks to. Called by the desk's thread, answered by the FX thread. */
    private final class Talk implements Conversation {

        private final BlockingQueue<Boolean> answers = new ArrayBlockingQueue<>(1);
        private final Wei most;

        /** Both are the desk's thread's own. */
        private Plan agreed = new Plan("", java.util.List.of());

        private int signed;

        Talk(Wei most) {
            this.most = most;
        }

        /** A second answer to the same question has no room, and is none. */
        void answer(boolean yes) {
            boolean _ = answers.offer(yes);
        }

        @Override
        public boolean begins(Plan plan) {
            boolean yes =
                    ask(
                            () -> {
                                model.plan().set(plan);
                                model.stage().set(Stage.PLAN);
                            });
            if (yes) {
                agreed = plan;
            }
            return yes;
        }

        @Override
        public boolean agrees(Proposal proposal) {
            if (Covered.isNextIn(agreed, signed, proposal, most)) {
                signed++;
                return true;
            }
            boolean yes =
                    ask(
                            () -> {
                                model.proposal().set(proposal);
                                model.stage().set(Stage.PROPOSAL);
                            });
            if (yes) {
                signed++;
            }
            return yes;
        }

        private boolean ask(Runnable show) {
            ui.run(
                    () -> {
                        model.answered().set(false);
                        show.run();
                    });
            try {
                Boolean answer = answers.poll(PATIENCE_MINUTES, TimeUnit.MINUTES);
                return answer != null && answer;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** How deep it lies is one line that changes. */
        private void keep(Step step) {
            if (step instanceof Step.Signed(TransactionHash transaction)) {
                model.signed().set(transaction);
            }
            ObservableList<Step> steps = model.steps();
            if (step instanceof Step.Deeper
                    && !steps.isEmpty()
                    && steps.getLast() instanceof Step.Deeper) {
                steps.set(steps.size() - 1, step);
            } else {
                steps.add(step);
            }
        }

        @Override
        public void tell(Step step) {
            ui.run(() -> keep(step));
        }
    }
}
