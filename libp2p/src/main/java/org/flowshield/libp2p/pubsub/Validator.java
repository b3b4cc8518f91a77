package org.flowshield.libp2p.pubsub;

import org.flowshield.libp2p.pubsub.mesh.Verdict;

/**
 * What the application thinks of a topic's messages. Called on virtual threads, several at a time;
 * may block. The signature has been verified before. Without a verdict within 30 seconds a message
 * is ignored.
 */
@FunctionalInterface
public interface Validator {

    /** Accepts whatever is signed. */
    Validator ANY = message -> Verdict.ACCEPT;

    Verdict validate(ReceivedMessage message) throws InterruptedException;
}
