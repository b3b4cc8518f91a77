package org.flowshield.libp2p;

import java.io.IOException;
import java.security.SecureRandom;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.security.noise.NoiseTransport;

/** Two real hosts on loopback, secured by Noise; one listens. */
public final class LoopbackHosts implements AutoCloseable {

    private static final SecureRandom RANDOM = new SecureRandom();

    public final PrivateKey diallerKey = PrivateKey.generate(RANDOM);
    public final PrivateKey listenerKey = PrivateKey.generate(RANDOM);
    public final Host dialler;
    public final Host listener;

    /** What is given here is served by the listener. */
    public LoopbackHosts(ProtocolBinding... served) throws IOException {
        dialler = new HostBuilder(diallerKey).security(noise(diallerKey)).build();
        try {
            HostBuilder builder =
                    new HostBuilder(listenerKey)
                            .security(noise(listenerKey))
                            .listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"));
            for (ProtocolBinding binding : served) {
                builder.protocol(binding);
            }
            listener = builder.build();
        } catch (IOException e) {
            dialler.close();
            throw e;
        } catch (MalformedMultiaddrException e) {
            throw new AssertionError(e);
        }
    }

    private static NoiseTransport noise(PrivateKey key) {
        return new NoiseTransport(key, RANDOM);
    }

    public Connection connect() throws IOException {
        return dialler.connect(listenAddress().withPeer(listener.peerId()));
    }

    public Multiaddr listenAddress() {
        return listener.listenAddresses().getFirst();
    }

    @Override
    public void close() {
        dialler.close();
        listener.close();
        diallerKey.close();
        listenerKey.close();
    }
}
