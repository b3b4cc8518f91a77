package org.flowshield.node.routing.linux;

import java.util.List;
import org.flowshield.node.restore.Change;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.restore.MachineException;

/**
 * What strict reverse path filtering needs: it drops a packet whose sender would not be reached
 * through the interface it came by, and without its mark that is the tunnel for the packets of our
 * own sockets too. So the mark is remembered with the connection and given back to what comes in.
 *
 * @param needed false where the filter is off or loose: then nothing is changed
 */
record ReversePath(boolean needed, String before) {

    private static final String STRICT = "1";
    private static final String MARK_COUNTS = "ipv4/conf/all/src_valid_mark";
    private static final Change.NftTable TABLE = new Change.NftTable("ip", "flowshield_client");

    static ReversePath of(Machine machine) throws MachineException {
        boolean strict = false;
        for (String device : machine.settings("ipv4/conf")) {
            strict |=
                    machine.setting("ipv4/conf/" + device + "/rp_filter")
                            .filter(STRICT::equals)
                            .isPresent();
        }
        return new ReversePath(strict, machine.setting(MARK_COUNTS).orElse(STRICT));
    }

    List<Change> changes() {
        if (!needed) {
            return List.of();
        }
        return before.equals(STRICT)
                ? List.of(TABLE)
                : List.of(TABLE, new Change.Setting(MARK_COUNTS, before, STRICT));
    }

    void open(Machine machine) throws MachineException {
        if (!needed) {
            return;
        }
        machine.run(List.of("nft", "-f", "-"), ruleset());
        machine.set(MARK_COUNTS, STRICT);
    }

    private static String ruleset() {
        return """
        table %1$s %2$s {
            chain out {
                type filter hook postrouting priority mangle; policy accept;
                meta mark %3$d ct mark set meta mark
            }
            chain in {
                type filter hook prerouting priority mangle; policy accept;
                ct mark %3$d meta mark set ct mark
            }
        }
        """
                .formatted(TABLE.family(), TABLE.name(), PolicyRoutes.MARK);
    }
}
