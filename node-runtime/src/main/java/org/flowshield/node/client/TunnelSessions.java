package org.flowshield.node.client;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.transport.DialOptions;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.TunnelStatus;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.role.Hosts;
import org.flowshield.node.routing.RoutePlan;
import org.flowshield.node.tunnel.LaneSockets;
import org.flowshield.node.tunnel.TunnelClient;
import org.flowshield.node.tunnel.TunnelEndedException;
import org.flowshield.node.tunnel.TunnelSettings;
import org.flowshield.node.tunnel.control.ControlMessage.Welcome;
import org.flowshield.node.tunnel.path.InnerAddresses;
import org.flowshield.node.tunnel.path.PathCounters;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.Tun;
import org.flowshield.tun.TunAddress;
import org.flowshield.tun.TunSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions over libp2p, each with a fresh key and a host of its own, so that a provider can't tell
 * whom it has served before. One virtual thread a session.
 */
final class TunnelSessions implements Sessions {

    static final String DEVICE = "flowshield0";

    private static final Logger LOG = LoggerFactory.getLogger(TunnelSessions.class);

    private final Devices devices;
    private final Offloads takes;
    private final int mark;
    private final Billing billing;
    private final SecureRandom random;
    private final LongSupplier nanoTime;

    /** Completes when the last session's device is gone; the thread that begins sessions. */
    private CompletableFuture<Void> before = CompletableFuture.completedFuture(null);

    /**
     * The request that the newest session is of, and how its sessions are paid; the same thread.
     */
    private long requested;

    private Billing.@Nullable Row row;

    /**
     * @param takes super-packets that devices of this machine take
     * @param mark of the sockets
     * @param billing pays for them
     */
    TunnelSessions(
            Devices devices,
            Offloads takes,
            int mark,
            Billing billing,
            SecureRandom random,
            LongSupplier nanoTime) {
        this.devices = devices;
        this.takes = takes;
        this.mark = mark;
        this.billing = billing;
        this.random = random;
        this.nanoTime = nanoTime;
    }

    @Override
    public Session begin(long request, Target target, Listener listener) {
        Billing.Row current = row;
        if (current == null || request != requested) {
            current = billing.begin(target.maxPrice());
            row = current;
            requested = request;
        }
        Running session = new Running(target, listener, before, current.next());
        before = session.gone;
        session.thread.start();
        return session;
    }

    private final class Running implements Session {

        private final Target target;
        private final Listener listener;
        private final CompletableFuture<Void> predecessor;
        private final Billing.OfSession payment;
        private final CompletableFuture<Void> gone = new CompletableFuture<>();
        private final Thread thread =
                Thread.ofVirtual().name("client-session").unstarted(this::run);

        private volatile @Nullable TunnelClient client;
        private volatile @Nullable TunnelStatus tunnel;

        Running(
                Target target,
                Listener listener,
                CompletableFuture<Void> predecessor,
                Billing.OfSession payment) {
            this.target = target;
            this.listener = listener;
            this.predecessor = predecessor;
            this.payment = payment;
        }

        private void run() {
            Failure why;
            try {
                why = carry();
            } catch (InterruptedException e) {
                why = Failure.CANCELLED;
            } catch (RuntimeException e) {
                LOG.error("a session failed", e);
                why = Failure.of(e);
            } finally {
                gone.complete(null);
            }
            listener.ended(why);
        }

        /** Tries each address until one leads to a session, and carries that to its end. */
        private Failure carry() throws InterruptedException {
            IOException last = new IOException("there is no address to dial");
            for (Multiaddr candidate : target.candidates()) {
                try {
                    return carry(candidate);
                } catch (IOException e) {
                    if (Thread.interrupted()) {
                        throw (InterruptedException) new InterruptedException().initCause(e);
                    }
                    last = e;
                }
            }
            return Failure.of(last);
        }

        private Failure carry(Multiaddr candidate) throws IOException, InterruptedException {
            PrivateKey key = PrivateKey.generate(random);
            Host host = Hosts.builder(key, random).build();
            try (TunnelClient opened =
                    TunnelClient.open(
                            host,
                            settings(candidate, target.lanes()),
                            this::device,
                            nanoTime,
                            payment)) {
                client = opened;
                Welcome welcome = opened.welcome();
                tunnel = status(welcome);
                listener.opened(policy(welcome));
                return Failure.of(awaitEnd(opened));
            } finally {
                // Its event loops take a moment to end, for which nobody has to wait.
                Thread.ofVirtual()
                        .name("client-session-end")
                        .start(
                                () -> {
                                    host.close();
                                    key.close();
                                });
            }
        }

        private static TunnelEndedException awaitEnd(TunnelClient opened)
                throws InterruptedException {
            try {
                return opened.ended().get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("never ends with a failure", e);
            }
        }

        /** Called by the session's tunnel once it was granted. */
        private Tun device(Welcome welcome) throws IOException {
            CompletableFuture<Void> free =
                    predecessor
                            .copy()
                            .completeOnTimeout(
                                    null,
                                    ClientMachine.DISCONNECT_WITHIN.toMillis(),
                                    TimeUnit.MILLISECONDS);
            free.join();
            List<TunAddress> addresses = new ArrayList<>();
            for (InetAddress address : welcome.grant().inner().all()) {
                addresses.add(new TunAddress(address, address.getAddress().length * Byte.SIZE));
            }
            Tun tun =
                    devices.open(
                            TunSettings.of(DEVICE, welcome.grant().mtu(), welcome.takes())
                                    .withAddresses(addresses.toArray(TunAddress[]::new)));
            listener.granted(policy(welcome));
            return tun;
        }

        @Override
        public void end() {
            thread.interrupt();
        }

        @Override
        public Traffic traffic() {
            TunnelClient current = client;
            if (current == null) {
                return Traffic.NONE;
            }
            PathCounters counters = current.counters();
            return new Traffic(
                    counters.sentBytes(),
                    counters.sentPackets(),
                    counters.receivedBytes(),
                    counters.receivedPackets(),
                    counters.dropped());
        }

        @Override
        public Optional<SessionPayment> payment() {
            return payment.status();
        }

        @Override
        public Optional<TunnelStatus> tunnel() {
            return Optional.ofNullable(tunnel);
        }
    }

    private TunnelSettings settings(Multiaddr provider, int lanes) {
        return new TunnelSettings(
                provider,
                lanes,
                true,
                takes,
                DialOptions.DEFAULT.withMark(mark),
                LaneSockets.options(mark));
    }

    private static FirewallPolicy.Tunnel policy(Welcome welcome) {
        InnerAddresses inner = welcome.grant().inner();
        return new FirewallPolicy.Tunnel(
                new RoutePlan(DEVICE, inner.v4().isPresent(), inner.v6().isPresent()),
                welcome.grant().dns());
    }

    private static TunnelStatus status(Welcome welcome) {
        InnerAddresses inner = welcome.grant().inner();
        return new TunnelStatus(
                DEVICE,
                inner.v4().map(InetAddress::getHostAddress).orElse(null),
                inner.v6().map(InetAddress::getHostAddress).orElse(null),
                welcome.grant().dns().stream().map(InetAddress::getHostAddress).toList(),
                welcome.grant().mtu(),
                welcome.lanes(),
                welcome.datagramLane());
    }
}
