package org.flowshield.node.provider.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time zone of the machine, asked for anew each time: the runtime remembers the one that it
 * began in, and a laptop travels. Immutable; safe for use by any thread.
 */
public final class MachineZone implements Supplier<ZoneId> {

    private static final Logger LOG = LoggerFactory.getLogger(MachineZone.class);

    /** Leads to the zone's file, on Linux and macOS. */
    private static final Path LOCAL_TIME = Path.of("/etc/localtime");

    private static final String ZONES = "/zoneinfo/";

    private final Path link;
    private final boolean fixed;

    /**
     * @param environment a zone in it is this process's own, wherever the machine is
     */
    MachineZone(Path link, Map<String, String> environment) {
        this.link = link;
        this.fixed = environment.containsKey("TZ");
    }

    public static MachineZone ofSystem() {
        return new MachineZone(LOCAL_TIME, System.getenv());
    }

    @Override
    public ZoneId get() {
        if (!fixed && Files.isSymbolicLink(link)) {
            try {
                String target = Files.readSymbolicLink(link).toString();
                int at = target.lastIndexOf(ZONES);
                if (at >= 0) {
                    return ZoneId.of(target.substring(at + ZONES.length()));
                }
            } catch (IOException | DateTimeException e) {
                LOG.debug("{} names no zone: the runtime's is taken", link, e);
            }
        }
        return ZoneId.systemDefault();
    }
}
