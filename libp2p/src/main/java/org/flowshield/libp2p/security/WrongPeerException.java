package org.flowshield.libp2p.security;

import java.io.IOException;
import org.flowshield.libp2p.peer.PeerId;

/** The peer that answered proved an identity other than the one that was dialled. */
public final class WrongPeerException extends IOException {

    private final transient PeerId expected;
    private final transient PeerId actual;

    public WrongPeerException(PeerId expected, PeerId actual) {
        super("expected peer " + expected + " but " + actual + " answered; no data was exchanged");
        this.expected = expected;
        this.actual = actual;
    }

    public PeerId expected() {
        return expected;
    }

    public PeerId actual() {
        return actual;
    }
}
