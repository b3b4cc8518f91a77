package org.flowshield.node.api.network;

import java.util.List;
import java.util.regex.Pattern;
import org.flowshield.node.api.network.MalformedWayException.Reason;

/**
 * A node to begin with among peers, as its multiaddr is written: where it is, and in {@code
 * /p2p/ID} who it is. Whether all of it can be dialled is for who dials. Immutable.
 */
public record BootstrapNode(String multiaddr) {

    /** One that answers is enough; a network file has as many for all its people. */
    public static final int MAX_NODES = 16;

    /** A name of 253 letters and all that stands around it. */
    private static final int MAX_CHARS = 512;

    private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");

    /** Without commas, which stand between several, and without what files read otherwise. */
    private static final Pattern MULTIADDR =
            Pattern.compile("/(?:ip4|ip6|dns|dns4|dns6|dnsaddr)/[!-~&&[^,\\\\]]+");

    private static final Pattern PEER = Pattern.compile(".+/p2p/[1-9A-Za-z]{30,128}");

    /**
     * @throws IllegalArgumentException if it does not say who it is
     */
    public BootstrapNode {
        if (!PEER.matcher(multiaddr).matches()) {
            throw new IllegalArgumentException("a bootstrap node's address ends in /p2p/ID");
        }
    }

    /**
     * Reads a multiaddr.
     *
     * @throws MalformedWayException if it is none, or says only where the node is
     */
    public static BootstrapNode parse(String text) throws MalformedWayException {
        if (text.length() > MAX_CHARS
                || MalformedWayException.mayBeUrl(text)
                || !MULTIADDR.matcher(text).matches()) {
            throw new MalformedWayException(
                    Reason.NOT_A_MULTIADDR,
                    MalformedWayException.shown(text)
                            + " is not a multiaddr such as /ip4/192.0.2.1/tcp/4001/p2p/ID");
        }
        if (!PEER.matcher(text).matches()) {
            throw new MalformedWayException(
                    Reason.NO_PEER, MalformedWayException.shown(text) + " does not end in /p2p/ID");
        }
        return new BootstrapNode(text);
    }

    /**
     * Reads several with commas, spaces or new lines between them.
     *
     * @throws MalformedWayException for the first that is wrong, one that is named twice, or more
     *     than {@link #MAX_NODES}
     */
    public static List<BootstrapNode> parseAll(String text) throws MalformedWayException {
        return Ways.parse(BETWEEN, text, BootstrapNode::parse, BootstrapNode::of);
    }

    /** The same several, if they can be chosen together. */
    static List<BootstrapNode> of(List<BootstrapNode> nodes) throws MalformedWayException {
        return Ways.distinct(nodes, MAX_NODES, "bootstrap nodes can be named");
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return multiaddr;
    }
}
