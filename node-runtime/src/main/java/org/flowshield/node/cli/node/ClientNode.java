package org.flowshield.node.cli.node;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.role.Hosts;
import org.flowshield.node.routing.ClientRoutes;
import org.flowshield.node.routing.RoutePlan;
import org.flowshield.node.routing.linux.PolicyRoutes;
import org.flowshield.node.tunnel.TunnelClient;
import org.flowshield.node.tunnel.TunnelSettings;
import org.flowshield.node.tunnel.control.ControlMessage.Counters;
import org.flowshield.node.tunnel.control.ControlMessage.Welcome;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.tun.Tun;
import org.flowshield.tun.TunAddress;
import org.flowshield.tun.TunDevices;
import org.flowshield.tun.TunSettings;
import org.jspecify.annotations.Nullable;

/**
 * A client in the foreground: one session after the other, each with a fresh key. The routes stand
 * from the first session to the end, so that nothing leaks in between. Its thread is interrupted
 * when it is to stop.
 */
final class ClientNode {

    static final String DEVICE = "flowshield0";

    /** From one attempt to the next; doubled up to the longest. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** For who does not ask for counters in between. */
    private static final Duration NEVER = Duration.ofDays(365);

    private final TunnelSettings settings;
    private final Machine machine;
    private final ChangeJournal journal;
    private final Lifetime lifetime;
    private final Events events;
    private final Duration countersEvery;
    private final SecureRandom random = new SecureRandom();

    private @Nullable ClientRoutes routes;
    private Duration pause = FIRST_PAUSE;

    ClientNode(
            TunnelSettings settings,
            Machine machine,
            ChangeJournal journal,
            Lifetime lifetime,
            Events events,
            Duration countersEvery) {
        this.settings = settings;
        this.machine = machine;
        this.journal = journal;
        this.lifetime = lifetime;
        this.events = events;
        this.countersEvery = countersEvery.isZero() ? NEVER : countersEvery;
    }

    /**
     * Runs until it is to stop.
     *
     * @throws IOException if the first session could not be opened; everything is as before
     */
    void run() throws IOException {
        try {
            while (!lifetime.isStopping()) {
                String broken = session();
                if (!lifetime.isStopping()) {
                    events.tell("blocked", Map.of("reason", broken));
                    lifetime.awaitStop(pause);
                    pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
                }
            }
        } catch (InterruptedException e) {
            // Asked to stop, and about to: what follows must not be interrupted again.
            events.tell("stopping", Map.of());
        } finally {
            boolean interrupted = Thread.interrupted();
            if (routes != null) {
                routes.close();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        events.tell("disconnected", Map.of("reason", lifetime.stop().getNow("stopped")));
    }

    /** Runs one session to its end and says why it ended. */
    private String session() throws IOException, InterruptedException {
        events.tell("connecting", Map.of("provider", settings.provider().toString()));
        try (PrivateKey key = PrivateKey.generate(random);
                Host host = Hosts.builder(key, random).build();
                TunnelClient tunnel =
                        TunnelClient.open(host, settings, ClientNode::device, System::nanoTime)) {
            lead(plan(tunnel.welcome()));
            pause = FIRST_PAUSE;
            events.tell("connected", description(tunnel.welcome()));
            try {
                return serve(tunnel);
            } finally {
                tell(tunnel);
            }
        } catch (IOException e) {
            if (routes == null) {
                throw e;
            }
            return String.valueOf(e.getMessage());
        }
    }

    private void lead(RoutePlan plan) throws IOException {
        if (routes == null) {
            routes = PolicyRoutes.open(plan, machine, journal);
        } else {
            routes.leadInto(plan);
        }
    }

    private String serve(TunnelClient tunnel) throws InterruptedException {
        CompletableFuture<String> over =
                tunnel.ended().thenApply(end -> end.reason() + ": " + end.getMessage());
        while (true) {
            try {
                return String.valueOf(
                        CompletableFuture.anyOf(over, lifetime.stop())
                                .get(countersEvery.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                tell(tunnel);
            } catch (ExecutionException e) {
                throw new IllegalStateException("neither completes with a failure", e);
            }
        }
    }

    private void tell(TunnelClient tunnel) {
        Map<String, Object> counters = Events.counters(tunnel.counters());
        tunnel.providerCounted()
                .ifPresent(
                        (Counters theirs) -> {
                            counters.put("provider_sent_bytes", theirs.sent());
                            counters.put("provider_received_bytes", theirs.received());
                        });
        events.tell("counters", counters);
    }

    private static Tun device(Welcome welcome) throws IOException {
        List<TunAddress> addresses = new ArrayList<>();
        for (InetAddress address : welcome.grant().inner().all()) {
            addresses.add(new TunAddress(address, address.getAddress().length * Byte.SIZE));
        }
        return TunDevices.open(
                TunSettings.of(DEVICE, welcome.grant().mtu(), welcome.takes())
                        .withAddresses(addresses.toArray(TunAddress[]::new)));
    }

    private static RoutePlan plan(Welcome welcome) {
        return new RoutePlan(
                DEVICE,
                welcome.grant().inner().v4().isPresent(),
                welcome.grant().inner().v6().isPresent());
    }

    private static Map<String, Object> description(Welcome welcome) {
        Grant grant = welcome.grant();
        Map<String, Object> all = new LinkedHashMap<>();
        grant.inner().v4().ifPresent(v4 -> all.put("ipv4", v4.getHostAddress()));
        grant.inner().v6().ifPresent(v6 -> all.put("ipv6", v6.getHostAddress()));
        grant.gateway4().ifPresent(v4 -> all.put("gateway4", v4.getHostAddress()));
        grant.gateway6().ifPresent(v6 -> all.put("gateway6", v6.getHostAddress()));
        all.put("mtu", grant.mtu());
        all.put("lanes", welcome.lanes());
        all.put("datagram_lane", welcome.datagramLane());
        all.put("device", DEVICE);
        return all;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
