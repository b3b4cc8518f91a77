package org.flowshield.node.desk.local;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.network.ContractAddresses;
import org.flowshield.contracts.sending.Time;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolNotSupportedException;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.market.FoundProvider;
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.DeskException.Kind;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.payment.relay.CarriedOrder;
import org.flowshield.node.payment.relay.RelayAnswer;
import org.flowshield.node.payment.relay.RelayClient;
import org.flowshield.node.role.Hosts;
import org.jspecify.annotations.Nullable;

/**
 * Finds a provider that carries orders about nodes, and has it carry them. It is dialled with a key
 * that is thrown away. One thread; waits for daemon and providers.
 */
final class Relays {

    /** Providers that are asked, the best first. */
    private static final int ASKED = 8;

    /** Addresses of one that are dialled. */
    private static final int DIALLED = 4;

    /** A provider's last order of the same wallet has to be confirmed to it, too. */
    private static final Duration BUSY_FOR = Duration.ofSeconds(60);

    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

    private final OpenNetwork open;
    private final NodeLink link;
    private final @Nullable String named;

    /**
     * @param named a multiaddr, or a peer id that the daemon finds; null: whom the daemon finds
     */
    Relays(OpenNetwork open, NodeLink link, @Nullable String named) {
        this.open = open;
        this.link = link;
        this.named = named;
    }

    /**
     * A provider that carries orders to this network's registries. Immutable.
     *
     * @param fee that it takes for each
     */
    record Relay(Multiaddr address, String peerId, TokenAmount fee) {}

    /**
     * The one that was named, or the first of the best that carries at all.
     *
     * @throws DeskException {@code no_relay}: says of each that was asked why not
     */
    Relay find() throws DeskException, IOException, InterruptedException {
        List<String> reasons = new ArrayList<>();
        for (List<Multiaddr> provider : candidates(reasons)) {
            for (Multiaddr address : provider.subList(0, Math.min(DIALLED, provider.size()))) {
                try {
                    return terms(address);
                } catch (Unfit e) {
                    reasons.add(address + ": " + e.getMessage());
                    break;
                } catch (IOException e) {
                    requireNotInterrupted(e);
                    reasons.add(address + ": " + e.getMessage());
                }
            }
        }
        throw Failures.refused(
                "no_relay",
                "no provider was found that carries it; nothing was done"
                        + (reasons.isEmpty() ? "" : ". " + String.join("; ", reasons)),
                "name a provider that carries orders with --via, or get a little "
                        + open.network().gasSymbol()
                        + " and do it without --without-gas");
    }

    /** What it says of itself rules it out; no other address of it helps. */
    private static final class Unfit extends Exception {
        Unfit(String message) {
            super(message);
        }
    }

    private List<List<Multiaddr>> candidates(List<String> reasons)
            throws DeskException, IOException, InterruptedException {
        String one = named;
        if (one != null && one.startsWith("/")) {
            return List.of(List.of(address(one)));
        }
        NodeKey key = one == null ? null : Registering.peer(one);
        int most = key == null ? ASKED : ProviderQuery.MOST;
        ProviderQuery any = ProviderQuery.ANY;
        ProviderQuery query =
                new ProviderQuery(
                        any.country(), any.maxPrice(), any.minBitsPerSecond(), any.sort(), most);
        FoundProviders known;
        try {
            known = link.client().market().find(query);
        } catch (RefusedException e) {
            reasons.add(e.problem().message());
            return List.of();
        }
        Problem problem = known.problem();
        if (problem != null) {
            reasons.add(problem.message());
        }
        List<List<Multiaddr>> found = new ArrayList<>();
        for (FoundProvider provider : known.providers()) {
            if (key == null || provider.peerId().equals(key.toString())) {
                List<Multiaddr> addresses = new ArrayList<>();
                for (String address : provider.addresses()) {
                    addresses.add(address(address));
                }
                found.add(addresses);
            }
        }
        return found;
    }

    private static Multiaddr address(String text) throws DeskException {
        try {
            return Multiaddr.parse(text);
        } catch (MalformedMultiaddrException e) {
            throw new DeskException(
                    Kind.INVALID,
                    new Problem(
                            "malformed_multiaddr",
                            String.valueOf(e.getMessage()),
                            "give the address that the provider shows:"
                                    + " /ip4/ADDRESS/tcp/PORT/p2p/ID"),
                    e);
        }
    }

    private Relay terms(Multiaddr address) throws Unfit, IOException, InterruptedException {
        return at(
                address,
                connection -> {
                    try {
                        String peer = connection.remotePeer().toString();
                        return switch (RelayClient.terms(connection)) {
                            case RelayAnswer.Terms terms -> new Relay(address, peer, fee(terms));
                            case RelayAnswer.Refused(var reason, String detail, _) ->
                                    throw new Unfit(
                                            reason == RelayAnswer.Refused.Reason.MALFORMED
                                                    ? "its version carries no such orders"
                                                    : detail);
                            case RelayAnswer.Carried _ ->
                                    throw new IllegalStateException("no answer to a question");
                        };
                    } catch (ProtocolNotSupportedException e) {
                        throw new Unfit("it carries no orders");
                    }
                });
    }

    private TokenAmount fee(RelayAnswer.Terms terms) throws Unfit {
        ContractAddresses ours = open.network().contracts();
        if (!terms.chain().equals(open.chain().id())
                || !terms.identities().equals(ours.identities())
                || !terms.providers().equals(ours.providers())) {
            throw new Unfit("it carries to another network: chain " + terms.chain());
        }
        if (terms.fee().isMoreThan(RelayClient.MOST_FEE)) {
            throw new Unfit("it asks for " + terms.fee() + ", more than " + RelayClient.MOST_FEE);
        }
        return terms.fee();
    }

    /**
     * Has a provider carry an order; one that does not answer is shown it again, for it is done
     * once at most.
     *
     * @throws DeskException {@code not_carried}: what was signed is worth nothing without it and
     *     void in minutes; {@code not_known_yet}: it may be carried nevertheless
     */
    TransactionHash carry(Relay relay, CarriedOrder order)
            throws DeskException, InterruptedException {
        long begun = Time.SYSTEM.nanos();
        while (true) {
            boolean waits = Time.SYSTEM.nanos() - begun < BUSY_FOR.toNanos();
            try {
                switch (at(relay.address(), connection -> RelayClient.carry(connection, order))) {
                    case RelayAnswer.Carried(TransactionHash transaction) -> {
                        return transaction;
                    }
                    case RelayAnswer.Refused(var reason, String detail, _) -> {
                        if (!waits || reason != RelayAnswer.Refused.Reason.BUSY) {
                            throw notCarried(relay, reason, detail);
                        }
                    }
                    case RelayAnswer.Terms _ ->
                            throw new IllegalStateException("no answer to an order");
                }
            } catch (IOException e) {
                if (!waits) {
                    throw notKnown(relay, order, e);
                }
            } catch (Unfit e) {
                throw new IllegalStateException("nothing was asked of it", e);
            }
            Time.SYSTEM.pause(ASK_AGAIN);
        }
    }

    private static DeskException notKnown(Relay relay, CarriedOrder order, IOException e) {
        return new DeskException(
                Kind.FAILED,
                new Problem(
                        "not_known_yet",
                        "the provider "
                                + relay.peerId()
                                + " was shown what was signed, and does not answer ("
                                + e.getMessage()
                                + "); it may still carry it until "
                                + order.terms().deadline(),
                        "do it again after that: what is done by then is not done twice"),
                e);
    }

    private static DeskException notCarried(
            Relay relay, RelayAnswer.Refused.Reason reason, String detail) {
        return Failures.refused(
                "not_carried",
                "the provider "
                        + relay.peerId()
                        + " does not carry it ("
                        + reason.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + ": "
                        + detail
                        + "); no fee was taken, and what was signed is void in some minutes",
                "do it again, or through another provider: --via MULTIADDR");
    }

    /** What is said to a provider. */
    @FunctionalInterface
    private interface Talk<T> {
        T with(Connection provider) throws Unfit, IOException;
    }

    private static <T> T at(Multiaddr address, Talk<T> talk)
            throws Unfit, IOException, InterruptedException {
        SecureRandom random = new SecureRandom();
        try (PrivateKey key = PrivateKey.generate(random);
                Host host = Hosts.builder(key, random).build();
                Connection connection = host.connect(address)) {
            return talk.with(connection);
        } catch (IOException e) {
            requireNotInterrupted(e);
            throw e;
        }
    }

    private static void requireNotInterrupted(IOException e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        }
    }
}
