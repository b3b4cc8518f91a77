package org.flowshield.contracts.sending;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.chain.Chain;
import org.flowshield.contracts.chain.Head;
import org.flowshield.contracts.chain.Receipt;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.Rejection;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.jspecify.annotations.Nullable;

/**
 * Waits for one transaction. Used once, by one thread.
 *
 * <pre>
 *            handed in                 n blocks
 *   signed ------------> waiting ---> included ----> Confirmed, Reverted
 *                         ^  |  ^         |
 *              forgotten, |  |  +---------+ block no longer in the chain
 *              stuck      +--+
 *                            |
 *                            +--> Replaced (the number was used by another), Unknown (no patience)
 * </pre>
 */
final class Watch {

    /** A block of a receipt may be unknown for some looks: nodes answer side by side. */
    private static final int MAX_CONTRADICTIONS = 20;

    /** The number was used, yet no receipt is there: nodes may lag a few blocks behind. */
    private static final int BLOCKS_UNTIL_REPLACED = 3;

    /** The first looks come quickly: on test chains the block is there at once. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

    /** A quarter longer each time: a block is seen within a quarter of the time that it took. */
    private static final int SLOWER_NUMERATOR = 5;

    private static final int SLOWER_DENOMINATOR = 4;

    private final Chain chain;
    private final Sender sender;
    private final SenderSettings settings;
    private final Time time;
    private final Progress progress;

    /** All with the same number; the last is the one to be handed in again. */
    private final List<Sent> family = new ArrayList<>();

    private @Nullable Receipt included;

    /** Blocks that hold it, as last told. */
    private long depth;

    private @Nullable RpcException trouble;
    private @Nullable Rejection refused;
    private long waitingSinceBlock = -1;
    private long numberUsedSinceBlock = -1;
    private long earlierMissing = -1;
    private int looksSinceNumberUsed;
    private int contradictions;

    Watch(
            Chain chain,
            Sender sender,
            SenderSettings settings,
            Time time,
            Progress progress,
            List<Sent> family) {
        this.chain = chain;
        this.sender = sender;
        this.settings = settings;
        this.time = time;
        this.progress = progress;
        this.family.addAll(family);
    }

    Outcome run() throws RpcException, InterruptedException {
        long end = time.nanos() + settings.patience().toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            Optional<Outcome> outcome = look();
            if (outcome.isPresent()) {
                return outcome.get();
            }
            if (time.nanos() - end >= 0) {
                return unknown();
            }
            pause = min(pause, settings.poll());
            time.pause(pause);
            pause = pause.multipliedBy(SLOWER_NUMERATOR).dividedBy(SLOWER_DENOMINATOR);
        }
    }

    private Optional<Outcome> look() throws RpcException {
        try {
            Optional<Outcome> outcome = tryLook();
            trouble = null;
            return outcome;
        } catch (RpcException e) {
            if (!e.passes()) {
                throw e;
            }
            trouble = e;
            return Optional.empty();
        }
    }

    private Optional<Outcome> tryLook() throws RpcException {
        Head head = chain.head();
        for (Sent sent : family.reversed()) {
            Optional<Receipt> receipt = chain.receipt(sent.hash());
            if (receipt.isPresent()) {
                return found(sent, receipt.get(), head);
            }
        }
        return missing(head);
    }

    private Optional<Outcome> found(Sent sent, Receipt receipt, Head head) throws RpcException {
        Optional<Bytes32> canonical = chain.blockHash(receipt.block());
        if (!canonical.equals(Optional.of(receipt.blockHash()))) {
            return contradicted(sent);
        }
        contradictions = 0;
        Receipt before = included;
        if (before == null || !before.blockHash().equals(receipt.blockHash())) {
            if (before != null) {
                progress.happened(new Progress.Step.Reorganised(sent, before));
            }
            progress.happened(new Progress.Step.Included(sent, receipt));
            included = receipt;
        }
        long deep = head.number() - receipt.block() + 1;
        if (deep != depth) {
            depth = deep;
            progress.deeper(sent, deep);
        }
        if (deep < settings.confirmations()) {
            return Optional.empty();
        }
        return Optional.of(
                receipt.succeeded()
                        ? new Outcome.Confirmed(sent, receipt)
                        : new Outcome.Reverted(sent, receipt, why(sent, receipt)));
    }

    /** A receipt of a block that is not in the chain: a reorganisation seen halfway, or a lie. */
    private Optional<Outcome> contradicted(Sent sent) throws RpcException {
        contradictions++;
        if (contradictions > MAX_CONTRADICTIONS) {
            throw new RpcException(
                    RpcException.Kind.LYING,
                    "the RPC says that transaction "
                            + sent.hash()
                            + " is in a block that is not in its chain. Do not believe it about"
                            + " money; use another RPC");
        }
        return Optional.empty();
    }

    /** Asked where it happened; perhaps it does not fail alone, or the node forgot that block. */
    private Rejection why(Sent sent, Receipt receipt) throws RpcException {
        try {
            chain.ask(sent.from(), sent.call(), receipt.block());
        } catch (RejectedException e) {
            return e.rejection();
        } catch (RpcException e) {
            if (e.passes()) {
                throw e;
            }
        }
        return new Rejection(
                Rejection.Kind.OTHER,
                "the transaction was undone, only its gas was paid; the chain does not say why."
                        + " Look at your balance, then try again");
    }

    private Optional<Outcome> missing(Head head) throws RpcException {
        Sent last = family.getLast();
        Receipt before = included;
        if (before != null) {
            progress.happened(new Progress.Step.Reorganised(last, before));
            included = null;
            waitingSinceBlock = head.number();
        }
        if (waitingSinceBlock < 0) {
            waitingSinceBlock = head.number();
        }
        long next = chain.minedNonce(last.from());
        if (next > last.nonce()) {
            return numberUsed(last, head);
        }
        numberUsedSinceBlock = -1;
        tellOfEarlier(last, next);
        // Where it pays too little by now, nodes forget it and do not take it again.
        boolean taken = chain.knows(last.hash()) || resubmit(last);
        boolean stuck = head.number() - waitingSinceBlock >= settings.stuckAfterBlocks();
        boolean tooCheap = taken || isTooDear(refused);
        if (stuck && tooCheap && earlierMissing < 0) {
            reprice(last, head);
        }
        return Optional.empty();
    }

    private void tellOfEarlier(Sent last, long next) {
        long missing = next < last.nonce() ? next : -1;
        if (missing >= 0 && missing != earlierMissing) {
            progress.happened(new Progress.Step.EarlierMissing(last, missing));
        }
        earlierMissing = missing;
    }

    private static boolean isTooDear(@Nullable Rejection rejection) {
        return rejection != null && rejection.kind() == Rejection.Kind.TOO_DEAR;
    }

    private Optional<Outcome> numberUsed(Sent last, Head head) {
        if (numberUsedSinceBlock < 0) {
            numberUsedSinceBlock = head.number();
        }
        // A chain that makes no blocks while nothing happens gives no later block to wait for.
        boolean sure = head.number() - numberUsedSinceBlock >= BLOCKS_UNTIL_REPLACED;
        return sure || looksSinceNumberUsed++ >= MAX_CONTRADICTIONS
                ? Optional.of(new Outcome.Replaced(last))
                : Optional.empty();
    }

    private boolean resubmit(Sent last) throws RpcException {
        try {
            chain.submit(last.signed(), last.hash());
            progress.happened(new Progress.Step.Resubmitted(last));
            return true;
        } catch (RejectedException e) {
            refused = e.rejection();
            return false;
        }
    }

    private void reprice(Sent last, Head head) throws RpcException {
        waitingSinceBlock = head.number();
        try {
            Sent raised = sender.replace(last);
            family.add(raised);
            progress.happened(new Progress.Step.Repriced(last, raised));
        } catch (RejectedException e) {
            refused = e.rejection();
        }
    }

    private Outcome unknown() {
        Sent last = family.getLast();
        String message =
                "transaction "
                        + last.hash()
                        + " is neither done nor refused yet: it may still happen.";
        Rejection rejection = refused;
        if (earlierMissing >= 0) {
            message +=
                    " It has number "
                            + last.nonce()
                            + " and waits for the wallet's transaction number "
                            + earlierMissing
                            + ", which the chain does not have.";
        }
        if (trouble != null) {
            message += " The chain could not be asked: " + trouble.getMessage() + ".";
        } else if (rejection != null) {
            message += " Handing it in again was refused: " + rejection.message() + ".";
        }
        return new Outcome.Unknown(
                last, message + " Look again later before you send the same anew", trouble);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
