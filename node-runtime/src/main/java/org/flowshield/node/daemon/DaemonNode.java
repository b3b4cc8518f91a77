package org.flowshield.node.daemon;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.LimitStatus;
import org.flowshield.node.api.Node;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.Selling;
import org.flowshield.node.api.identity.Identities;
import org.flowshield.node.api.payment.Payments;
import org.flowshield.node.role.Candidates;
import org.flowshield.node.role.Client;
import org.flowshield.node.role.Funding;
import org.flowshield.node.role.Provider;
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
    private final Payments payments;
    private final Funding funding;
    private final Identities identity;
    private final Selling selling;
    private final Optional<TokenAmount> maxPrice;
    private final List<Multiaddr> others;
    private final Watchers watchers = new Watchers();
    private final RoleLife clientLife;
    private final RoleLife providerLife;

    /**
     * A node with all roles off.
     *
     * @param startedAt what it says about its age
     * @param funding sees to channels before the client connects
     * @param maxPrice that is paid for a GiB where a request says nothing; empty: nothing is
     * @param others whom to go over to where a request says nothing, the best first
     */
    public DaemonNode(
            String version,
            PeerId peerId,
            Instant startedAt,
            Client client,
            Provider provider,
            Payments payments,
            Funding funding,
            Identities identity,
            Selling selling,
            Optional<TokenAmount> maxPrice,
            List<Multiaddr> others) {
        this.version = version;
        this.peerId = peerId;
        this.startedAt = startedAt;
        this.client = client;
        this.provider = provider;
        this.payments = payments;
        this.funding = funding;
        this.identity = identity;
        this.selling = selling;
        this.maxPrice = maxPrice;
        this.others = List.copyOf(others);
        clientLife = new RoleLife(client, watchers::changed);
        providerLife = new RoleLife(provider, watchers::changed);
    }

    /**
     * Switches roles on. One that can't be is logged and keeps its problem; the others go on.
     *
     * @return those that are on
     */
    public List<RoleName> start(Set<RoleName> wanted) throws InterruptedException {
        List<RoleName> started = new ArrayList<>();
        for (RoleName role : RoleName.values()) {
            if (wanted.contains(role)) {
                try {
                    RoleStatus _ = enable(role);
                    started.add(role);
                } catch (RefusedException e) {
                    LOG.error("role {} could not be switched on: {}", role.label(), e.getMessage());
                }
            }
        }
        return started;
    }

    @Override
    public NodeStatus status() {
        List<LimitStatus> limits = providerLife.isOn() ? provider.limits() : List.of();
        return new NodeStatus(
                version,
                peerId.toString(),
                startedAt,
                List.of(clientLife.status(), providerLife.status()),
                clientLife.isOn() ? client.status() : null,
                providerLife.isOn() ? provider.status() : null,
                payments.status(),
                limits);
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
        List<Multiaddr> providers = providers(request);
        TokenAmount asked = request.maxPrice();
        Optional<TokenAmount> most = asked == null ? maxPrice : Optional.of(asked);
        Multiaddr reached = prepared(providers, most);
        RoleStatus _ = clientLife.enable();
        Candidates candidates = funding.candidates(providers, most); // in place of those before
        return client.connect(
                reached,
                request.lanes(),
                most,
                providers.size() == 1 ? Candidates.NONE : candidates);
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
                }
                first = first.or(() -> Optional.of(e));
            }
        }
        throw first.orElseThrow();
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
        if (!clientLife.isOn()) {
            throw new RefusedException(
                    Kind.REFUSED,
                    new Problem(
                            "role_off",
                            "the client role is off: there is nothing to disconnect",
                            "none is needed; 'flowshield connect' switches it on"));
        }
        return client.disconnect();
    }

    @Override
    public RoleStatus enable(RoleName role) throws RefusedException, InterruptedException {
        return life(role).enable();
    }

    @Override
    public RoleStatus disable(RoleName role) {
        return life(role).disable();
    }

    @Override
    public Payments payments() {
        return payments;
    }

    @Override
    public Identities identity() {
        return identity;
    }

    @Override
    public Selling selling() {
        return selling;
    }

    private RoleLife life(RoleName role) {
        return switch (role) {
            case CLIENT -> clientLife;
            case PROVIDER -> providerLife;
        };
    }

    /** Switches all roles off, the last first. */
    @Override
    public void close() {
        RoleStatus _ = providerLife.disable();
        RoleStatus _ = clientLife.disable();
        watchers.close();
    }
}
