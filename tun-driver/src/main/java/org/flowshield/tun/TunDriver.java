package org.flowshield.tun;

import java.util.List;

/**
 * Makes devices on one operating system; found by {@link java.util.ServiceLoader}. Stateless, any
 * thread.
 */
public interface TunDriver {

    /** True if this driver is for the system that runs this process. */
    boolean fitsThisSystem();

    /**
     * Makes one device with so many queues. The system spreads flows over the queues; the device
     * goes when the last queue is closed.
     *
     * @throws TunUnavailableException if it can't; nothing is left
     */
    List<Tun> open(TunSettings settings, int queues) throws TunUnavailableException;
}
