package org.flowshield.libp2p.security.noise;

import java.security.SecureRandom;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.security.SecureTransport;
import org.flowshield.libp2p.security.SecureTransportContract;

final class NoiseTransportIT extends SecureTransportContract {

    @Override
    protected SecureTransport dialling(PrivateKey host) {
        return new NoiseTransport(host, new SecureRandom());
    }

    @Override
    protected SecureTransport listening(PrivateKey host) {
        return new NoiseTransport(host, new SecureRandom());
    }
}
