package org.flowshield.libp2p.host;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.security.SecureTransport;
import org.flowshield.libp2p.security.noise.NoiseTransport;
import org.flowshield.libp2p.security.tls.TlsTransport;

/** Two hosts on loopback; one listens. */
final class HostPair implements AutoCloseable {

    /** What the two speak below their streams. */
    enum Security {
        PLAINTEXT,
        NOISE,
        TLS;

        SecureTransport transport(PrivateKey key) {
            return switch (this) {
                case PLAINTEXT -> new PlaintextTransport(key.publicKey());
                case TLS -> new TlsTransport(key, new SecureRandom(), InstantSource.system());
                case NOISE -> new NoiseTransport(key, new SecureRandom());
            };
        }
    }

    final PrivateKey dialKey = PrivateKey.generate(new SecureRandom());
    final PrivateKey listenKey = PrivateKey.generate(new SecureRandom());
    final Host dialler;
    final Host listener;

    HostPair(Security security, boolean epoll) throws IOException {
        this(security, epoll, builder -> {});
    }

    HostPair(Security security, boolean epoll, Consumer<HostBuilder> setup) throws IOException {
        HostBuilder dial = new HostBuilder(dialKey).security(security.transport(dialKey));
        HostBuilder listen =
                new HostBuilder(listenKey)
                        .security(security.transport(listenKey))
                        .listen(loopback())
                        .protocol(new Echo());
        if (!epoll) {
            dial.withoutEpoll();
            listen.withoutEpoll();
        }
        setup.accept(dial);
        setup.accept(listen);
        dialler = dial.build();
        listener = listen.build();
    }

    static Multiaddr loopback() {
        return parse("/ip4/127.0.0.1/tcp/0");
    }

    static Multiaddr parse(String address) {
        try {
            return Multiaddr.parse(address);
        } catch (MalformedMultiaddrException e) {
            throw new AssertionError(e);
        }
    }

    Multiaddr address() {
        return listener.listenAddresses().getFirst().withPeer(listener.peerId());
    }

    Connection connect() throws IOException {
        return dialler.connect(address());
    }

    @Override
    public void close() {
        dialler.close();
        listener.close();
    }
}
