package org.flowshield.node.tunnel;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.security.SecureTransport;
import org.flowshield.libp2p.security.noise.NoiseTransport;
import org.flowshield.libp2p.security.tls.TlsTransport;
import org.flowshield.libp2p.transport.DialOptions;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.node.tunnel.path.PathCounters;
import org.flowshield.node.tunnel.path.PathLimits;
import org.flowshield.node.tunnel.path.ProviderPath;
import org.flowshield.tun.MemoryTun;
import org.flowshield.tun.Offloads;

/** A provider on loopback whose device is in memory, and clients of the same kind. */
final class TestProvider implements AutoCloseable {

    static final int MTU = 1420;
    private static final int SESSIONS = 40;
    private static final int QUEUE = 1024 * 1024;

    /** What protects the connections. */
    enum Security {
        TLS,
        NOISE
    }

    /** A client with a key of its own. */
    record Client(Host host, MemoryTun.Pair device, TunnelClient tunnel) implements AutoCloseable {

        Grant grant() {
            return tunnel.welcome().grant();
        }

        @Override
        public void close() {
            tunnel.close();
            host.close();
            device.close();
        }
    }

    private record Unwatched() implements ProviderService.Watcher {
        @Override
        public void opened(PeerId peer, Grant grant) {}

        @Override
        public void ended(PeerId peer, Grant grant, PathCounters carried, String why) {}
    }

    private final SecureRandom random = new SecureRandom();
    private final Security security;
    private final MemoryTun.Pair device = device(QUEUE);
    private final ProviderPath path;
    private final Host host;
    private final ProviderService service;
    private final Multiaddr address;

    TestProvider(Security security, PathLimits limits)
            throws IOException, MalformedMultiaddrException {
        this.security = security;
        path = new ProviderPath(device.left(), limits, _ -> {});
        path.start();
        service =
                new ProviderService(
                        new ProviderTerms(true, true, MTU, Offloads.ALL, List.of(), SESSIONS),
                        AddressPool.of(24, 7),
                        path,
                        new Unwatched(),
                        random,
                        System::nanoTime);
        host = host();
        host.handle(service);
        address = host.listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")).withPeer(host.peerId());
    }

    /** The internet's end of the provider's device. */
    MemoryTun internet() {
        return device.right();
    }

    ProviderPath path() {
        return path;
    }

    ProviderService service() {
        return service;
    }

    Client connect(int lanes) throws IOException, InterruptedException {
        MemoryTun.Pair its = device(MemoryTun.MIN_QUEUE);
        Host dialler = host();
        TunnelSettings settings =
                new TunnelSettings(
                        address,
                        lanes,
                        true,
                        Offloads.ALL,
                        DialOptions.DEFAULT,
                        LaneSockets.options(0));
        return new Client(
                dialler,
                its,
                TunnelClient.open(dialler, settings, _ -> its.left(), System::nanoTime));
    }

    private Host host() throws IOException {
        PrivateKey key = PrivateKey.generate(random);
        SecureTransport transport =
                switch (security) {
                    case TLS -> new TlsTransport(key, random, Clock.systemUTC());
                    case NOISE -> new NoiseTransport(key, random);
                };
        return new HostBuilder(key).security(transport).eventLoopThreads(1).build();
    }

    private static MemoryTun.Pair device(int queue) {
        return MemoryTun.pair(MTU, Offloads.ALL, Offloads.ALL, MemoryTun.Overflow.WAIT, queue);
    }

    @Override
    public void close() {
        service.close();
        path.close();
        host.close();
        device.close();
    }
}
