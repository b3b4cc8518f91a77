package org.flowshield.node.daemon;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.LimitStatus;
import org.flowshield.node.api.Node;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderOffer;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.Selling;
import org.flowshield.node.api.SellingStatus;
import org.flowshield.node.api.identity.Identities;
import org.flowshield.node.api.logs.Logs;
import org.flowshield.node.api.market.Marketplace;
import org.flowshield.node.api.network.Networking;
import org.flowshield.node.api.payment.Payments;
import org.flowshield.node.api.schedule.ScheduleChange;
import org.flowshield.node.api.schedule.ScheduleStatus;
import org.flowshield.node.api.schedule.Scheduling;
import org.flowshield.node.role.Candidates;
import org.flowshield.node.role.Choosing;
import org.flowshield.node.role.Client;
import org.flowshield.node.role.Fullnode;
import org.flowshield.node.role.Funding;
import org.flowshield.node.role.Provider;
import org.flowshield.node.role.Timetable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's roles behind the port that the local API serves. */
public final class DaemonNode implements Node, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DaemonNode.class);

    private final String version;
    private final PeerId peerId;
    private final Instant startedAt;
    private final Client client;
    private final Provider provider;
    private final Fullnode fullnode;
    private final Payments payments;
    private final Funding funding;
    private final Identities identity;
    private final Selling selling;
    private final Timetable timetable;
    private final Networking network;
    private final Optional<TokenAmount> maxPrice;
    private final List<Multiaddr> others;
    private final Choosing choosing;
    private final Logs logs;

    /** Of the newest request: who was given up before its session, and why. */
    private volatile List<FailedProvider> refused = List.of();

    /** How often somebody asked to: it ends what is still being looked for, too. */
    private final AtomicLong disconnects = new AtomicLong();

    private final Watchers watchers = new Watchers();
    private final RoleLife clientLife;
    private final RoleLife providerLife;
    private final RoleLife fullnodeLife;
    private final ScheduleKeeper keeper;

    /**
     * A node with all roles off.
     *
     * @param startedAt what it says about its age
     * @param funding sees to channels before the client connects
     * @param timetable of the provider role
     * @param maxPrice that is paid for a GiB where a request says nothing; empty: nothing is
     * @param others whom to go over to where a request says nothing, the best first
     * @param choosing finds providers of the market
     * @param logs the newest of this program's log
     */
    public DaemonNode(
            String version,
            PeerId peerId,
            Instant startedAt,
            Client client,
            Provider provider,
            Fullnode fullnode,
            Payments payments,
            Funding funding,
            Identities identity,
            Selling selling,
            Timetable timetable,
            Networking network,
            Optional<TokenAmount> maxPrice,
            List<Multiaddr> others,
            Choosing choosing,
            Logs logs) {
        this.version = version;
        this.peerId = peerId;
        this.startedAt = startedAt;
        this.client = client;
        this.provider = provider;
        this.fullnode = fullnode;
        this.payments = payments;
        this.funding = funding;
        this.identity = identity;
        this.selling = selling;
        this.timetable = timetable;
        this.network = network;
        this.maxPrice = maxPrice;
        this.others = List.copyOf(others);
        this.choosing = choosing;
        this.logs = logs;
        clientLife = new RoleLife(client, watchers::changed);
        providerLife = new RoleLife(provider, watchers::changed);
        fullnodeLife = new RoleLife(fullnode, watchers::changed);
        keeper = new ScheduleKeeper(timetable, providerLife);
        timetable.onChange(
                () -> {
                    keeper.lookSoon();
                    watchers.changed();
                });
    }

    /**
     * Switches roles on, and the client if it goes on in the place of a process that was killed.
     * One that can't be is logged and keeps its problem; the others go on.
     *
     * @return those that are on
     */
    public List<RoleName> start(Set<RoleName> wanted) throws InterruptedException {
        List<RoleName> started = new ArrayList<>();
        for (RoleName role : RoleName.values()) {
            boolean goesOn = role == RoleName.CLIENT && client.isHolding();
            if (wanted.contains(role) || goesOn) {
                try {
                    RoleStatus _ = life(role).enable();
                    started.add(role);
                } catch (RefusedException e) {
                    LOG.error("role {} could not be switched on: {}", role.label(), e.getMessage());
                }
            }
        }
        return started;
    }

    /** From now on the provider role follows its timetable, as long as there is one. */
    public void keepSchedule() {
        keeper.start();
    }

    @Override
    public NodeStatus status() {
        List<LimitStatus> limits = providerLife.isOn() ? provider.limits() : List.of();
        return new NodeStatus(
                version,
                peerId.toString(),
                startedAt,
                List.of(
                        clientLife.status(),
                        scheduled(providerLife.status()),
                        fullnodeLife.status()),
                clientLife.isOn() || client.isHolding() ? withRefused(client.status()) : null,
                providerLife.isOn() ? provider.status() : null,
                fullnodeLife.isOn() ? fullnode.status() : null,
                payments.status(),
                limits);
    }

    /** With when the timetable switches it over. */
    private RoleStatus scheduled(RoleStatus status) {
        return switch (status.state()) {
            case ON -> status.with(timetable.next(false));
            case OFF -> status.with(timetable.next(true));
            case STARTING, STOPPING, FAILED -> status;
        };
    }

    /** Something beside the roles has changed, which the status tells. */
    public void changed() {
        watchers.changed();
    }

    @Override
    public Subscription watch(Runnable listener) {
        return watchers.add(listener);
    }

    @Override
    public ClientStatus connect(ConnectRequest request)
            throws RefusedException, InterruptedException {
        client.expect();
        LOG.debug("asked to connect to {}", request.provider());
        TokenAmount asked = request.maxPrice();
        Optional<TokenAmount> most = asked == null ? maxPrice : Optional.of(asked);
        refused = List.of();
        long begun = disconnects.get();
        Destinations to =
                request.looksInMarket() ? found(request, most) : named(providers(request));
        LOG.debug("chosen: {}", to.providers());
        Multiaddr reached = prepared(to.providers(), most);
        if (disconnects.get() != begun) {
            throw givenUp();
        }
        RoleStatus _ = clientLife.enable();
        Candidates candidates = funding.candidates(to.providers(), most); // not those before
        Candidates all = to.providers().size() == 1 ? Candidates.NONE : candidates;
        return withRefused(client.connect(reached, request.lanes(), most, all.at(to.addresses())));
    }

    private static RefusedException givenUp() {
        return new RefusedException(
                Kind.REFUSED,
                new Problem(
                        "cancelled",
                        "connecting was given up because somebody asked to disconnect",
                        "connect again if that was not you"));
    }

    /**
     * Whom to go to.
     *
     * @param providers the best first
     * @param addresses of whom may be at several
     */
    private record Destinations(
            List<Multiaddr> providers, Map<Multiaddr, List<Multiaddr>> addresses) {}

    private Destinations named(List<Multiaddr> providers) {
        choosing.named(providers);
        return new Destinations(providers, Map.of());
    }

    /** Those of the market, and behind them those of the configuration. */
    private Destinations found(ConnectRequest request, Optional<TokenAmount> most)
            throws RefusedException, InterruptedException {
        List<Multiaddr> alternatives = new ArrayList<>();
        for (String other : request.others()) {
            alternatives.add(parsed(other));
        }
        Choosing.Choice choice = choosing.choose(request, most);
        refused = choice.refused();
        Map<Multiaddr, List<Multiaddr>> addresses = new LinkedHashMap<>();
        choice.providers().forEach(one -> addresses.put(one.getFirst(), one));
        List<Multiaddr> behind = alternatives.isEmpty() ? others : alternatives;
        choosing.named(behind);
        Set<Multiaddr> providers = new LinkedHashSet<>(addresses.keySet());
        providers.addAll(behind);
        return new Destinations(List.copyOf(providers), addresses);
    }

    private List<Multiaddr> providers(ConnectRequest request) throws RefusedException {
        Set<Multiaddr> providers = new LinkedHashSet<>();
        providers.add(parsed(request.provider()));
        for (String other : request.others()) {
            providers.add(parsed(other));
        }
        if (request.others().isEmpty()) {
            providers.addAll(others);
        }
        return List.copyOf(providers);
    }

    /** With those that were given up before any session with them was tried. */
    private ClientStatus withRefused(ClientStatus status) {
        List<FailedProvider> all = new ArrayList<>(status.failed());
        for (FailedProvider one : refused) {
            boolean told =
                    one.provider().equals(status.provider())
                            || status.failed().stream()
                                    .anyMatch(each -> each.provider().equals(one.provider()));
            if (!told) {
                all.add(one);
            }
        }
        return status.withFailed(all);
    }

    private static Multiaddr parsed(String address) throws RefusedException {
        try {
            return Multiaddr.parse(address);
        } catch (MalformedMultiaddrException e) {
            throw invalid("malformed_multiaddr", String.valueOf(e.getMessage()), e);
        }
    }

    /** The first that can be paid; why the first can't, if none can. */
    private Multiaddr prepared(List<Multiaddr> providers, Optional<TokenAmount> most)
            throws RefusedException, InterruptedException {
        Optional<RefusedException> first = Optional.empty();
        for (Multiaddr provider : providers) {
            try {
                funding.prepare(provider, most);
                return provider;
            } catch (RefusedException e) {
                if (providers.size() > 1) {
                    LOG.warn("not connected to {}: {}", provider, e.getMessage());
                    given(new FailedProvider(provider.toString(), e.problem()));
                }
                choosing.failed(provider, e.problem());
                first = first.or(() -> Optional.of(e));
            }
        }
        throw first.orElseThrow();
    }

    private void given(FailedProvider up) {
        List<FailedProvider> all = new ArrayList<>(refused);
        all.add(up);
        refused = List.copyOf(all);
    }

    private static RefusedException invalid(String code, String message, Exception cause) {
        return new RefusedException(
                Kind.INVALID,
                new Problem(
                        code,
                        message,
                        "give the address that the provider shows: /ip4/ADDRESS/tcp/PORT/p2p/ID"),
                cause);
    }

    @Override
    public ClientStatus disconnect() throws RefusedException, InterruptedException {
        long _ = disconnects.incrementAndGet();
        if (!clientLife.isOn() && !client.isHolding()) {
            throw new RefusedException(
                    Kind.REFUSED,
                    new Problem(
                            "role_off",
                            "the client role is off: there is nothing to disconnect",
                            "none is needed; 'flowshield connect' switches it on"));
        }
        refused = List.of();
        return client.disconnect();
    }

    @Override
    public RoleStatus enable(RoleName role) throws RefusedException, InterruptedException {
        return byHand(life(role).enable());
    }

    @Override
    public RoleStatus disable(RoleName role) {
        RoleStatus status = life(role).disable();
        if (role == RoleName.CLIENT) {
            client.letGo(); // it may never have been on
        }
        return byHand(status);
    }

    /** What somebody switches goes before the timetable, until that changes. */
    private RoleStatus byHand(RoleStatus status) {
        if (status.name() != RoleName.PROVIDER) {
            return status;
        }
        timetable.byHand(status.state() == RoleState.ON);
        return scheduled(status);
    }

    @Override
    public ClientSettings clientSettings() {
        return client.settings();
    }

    @Override
    public ClientSettings change(ClientSettingsChange change)
            throws RefusedException, InterruptedException {
        return client.change(change);
    }

    @Override
    public Payments payments() {
        return payments;
    }

    @Override
    public Marketplace market() {
        return choosing;
    }

    @Override
    public Identities identity() {
        return identity;
    }

    @Override
    public Selling selling() {
        return selling;
    }

    @Override
    public Logs logs() {
        return logs;
    }

    @Override
    public Networking network() {
        return network;
    }

    @Override
    public Scheduling schedule() {
        return new Leaving();
    }

    private RoleLife life(RoleName role) {
        return switch (role) {
            case CLIENT -> clientLife;
            case PROVIDER -> providerLife;
            case FULLNODE -> fullnodeLife;
        };
    }

    /** Switches all roles off, the last first. */
    @Override
    public void close() {
        keeper.close();
        RoleStatus _ = fullnodeLife.disable();
        RoleStatus _ = providerLife.disable();
        RoleStatus _ = clientLife.disable();
        client.letGo();
        watchers.close();
    }

    /** Who follows no hours any more has the role as it is, at the next start too. */
    private final class Leaving implements Scheduling {

        @Override
        public ScheduleStatus status() {
            return timetable.status();
        }

        @Override
        public ScheduleStatus change(ScheduleChange change) throws RefusedException {
            if (Boolean.FALSE.equals(change.enabled()) && timetable.status().enabled()) {
                boolean on = providerLife.status().state() == RoleState.ON;
                SellingStatus _ = selling.offer(new ProviderOffer(null, null, null, null, on));
            }
            return timetable.change(change);
        }
    }
}
