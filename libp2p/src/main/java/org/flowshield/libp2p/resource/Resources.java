package org.flowshield.libp2p.resource;

import java.time.Duration;
import java.util.List;

/** What a host shows of its limits, and how somebody is shut out. Any thread. */
public interface Resources {

    /**
     * All limits, in the order of {@link Limit}. Counted while others go on: no instant's truth.
     */
    List<Usage> usage();

    /**
     * Refuses connections with the target from now on and closes those there are, but not those
     * that were detached: they are their owners'. A longer ban replaces a shorter one.
     *
     * @param duration more than nothing
     */
    void ban(BanTarget target, Duration duration);

    /** Ends a ban before its time; false if there is none. */
    boolean unban(BanTarget target);

    /** The bans that have not ended. */
    List<Ban> bans();
}
