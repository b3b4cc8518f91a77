package org.flowshield.app.service;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.threads.Work;
import org.jspecify.annotations.Nullable;

/**
 * Lets an administrator install the service from a page, and looks for it at once when that is
 * done. For the FX thread.
 */
public final class Installing {

    private final ServiceSetup setup;
    private final Daemon daemon;
    private final Work work;
    private final BooleanProperty busy;
    private final ObjectProperty<@Nullable Failure> failure;

    /**
     * @param busy of the page: while it is at something, nothing else begins
     * @param failure of the page, where it tells why it was not done
     */
    public Installing(
            ServiceSetup setup,
            Daemon daemon,
            Work work,
            BooleanProperty busy,
            ObjectProperty<@Nullable Failure> failure) {
        this.setup = setup;
        this.daemon = daemon;
        this.work = work;
        this.busy = busy;
        this.failure = failure;
    }

    /** Begins, unless the page is at something. */
    public void begin() {
        if (busy.get()) {
            return;
        }
        busy.set(true);
        failure.set(null);
        Work.Running _ =
                work.start(
                        "service-install",
                        () -> {
                            setup.install();
                            return true;
                        },
                        _ -> {
                            busy.set(false);
                            daemon.retryNow();
                        },
                        why -> {
                            busy.set(false);
                            failure.set(why);
                        });
    }
}
