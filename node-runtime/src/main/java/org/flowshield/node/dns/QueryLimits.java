package org.flowshield.node.dns;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** How many questions wait for an answer: of each asker, and of all. One thread. */
final class QueryLimits {

    /** A socket each: some thousands are what a process may open. */
    static final int MOST = 1024;

    /** A browser that opens many pages at once asks some dozens. */
    static final int MOST_OF_ONE = 64;

    private final Map<InetAddress, Integer> open = new HashMap<>();
    private int all;

    /** False if there are too many. */
    boolean begin(InetAddress asker) {
        int own = open.getOrDefault(asker, 0);
        if (all >= MOST || own >= MOST_OF_ONE) {
            return false;
        }
        open.put(asker, own + 1);
        all++;
        return true;
    }

    void end(InetAddress asker) {
        int own = open.getOrDefault(asker, 0);
        if (own == 0) {
            throw new IllegalStateException("more ends than begins");
        }
        if (own == 1) {
            open.remove(asker);
        } else {
            open.put(asker, own - 1);
        }
        all--;
    }

    int all() {
        return all;
    }
}
