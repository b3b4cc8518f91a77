package org.flowshield.libp2p.security.tls;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.security.SecureTransport;
import org.flowshield.libp2p.security.SecureTransportContract;

final class BoringSslToJdkIT extends SecureTransportContract {

    @Override
    protected SecureTransport dialling(PrivateKey host) {
        return new TlsTransport(
                host, new SecureRandom(), InstantSource.system(), TlsProvider.BORINGSSL);
    }

    @Override
    protected SecureTransport listening(PrivateKey host) {
        return new TlsTransport(host, new SecureRandom(), InstantSource.system(), TlsProvider.JDK);
    }
}
