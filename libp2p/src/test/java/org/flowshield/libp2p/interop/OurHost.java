package org.flowshield.libp2p.interop;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.identify.AdvertisedAddresses;
import org.flowshield.libp2p.identify.Identify;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.perf.Perf;
import org.flowshield.libp2p.ping.Ping;
import org.flowshield.libp2p.security.SecureTransport;
import org.flowshield.libp2p.security.noise.NoiseTransport;
import org.flowshield.libp2p.security.tls.TlsTransport;

/** A host of ours on loopback that speaks one security protocol and serves everything tested. */
final class OurHost implements AutoCloseable {

    static final String AGENT = "flowshield-test/1";

    private final PrivateKey key = PrivateKey.generate(new SecureRandom());
    private final Host host;
    final InteropProtocols served = new InteropProtocols();
    final Identify identify;
    final Ping ping = new Ping(new SecureRandom(), System::nanoTime);
    final Perf perf = new Perf(Duration.ofSeconds(30), System::nanoTime);

    OurHost(String security) throws IOException {
        SecureTransport transport =
                switch (security) {
                    case "tls" -> new TlsTransport(key, new SecureRandom(), Clock.systemUTC());
                    case "noise" -> new NoiseTransport(key, new SecureRandom());
                    default -> throw new IllegalArgumentException(security);
                };
        host =
                new HostBuilder(key)
                        .security(transport)
                        .protocol(ping)
                        .protocol(perf)
                        .listen(multiaddr("/ip4/127.0.0.1/tcp/0"))
                        .build();
        served.serveOn(host);
        identify =
                Identify.install(
                        host, key, AGENT, Clock.systemUTC(), AdvertisedAddresses.ofThisMachine());
    }

    Host host() {
        return host;
    }

    /** Where to dial this host, with its id. */
    Multiaddr address() {
        return host.listenAddresses().getFirst().withPeer(host.peerId());
    }

    static Multiaddr multiaddr(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (MalformedMultiaddrException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        host.close();
        key.close();
    }
}
