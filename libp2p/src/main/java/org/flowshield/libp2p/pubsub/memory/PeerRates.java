package org.flowshield.libp2p.pubsub.memory;

/**
 * What one peer may ask of us, before anything is verified, and what one author may say, after its
 * signature was. Immutable.
 *
 * @param unitsPerSecond each message, each control entry and each hundred ids is one unit
 * @param unitBurst units at once
 * @param bytesPerSecond of all RPCs
 * @param byteBurst bytes at once
 * @param authoredPerSecond messages of one author, whoever brings them
 * @param authoredBurst such messages at once
 */
public record PeerRates(
        double unitsPerSecond,
        double unitBurst,
        double bytesPerSecond,
        double byteBurst,
        double authoredPerSecond,
        double authoredBurst) {

    /**
     * A thousand providers with a heartbeat every ten seconds make 100 messages in a second, and in
     * the worst case all come by one peer.
     */
    public static final PeerRates DEFAULT =
            new PeerRates(500, 2_000, 4 * 1024 * 1024, 8 * 1024 * 1024, 100, 500);

    public PeerRates {
        if (!(unitsPerSecond > 0 && bytesPerSecond > 0 && authoredPerSecond > 0)) {
            throw new IllegalArgumentException("a rate is more than nothing");
        }
    }
}
