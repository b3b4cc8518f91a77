package org.flowshield.node.dns;

/**
 * What a forwarder has done so far. Immutable.
 *
 * @param asked questions that came from sessions
 * @param answered of them by a resolver
 * @param failed of them that no resolver answered
 * @param malformed messages
 * @param overLimit questions beyond what one session or all may have open
 * @param strangers messages that came from no session
 * @param inFlight questions that wait for an answer now
 */
public record DnsCounters(
        long asked,
        long answered,
        long failed,
        long malformed,
        long overLimit,
        long strangers,
        int inFlight) {}
