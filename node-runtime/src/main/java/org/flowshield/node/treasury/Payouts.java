package org.flowshield.node.treasury;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.sending.Time;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.payment.Settlement;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.SettlementRecord;
import org.flowshield.node.settlement.ClaimPolicy.Occasion;
import org.flowshield.node.settlement.Round;
import org.flowshield.node.settlement.Settler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redeems what was earned: when somebody asks, and by itself as a matter of course, on a virtual
 * thread of its own. Any thread may ask.
 */
final class Payouts implements AutoCloseable {

    /** A payer who leaves has to give a day; a few minutes of it are nothing. */
    private static final Duration EVERY = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(Payouts.class);

    private final Settler settler;
    private final Runnable changed;
    private final Thread routine = Thread.ofVirtual().name("settlement").unstarted(this::run);

    /** Of the routine's thread: what it has warned of. */
    private String warned = "";

    Payouts(Settler settler, Runnable changed) {
        this.settler = settler;
        this.changed = changed;
    }

    /** Begins to redeem as a matter of course. */
    void start() {
        routine.start();
    }

    List<Settlement> settle() throws RefusedException, LedgerException, InterruptedException {
        Round round = settler.settle(Occasion.ASKED);
        Optional<String> problem = round.problem();
        if (problem.isPresent()) {
            int done = round.settlements().size();
            throw new RefusedException(
                    Kind.FAILED,
                    new Problem(
                            "not_settled",
                            (done == 0 ? "nothing was settled: " : done + " were settled, then: ")
                                    + problem.orElseThrow(),
                            "the vouchers are safe; see 'flowshield status' and settle again"));
        }
        return settlements(round);
    }

    private static List<Settlement> settlements(Round round) {
        List<Settlement> all = new ArrayList<>();
        for (SettlementRecord record : round.settlements()) {
            for (SettlementRecord.Part part : record.parts()) {
                all.add(
                        new Settlement(
                                part.channel(),
                                part.moved(),
                                record.transaction().hash(),
                                switch (record.state()) {
                                    case SIGNED -> Settlement.State.SENT;
                                    case CONFIRMED -> Settlement.State.SETTLED;
                                    case REVERTED, DROPPED -> Settlement.State.FAILED;
                                },
                                problem(record)));
            }
        }
        return all;
    }

    private static @Nullable Problem problem(SettlementRecord record) {
        return switch (record.state()) {
            case SIGNED, CONFIRMED -> null;
            case REVERTED, DROPPED ->
                    new Problem(
                            "not_settled",
                            record.detail() + "; the vouchers are as good as before",
                            "settle again");
        };
    }

    private void run() {
        try {
            settler.run(EVERY, Time.SYSTEM, this::told);
        } catch (InterruptedException e) {
            LOG.debug("nothing is redeemed by itself any more");
        } catch (LedgerException e) {
            LOG.error("nothing is redeemed by itself any more: {}; {}", e.getMessage(), e.action());
        }
    }

    private void told(Round round) {
        for (Settlement settlement : settlements(round)) {
            LOG.info(
                    "channel {}: {} {}",
                    settlement.channel(),
                    settlement.amount(),
                    settlement.state());
        }
        String problem = round.problem().orElse("");
        if (!problem.isEmpty() && !problem.equals(warned)) {
            LOG.warn("not all that was earned is redeemed yet: {}", problem);
        }
        warned = problem;
        changed.run();
    }

    @Override
    public void close() {
        routine.interrupt();
    }
}
