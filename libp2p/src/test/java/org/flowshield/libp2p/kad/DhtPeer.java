package org.flowshield.libp2p.kad;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.identify.AdvertisedAddresses;
import org.flowshield.libp2p.identify.Identify;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.ping.Ping;
import org.flowshield.libp2p.security.noise.NoiseTransport;

/** A node of a DHT on loopback: a real host with identify and a DHT. */
public final class DhtPeer implements AutoCloseable {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final PrivateKey key = PrivateKey.generate(RANDOM);
    public final Host host;
    public final Dht dht;

    public DhtPeer(DhtOptions options) throws IOException {
        host =
                new HostBuilder(key)
                        .security(new NoiseTransport(key, RANDOM))
                        .protocol(new Ping(RANDOM, System::nanoTime)) // js asks before it trusts
                        .build();
        AdvertisedAddresses advertised = AdvertisedAddresses.ofThisMachine();
        Identify identify =
                Identify.install(host, key, "flowshield-test/1", Clock.systemUTC(), advertised);
        dht = Dht.of(host, identify, advertised, options);
        try {
            if (options.server()) {
                host.listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"));
            }
        } catch (MalformedMultiaddrException e) {
            throw new AssertionError(e);
        }
    }

    public PeerId peer() {
        return host.peerId();
    }

    public Multiaddr address() {
        return host.listenAddresses().getFirst().withPeer(host.peerId());
    }

    public PeerInfo info() {
        return new PeerInfo(peer(), host.listenAddresses());
    }

    @Override
    public void close() {
        dht.close();
        host.close();
        key.close();
    }
}
