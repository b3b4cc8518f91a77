package org.flowshield.node.desk.local;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.contracts.registry.ProviderEntry;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.Problem;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.DeskException.Kind;
import org.flowshield.node.desk.identity.Verification;
import org.flowshield.node.desk.identity.Verification.Check;
import org.flowshield.node.desk.identity.Verification.Subject;
import org.flowshield.node.identity.IdentityCertificate;
import org.flowshield.node.identity.IdentityProtocol;
import org.flowshield.node.identity.MalformedIdentityException;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.RefusedIdentityException;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.identity.WalletNodes;
import org.flowshield.node.role.Hosts;

/** Checks who a node is, step by step. For one node and one thread. */
final class Verifying {

    private final OpenNetwork open;
    private final Consumer<Check> progress;
    private final List<Check> checks = new ArrayList<>();

    Verifying(OpenNetwork open, Consumer<Check> progress) {
        this.open = open;
        this.progress = progress;
    }

    Verification run(String node, Roles role)
            throws DeskException, RpcException, InterruptedException {
        Optional<NodeId> who = node.startsWith("/") ? shown(node) : bound(node);
        if (who.isPresent()) {
            chain(who.get(), role);
        }
        return new Verification(checks);
    }

    /** By its certificate. */
    private Optional<NodeId> shown(String node) throws DeskException {
        SecureRandom random = new SecureRandom();
        try (PrivateKey key = PrivateKey.generate(random);
                Host host = Hosts.builder(key, random).build();
                Connection connection = host.connect(Multiaddr.parse(node))) {
            check(Subject.CONNECTION, true, "its key is " + connection.remotePeer());
            NodeKey remote = Registering.peer(connection.remotePeer().toString());
            byte[] encoded = IdentityProtocol.certificate(connection);
            IdentityCertificate shown =
                    IdentityCertificate.open(encoded, remote, open.chain().id(), Instant.now());
            check(
                    Subject.CERTIFICATE,
                    true,
                    "signed by that key, valid until "
                            + shown.notAfter()
                            + ", names the wallet "
                            + shown.node().wallet());
            return Optional.of(shown.node());
        } catch (MalformedMultiaddrException e) {
            throw new DeskException(
                    Kind.INVALID,
                    new Problem(
                            "malformed_multiaddr",
                            String.valueOf(e.getMessage()),
                            "give the address that the node shows: /ip4/ADDRESS/tcp/PORT/p2p/ID"),
                    e);
        } catch (MalformedIdentityException | RefusedIdentityException e) {
            check(Subject.CERTIFICATE, false, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            check(Subject.CONNECTION, false, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    /** By what the chain has of its key. */
    private Optional<NodeId> bound(String node) throws DeskException, RpcException {
        NodeKey key = Registering.peer(node);
        IdentityRegistry registry = open.contracts().identities();
        Optional<WalletNodes.Known> owner =
                WalletNodes.lastOwner(
                        key,
                        registry.events(open.network().firstBlock(), open.chain().head().number()),
                        registry::challenge);
        if (owner.isEmpty()) {
            check(Subject.BINDING, false, "no wallet has ever had it with its consent");
            return Optional.empty();
        }
        check(
                Subject.CONSENT,
                true,
                "its key has agreed to the wallet " + owner.get().node().wallet());
        return Optional.of(owner.get().node());
    }

    private void chain(NodeId who, Roles wanted) throws RpcException {
        Binding binding = open.contracts().identities().binding(who.wallet(), who.key().bytes());
        switch (binding.status()) {
            case BOUND -> {
                check(Subject.BINDING, true, "its wallet has it since " + binding.boundAt());
                check(Subject.REVOCATION, true, "it was not revoked");
                check(
                        Subject.ROLE,
                        wanted.isIn(binding.roles()),
                        "it is bound as " + Registering.words(binding.roles()));
            }
            case REVOKED ->
                    check(Subject.REVOCATION, false, "it was revoked on " + binding.revokedAt());
            case NONE ->
                    check(
                            Subject.BINDING,
                            false,
                            "the wallet " + who.wallet() + " has not bound it");
        }
        if (wanted == Roles.PROVIDER && binding.status() == BindingStatus.BOUND) {
            market(who);
        }
    }

    private void market(NodeId who) throws RpcException {
        ProviderEntry entry = open.contracts().providers().provider(who.wallet());
        check(
                Subject.MARKET,
                open.contracts().providers().isActive(who.wallet()),
                switch (entry.status()) {
                    case NONE -> "its wallet was never registered as a provider";
                    case EXITED -> "its wallet has left the market";
                    case REGISTERED ->
                            entry.jailedUntil().isAfter(Instant.now())
                                    ? "its wallet is jailed until " + entry.jailedUntil()
                                    : "its wallet is registered; without enough stake it does not"
                                            + " count";
                });
        check(
                Subject.MARKET_NODE,
                entry.nodeKey().equals(who.key().bytes()),
                "the wallet is registered with the node " + new NodeKey(entry.nodeKey()));
    }

    private void check(Subject subject, boolean ok, String detail) {
        Check check = new Check(subject, ok, detail);
        checks.add(check);
        progress.accept(check);
    }
}
