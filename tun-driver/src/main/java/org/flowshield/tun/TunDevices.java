package org.flowshield.tun;

import java.util.List;
import java.util.ServiceLoader;

/** Opens devices with the driver of the system that runs this process. Stateless, any thread. */
public final class TunDevices {

    /** More queues than one device has use for: it is one for each lane, and lanes are few. */
    public static final int MAX_QUEUES = 16;

    private TunDevices() {}

    /**
     * Makes a device and brings it up.
     *
     * @throws TunUnavailableException if it can't; nothing is left
     */
    public static Tun open(TunSettings settings) throws TunUnavailableException {
        return openQueues(settings, 1).getFirst();
    }

    /**
     * Makes a device that several threads read, each by its own queue. The device goes when the
     * last queue is closed.
     *
     * @throws TunUnavailableException if it can't; nothing is left
     */
    public static List<Tun> openQueues(TunSettings settings, int queues)
            throws TunUnavailableException {
        if (queues < 1 || queues > MAX_QUEUES) {
            throw new IllegalArgumentException("a device has 1 to " + MAX_QUEUES + " queues");
        }
        for (TunDriver driver : ServiceLoader.load(TunDriver.class)) {
            if (driver.fitsThisSystem()) {
                return driver.open(settings, queues);
            }
        }
        throw new TunUnavailableException(
                TunUnavailableException.Reason.UNSUPPORTED_SYSTEM,
                "There is no driver for TUN devices on this system ("
                        + System.getProperty("os.name")
                        + ", "
                        + System.getProperty("os.arch")
                        + "). Nothing was changed. Use 64-bit Linux, Windows or macOS.");
    }
}
