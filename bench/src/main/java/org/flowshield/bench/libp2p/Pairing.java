package org.flowshield.bench.libp2p;

/**
 * One thing that is measured: the dialler sends to the listener.
 *
 * @param streams how many at once; they share the bytes
 */
record Pairing(Security security, int streams, Stack dialler, Stack listener) {

    /** What stands in the table and in JSON. */
    String flow() {
        return dialler + " -> " + listener;
    }
}
