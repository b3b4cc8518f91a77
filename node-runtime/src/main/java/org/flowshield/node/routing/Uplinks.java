package org.flowshield.node.routing;

/** This machine's ways to the world, apart from the tunnel. Any thread. */
@FunctionalInterface
public interface Uplinks {

    /** Differs whenever the default routes do; says nothing else. Empty if they can't be known. */
    String fingerprint();
}
