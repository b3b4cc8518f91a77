package org.flowshield.libp2p.kad.exchange;

/** A peer asked for something that this node does not do; its stream is reset. */
public final class RequestRefusedException extends Exception {

    RequestRefusedException(String message) {
        super(message);
    }
}
