package org.flowshield.libp2p.pubsub.mesh;

/** What the application thinks of a message. */
public enum Verdict {
    /** Good: delivered here and passed on. */
    ACCEPT,
    /** Of no use here, but nobody's fault: neither delivered nor passed on. */
    IGNORE,
    /** Bad: whoever passes such on is to blame. */
    REJECT
}
