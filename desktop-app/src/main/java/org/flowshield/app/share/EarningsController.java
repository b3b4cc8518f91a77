package org.flowshield.app.share;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.flowshield.app.screen.Context;
import org.flowshield.app.threads.Work;
import org.flowshield.node.api.NodeStatus;
import org.jspecify.annotations.Nullable;

/**
 * Asks what each day has brought: again whenever the status tells of money that came in since, as
 * long as somebody looks on. For the FX thread.
 */
final class EarningsController {

    /**
     * Faster than that nobody reads sums, and the daemon goes through its sessions for each answer.
     */
    static final Duration COUNTED_EVERY = Duration.ofSeconds(5);

    private final ShareModel model;
    private final Context context;

    /** What the status said when it was asked last; null: it said nothing. */
    private @Nullable Income counted;

    private @Nullable Instant countedAt;
    private boolean counting;

    EarningsController(ShareModel model, Context context) {
        this.model = model;
        this.context = context;
    }

    /** A second is over. */
    void tick() {
        Income now = income();
        if (now != null && !now.equals(counted) && !counting && isTime()) {
            count();
        }
    }

    private @Nullable Income income() {
        NodeStatus status = model.status().get();
        return status == null
                ? null
                : Income.of(status, LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC));
    }

    /** A clock that was put back makes nobody wait for it. */
    private boolean isTime() {
        Instant before = countedAt;
        if (before == null) {
            return true;
        }
        Duration since = Duration.between(before, context.clock().instant());
        return since.isNegative() || since.compareTo(COUNTED_EVERY) >= 0;
    }

    /** Asks now. What fails is not asked for again before there is news. */
    void count() {
        counted = income();
        countedAt = context.clock().instant();
        counting = true;
        Work.Running _ =
                context.work()
                        .start(
                                "earnings",
                                () -> context.daemon().earnings(ShareController.DAYS),
                                earnings -> {
                                    counting = false;
                                    model.earnings().set(earnings);
                                },
                                failure -> {
                                    counting = false;
                                    model.failure().set(failure);
                                });
    }
}
