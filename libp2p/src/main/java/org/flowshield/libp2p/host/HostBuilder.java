package org.flowshield.libp2p.host;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.resource.Limit;
import org.flowshield.libp2p.resource.Limits;
import org.flowshield.libp2p.security.SecureTransport;
import org.flowshield.libp2p.transport.DialOptions;
import org.flowshield.libp2p.transport.TcpTransport;

/**
 * Builds a {@link Host}.
 *
 * <pre>
 *  Host host = new HostBuilder(key)
 *          .security(tls, noise)
 *          .protocol(ping)
 *          .listen(Multiaddr.parse("/ip4/0.0.0.0/tcp/4001"))
 *          .build();
 * </pre>
 */
public final class HostBuilder {

    private final PrivateKey identity;
    private final List<SecureTransport> security = new ArrayList<>();
    private final List<ProtocolBinding> protocols = new ArrayList<>();
    private final List<Multiaddr> listen = new ArrayList<>();
    private DialOptions listenOptions = DialOptions.DEFAULT;
    private DialOptions dialOptions = DialOptions.DEFAULT;
    private Duration upgradeTimeout = HostLimits.UPGRADE_TIMEOUT;
    private Duration negotiationTimeout = HostLimits.NEGOTIATION_TIMEOUT;
    private Limits limits = Limits.DEFAULT;
    private LongSupplier nanoTime = System::nanoTime;
    private int eventLoopThreads = Math.max(2, Runtime.getRuntime().availableProcessors());
    private boolean epoll = true;

    /**
     * @param identity the host's key; stays the caller's to close, after the host
     */
    public HostBuilder(PrivateKey identity) {
        this.identity = identity;
    }

    /** The security protocols, the preferred first; at least one. */
    public HostBuilder security(SecureTransport... transports) {
        security.addAll(List.of(transports));
        return this;
    }

    public HostBuilder protocol(ProtocolBinding binding) {
        protocols.add(binding);
        return this;
    }

    public HostBuilder listen(Multiaddr address) {
        listen.add(address);
        return this;
    }

    /** What is asked of accepted sockets; the local address is not used. */
    public HostBuilder listenOptions(DialOptions options) {
        listenOptions = options;
        return this;
    }

    /** What is asked of sockets that are dialled from where nobody says otherwise. */
    public HostBuilder dialOptions(DialOptions options) {
        dialOptions = options;
        return this;
    }

    /** From the first packet until streams can be opened; bounds dialling as well. */
    public HostBuilder upgradeTimeout(Duration timeout) {
        upgradeTimeout = timeout;
        return this;
    }

    /** For two peers to agree on the protocol of a stream. */
    public HostBuilder negotiationTimeout(Duration timeout) {
        negotiationTimeout = timeout;
        return this;
    }

    /** What peers may take; {@link Limit#SOCKETS} is fitted to what the process may open. */
    public HostBuilder limits(Limits values) {
        limits = values;
        return this;
    }

    public HostBuilder eventLoopThreads(int threads) {
        eventLoopThreads = threads;
        return this;
    }

    /** A monotonic clock in nanoseconds. */
    public HostBuilder clock(LongSupplier clock) {
        nanoTime = clock;
        return this;
    }

    /** Uses the JDK's selector even where epoll is there. */
    HostBuilder withoutEpoll() {
        epoll = false;
        return this;
    }

    /**
     * Builds and begins to listen.
     *
     * @throws IOException if it cannot listen; nothing is left behind
     */
    public Host build() throws IOException {
        if (security.isEmpty()) {
            throw new IllegalStateException("a host needs a security protocol");
        }
        TcpHost host =
                new TcpHost(
                        PeerId.of(identity.publicKey()),
                        List.copyOf(security),
                        new TcpTransport(
                                eventLoopThreads, new DefaultThreadFactory("libp2p", true), epoll),
                        listenOptions,
                        dialOptions,
                        upgradeTimeout,
                        negotiationTimeout,
                        nanoTime,
                        OpenFiles.fit(limits));
        protocols.forEach(host::handle);
        try {
            for (Multiaddr address : listen) {
                host.listen(address);
            }
        } catch (IOException e) {
            host.close();
            throw e;
        }
        return host;
    }
}
