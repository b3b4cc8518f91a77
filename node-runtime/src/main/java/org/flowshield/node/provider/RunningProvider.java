package org.flowshield.node.provider;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.resource.Usage;
import org.flowshield.node.advertise.Advertiser;
import org.flowshield.node.advertise.Load;
import org.flowshield.node.api.LimitStatus;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.SessionStatus;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.dns.DnsForwarder;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.exit.Egress;
import org.flowshield.node.exit.Exit;
import org.flowshield.node.exit.ExitPlan;
import org.flowshield.node.exit.Refusal;
import org.flowshield.node.payment.Country;
import org.flowshield.node.payment.Service;
import org.flowshield.node.swarm.ReachWords;
import org.flowshield.node.swarm.Swarm;
import org.flowshield.node.swarm.Swarm.Membership;
import org.flowshield.node.tunnel.AddressPool;
import org.flowshield.node.tunnel.LiveSession;
import org.flowshield.node.tunnel.ProviderService;
import org.flowshield.node.tunnel.ProviderTerms;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.node.tunnel.path.PathCounters;
import org.flowshield.node.tunnel.path.ProviderPath;
import org.flowshield.node.tunnel.queue.Rate;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.Tun;
import org.flowshield.tun.TunAddress;
import org.flowshield.tun.TunSettings;

/**
 * A provider while it serves: its device, its exit, its forwarder for names, the service, and its
 * place in the swarm, opened in this order and closed in the other. Safe for use by any thread;
 * opening and closing block.
 */
final class RunningProvider implements AutoCloseable {

    static final String DEVICE = "flowshield-exit";

    /** Counters cost a process to read: some milliseconds. */
    private static final Duration COUNTERS_LAST = Duration.ofMillis(200);

    /** The provider's own network is in the part that is drawn at most once in 1,024 times. */
    private static final int DRAWS = 20;

    private final Opened opened;
    private final ProviderTerms terms;
    private final Exit exit;
    private final DnsForwarder names;
    private final Membership swarm;
    private final ProviderService service;
    private final Cashier cashier;

    // Guarded by this.
    private Map<Refusal, Long> refused = Map.of();
    private long refusedReadAt = System.nanoTime() - COUNTERS_LAST.toNanos();

    private RunningProvider(
            Opened opened,
            ProviderTerms terms,
            Exit exit,
            DnsForwarder names,
            Membership swarm,
            ProviderService service,
            Cashier cashier) {
        this.opened = opened;
        this.terms = terms;
        this.exit = exit;
        this.names = names;
        this.swarm = swarm;
        this.service = service;
        this.cashier = cashier;
    }

    /** Opens everything, or nothing. */
    static RunningProvider open(
            ProviderSettings settings,
            ProviderPlatform platform,
            Swarm swarm,
            SecureRandom random,
            RoleEvents events,
            Cashier cashier)
            throws IOException, InterruptedException {
        Opened opened = new Opened();
        try {
            return open(settings, platform, swarm, random, events, cashier, opened);
        } catch (IOException | InterruptedException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static RunningProvider open(
            ProviderSettings settings,
            ProviderPlatform platform,
            Swarm swarm,
            SecureRandom random,
            RoleEvents events,
            Cashier cashier,
            Opened opened)
            throws IOException, InterruptedException {
        Egress egress = platform.machine().egress();
        AddressPool pool = pool(egress.onLink(), random);
        Tun tun = platform.tuns().open(device(egress, pool));
        ProviderPath path = opened.add(new ProviderPath(tun, settings.limits(), events::pathEnded));
        Exit exit =
                opened.add(platform.machine().open(plan(settings, egress, pool, platform.mark())));
        ProviderTerms terms = terms(settings, egress, pool, tun);
        DnsForwarder names = opened.add(names(settings, platform, terms, pool, random));
        ProviderService service =
                new ProviderService(
                        terms,
                        pool,
                        path,
                        events,
                        random,
                        System::nanoTime,
                        InstantSource.system(),
                        cashier.billing());
        path.start();
        cashier.goods()
                .ifPresent(goods -> goods.offers().serves(said(settings, egress, goods.country())));
        List<ProtocolBinding> served = new ArrayList<>(cashier.protocols());
        served.add(service);
        Membership member = joined(swarm, settings, service, served, opened);
        member.onChange(events::changed);
        cashier.goods()
                .ifPresent(
                        goods ->
                                opened.add(
                                        Advertiser.start(
                                                goods,
                                                member,
                                                () -> load(service, settings, terms),
                                                Clock.systemUTC(),
                                                System::nanoTime)));
        ListeningPorts ports = new ListeningPorts(exit, member.host());
        ports.keep();
        NetworkWatch _ =
                opened.add(
                        NetworkWatch.start(
                                platform.machine(),
                                exit,
                                egress,
                                events,
                                path,
                                () -> {
                                    names.resolvers(resolvers(settings, platform));
                                    ports.keep();
                                }));
        return new RunningProvider(opened, terms, exit, names, member, service, cashier);
    }

    /** Clients hear that a session is over while the way to them is still open. */
    private static Membership joined(
            Swarm swarm,
            ProviderSettings settings,
            ProviderService service,
            List<ProtocolBinding> served,
            Opened opened)
            throws IOException, InterruptedException {
        Membership member;
        try {
            member = opened.add(swarm.join(settings.listen(), served));
        } catch (IOException | InterruptedException | RuntimeException e) {
            service.close();
            throw e;
        }
        opened.add(service);
        return member;
    }

    /** What the market is told that it serves. */
    private static Service said(
            ProviderSettings settings, Egress egress, Optional<Country> country) {
        return new Service(
                bitsPerSecond(settings.totalRate()),
                country,
                egress.ipv4(),
                egress.ipv6(),
                List.of(ProviderService.PROTOCOL.value()));
    }

    /** 0 where nobody has said how much it is. */
    private static long bitsPerSecond(Rate rate) {
        long most = (Service.MOST_BITS_PER_SECOND - 1) / Byte.SIZE;
        return rate.isLimited() ? Math.min(rate.bytesPerSecond(), most) * Byte.SIZE : 0;
    }

    /** A new session gets its share of all, and not more than any session does. */
    private static Load load(
            ProviderService service, ProviderSettings settings, ProviderTerms terms) {
        int sessions = service.sessions().size();
        if (sessions >= terms.maxSessions()) {
            return new Load(sessions, 0);
        }
        long all = bitsPerSecond(settings.totalRate());
        long one = bitsPerSecond(settings.rate());
        long share = all / (sessions + 1);
        return new Load(sessions, one == 0 ? share : all == 0 ? one : Math.min(one, share));
    }

    /** Inner addresses that are not those of a network that this machine is in. */
    private static AddressPool pool(List<Cidr> onLink, SecureRandom random) {
        AddressPool pool = AddressPool.random(random);
        for (int i = 0; i < DRAWS && meets(onLink, network4(pool)); i++) {
            pool = AddressPool.random(random);
        }
        return pool;
    }

    private static boolean meets(List<Cidr> networks, Cidr pool) {
        return networks.stream()
                .anyMatch(
                        network ->
                                network.contains(pool.address())
                                        || pool.contains(network.address()));
    }

    private static Cidr network4(AddressPool pool) {
        return Cidr.network(pool.gateway4(), pool.prefixLength4());
    }

    private static TunSettings device(Egress egress, AddressPool pool) {
        int mtu = Math.max(Grant.MIN_MTU, egress.mtu());
        return TunSettings.of(DEVICE, Math.min(mtu, Grant.MAX_MTU), Offloads.ALL)
                .withAddresses(
                        new TunAddress(pool.gateway4(), pool.prefixLength4()),
                        new TunAddress(pool.gateway6(), AddressPool.V6_PREFIX_LENGTH));
    }

    private static ExitPlan plan(
            ProviderSettings settings, Egress egress, AddressPool pool, int mark) {
        return new ExitPlan(
                DEVICE,
                pool.gateway4(),
                pool.gateway6(),
                network4(pool),
                Cidr.network(pool.gateway6(), AddressPool.V6_PREFIX_LENGTH),
                egress.ipv6(),
                mark,
                settings.policy(egress.onLink()));
    }

    private static DnsForwarder names(
            ProviderSettings settings,
            ProviderPlatform platform,
            ProviderTerms terms,
            AddressPool pool,
            SecureRandom random)
            throws IOException {
        return DnsForwarder.open(
                terms.dns().stream()
                        .map(gateway -> new InetSocketAddress(gateway, DnsForwarder.PORT))
                        .toList(),
                pool::isAssigned,
                resolvers(settings, platform),
                platform.mark(),
                random);
    }

    private static List<InetSocketAddress> resolvers(
            ProviderSettings settings, ProviderPlatform platform) {
        return settings.resolvers().isEmpty() ? platform.resolvers().get() : settings.resolvers();
    }

    private static ProviderTerms terms(
            ProviderSettings settings, Egress egress, AddressPool pool, Tun tun) {
        List<InetAddress> gateways = new ArrayList<>();
        if (egress.ipv4()) {
            gateways.add(pool.gateway4());
        }
        if (egress.ipv6()) {
            gateways.add(pool.gateway6());
        }
        return new ProviderTerms(
                egress.ipv4(),
                egress.ipv6(),
                tun.mtu(),
                tun.offloads(),
                gateways,
                Math.min(settings.maxSessions(), ProviderTerms.MAX_SESSIONS));
    }

    /** Has the exit let in who comes to the host, at the ports of other roles too. */
    private static final class ListeningPorts {

        private final Exit exit;
        private final Host host;
        private List<Integer> last = List.of();

        ListeningPorts(Exit exit, Host host) {
            this.exit = exit;
            this.host = host;
        }

        void keep() throws IOException {
            List<Integer> now =
                    host.listenAddresses().stream()
                            .flatMap(address -> address.socketAddress().stream())
                            .map(InetSocketAddress::getPort)
                            .distinct()
                            .toList();
            if (!now.equals(last)) {
                exit.listening(now);
                last = now;
            }
        }
    }

    ProviderStatus status() {
        return new ProviderStatus(
                swarm.addresses().stream()
                        .map(address -> address.withPeer(swarm.host().peerId()).toString())
                        .toList(),
                ReachWords.of(swarm.reach(), swarm.addresses()),
                ReachWords.of(swarm.ports()),
                terms.ipv4(),
                terms.ipv6(),
                terms.mtu(),
                service.sessions().stream().map(this::status).toList(),
                traffic(service.carried()),
                refused());
    }

    private SessionStatus status(LiveSession session) {
        return new SessionStatus(
                session.peer().toString(),
                session.inner().v4().map(v4 -> v4.getHostAddress()).orElse(null),
                session.inner().v6().map(v6 -> v6.getHostAddress()).orElse(null),
                session.since(),
                traffic(session.carried()),
                session.carried().forged(),
                cashier.payment(session.peer()).orElse(null));
    }

    private static Traffic traffic(PathCounters carried) {
        return new Traffic(
                carried.sentBytes(),
                carried.sentPackets(),
                carried.receivedBytes(),
                carried.receivedPackets(),
                carried.dropped());
    }

    /** By the rule's name. Forged sources are found in the path; the kernel would find the rest. */
    private Map<String, Long> refused() {
        Map<String, Long> all = new LinkedHashMap<>();
        counters().forEach((refusal, count) -> all.put(refusal.label(), count));
        all.merge(Refusal.FORGED_SOURCE.label(), service.carried().forged(), Long::sum);
        return all;
    }

    private synchronized Map<Refusal, Long> counters() {
        long now = System.nanoTime();
        if (now - refusedReadAt >= COUNTERS_LAST.toNanos()) {
            try {
                refused = exit.refused();
                refusedReadAt = now;
            } catch (IOException e) {
                // Those read before are shown; the watch finds out and says what is wrong.
                return refused;
            }
        }
        return refused;
    }

    List<LimitStatus> limits() {
        List<LimitStatus> limits = new ArrayList<>();
        limits.add(
                new LimitStatus(
                        "provider.sessions",
                        service.sessions().size(),
                        terms.maxSessions(),
                        service.refusedBusy()));
        limits.add(
                new LimitStatus(
                        "provider.names.in-flight",
                        names.counters().inFlight(),
                        DnsForwarder.mostInFlight(),
                        names.counters().overLimit()));
        for (Usage usage : swarm.host().resources().usage()) {
            limits.add(
                    new LimitStatus(
                            "host." + usage.limit().label(),
                            usage.used(),
                            usage.bound(),
                            usage.refused()));
        }
        return limits;
    }

    @Override
    public void close() {
        opened.close();
    }
}
