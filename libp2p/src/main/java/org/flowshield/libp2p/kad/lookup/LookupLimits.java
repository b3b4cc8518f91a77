package org.flowshield.libp2p.kad.lookup;

import java.time.Duration;

/**
 * The bounds of one search.
 *
 * @param paths how many ways the search goes; no peer is asked on more than one
 * @param width how many of the nearest peers must have answered on each way
 * @param parallel requests under way at a time, of all ways together
 * @param queries requests in all, the answered and the others
 * @param perNetwork peers of one /24 or /48 that count
 * @param answerTime for a peer to be dialled and to answer
 */
public record LookupLimits(
        int paths, int width, int parallel, int queries, int perNetwork, Duration answerTime) {

    /**
     * Three ways of ten make thirty peers where Kademlia's k asks for twenty: who wants to surround
     * a key needs thirty identities that are nearer to it than all others, in ten networks. Ten
     * requests at a time and ten seconds for each are go-libp2p-kad-dht's numbers. The bound of all
     * requests leaves room for many that are not answered.
     */
    public static final LookupLimits DEFAULT =
            new LookupLimits(3, 10, 10, 250, 3, Duration.ofSeconds(10));

    public LookupLimits {
        if (paths < 1 || width < 1 || parallel < 1 || queries < 1 || perNetwork < 1) {
            throw new IllegalArgumentException("a search that may ask nobody");
        }
    }

    /** As many of a network as there are: for networks of one operator, and for laboratories. */
    public LookupLimits withoutDiversity() {
        return new LookupLimits(paths, width, parallel, queries, Integer.MAX_VALUE, answerTime);
    }

    /** How many peers a search finds at most, and on how many a value is kept. */
    public int replicas() {
        return paths * width;
    }
}
