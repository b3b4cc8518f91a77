package org.flowshield.bench.udp;

/**
 * What became of a stream of datagrams; times in nanoseconds. Immutable.
 *
 * @param droppedAtDoor of those that did not come, those that reached the receiver's machine and
 *     found its socket full
 */
record UdpResult(
        long sent,
        long received,
        long reordered,
        long droppedAtDoor,
        long median,
        long p99,
        long worst) {

    /** Lost on the way, in percent. */
    double loss() {
        return 100.0 * (sent - received - droppedAtDoor) / sent;
    }
}
