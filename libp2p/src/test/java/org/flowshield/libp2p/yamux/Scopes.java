package org.flowshield.libp2p.yamux;

import java.net.InetAddress;
import java.security.SecureRandom;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.resource.Admission;
import org.flowshield.libp2p.resource.ConnectionScope;
import org.flowshield.libp2p.resource.Limit;
import org.flowshield.libp2p.resource.LimitReachedException;
import org.flowshield.libp2p.resource.Limits;

/** Connections of a host whose limits are no concern of the test. */
final class Scopes {

    private static final PeerId PEER =
            PeerId.of(PrivateKey.generate(new SecureRandom()).publicKey());

    /** More than a session allows by itself. */
    private static final long MANY = 100_000;

    private Scopes() {}

    static ConnectionScope open() {
        Limits limits =
                Limits.DEFAULT
                        .with(Limit.STREAMS_PER_CONNECTION, MANY)
                        .with(Limit.STREAMS_PER_PEER, MANY)
                        .with(Limit.STREAMS_NEGOTIATING, MANY)
                        .with(Limit.STREAMS_NEGOTIATING_PER_CONNECTION, MANY);
        return open(new Admission(limits, System::nanoTime));
    }

    static ConnectionScope open(Admission admission) {
        try {
            ConnectionScope scope = admission.dial(InetAddress.getLoopbackAddress());
            scope.authenticated(PEER);
            return scope;
        } catch (LimitReachedException e) {
            throw new AssertionError(e);
        }
    }
}
