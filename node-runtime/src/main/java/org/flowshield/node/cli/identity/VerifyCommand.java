package org.flowshield.node.cli.identity;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.cli.money.ChainVerb;
import org.flowshield.node.cli.money.NetworkOptions;
import org.flowshield.node.cli.money.OpenNetwork;
import org.flowshield.node.identity.IdentityCertificate;
import org.flowshield.node.identity.IdentityProtocol;
import org.flowshield.node.identity.MalformedIdentityException;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.RefusedIdentityException;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.identity.WalletNodes;
import org.flowshield.node.role.Hosts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks who a node is, step by step. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Checks who a node is, step by step, and says why where something is not right.",
            "By an address it is dialled and asked for its certificate; by a peer id alone only the"
                    + " chain is asked. Ends with status 4 unless everything is right."
        },
        footer = {
            "",
            "Example:",
            "  flowshield identity verify /ip4/203.0.113.7/tcp/4001/p2p/12D3Koo... --network FILE"
        })
final class VerifyCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Mixin private final NetworkOptions network = new NetworkOptions();

    @Parameters(paramLabel = "PEER|MULTIADDR", description = "The node.")
    private String node = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "provider",
            description =
                    "What it should be: provider, fullnode, verifier (default: ${DEFAULT-VALUE}).")
    private String role = "";

    private final List<Map<String, Object>> steps = new ArrayList<>();
    private boolean sound = true;

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        long wanted = Peers.roles(List.of(role));
        try (OpenNetwork open = OpenNetwork.of(network.network())) {
            Optional<NodeId> who = node.startsWith("/") ? shown(open) : bound(open);
            if (who.isPresent()) {
                chain(open, who.get(), Roles.of(wanted).getFirst());
            }
        } catch (RpcException e) {
            throw ChainVerb.failed(e);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("node", node);
        json.put("sound", sound);
        json.put("steps", steps);
        output.print(
                sound
                        ? "everything is right: it may be trusted as a " + role
                        : "something is not right: no peer deals with it as a " + role,
                json);
        return (sound ? ExitStatus.OK : ExitStatus.REFUSED).code();
    }

    /** By its certificate. */
    private Optional<NodeId> shown(OpenNetwork open) throws CommandFailedException {
        SecureRandom random = new SecureRandom();
        try (PrivateKey key = PrivateKey.generate(random);
                Host host = Hosts.builder(key, random).build();
                Connection connection = host.connect(Multiaddr.parse(node))) {
            ok("connection", "its key is " + connection.remotePeer());
            NodeKey remote = Peers.peer(connection.remotePeer().toString());
            byte[] encoded = IdentityProtocol.certificate(connection);
            IdentityCertificate shown =
                    IdentityCertificate.open(encoded, remote, open.chain().id(), Instant.now());
            ok(
                    "certificate",
                    "signed by that key, valid until "
                            + shown.notAfter()
                            + ", names the wallet "
                            + shown.node().wallet());
            return Optional.of(shown.node());
        } catch (MalformedMultiaddrException e) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "malformed_multiaddr",
                    String.valueOf(e.getMessage()),
                    "give the address that the node shows: /ip4/ADDRESS/tcp/PORT/p2p/ID",
                    e);
        } catch (MalformedIdentityException | RefusedIdentityException e) {
            wrong("certificate", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            wrong("connection", String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    /** By what the chain has of its key. */
    private Optional<NodeId> bound(OpenNetwork open) throws CommandFailedException, RpcException {
        NodeKey key = Peers.peer(node);
        IdentityRegistry registry = open.contracts().identities();
        Optional<WalletNodes.Known> owner =
                WalletNodes.owner(
                        key,
                        registry.events(open.network().firstBlock(), open.chain().head().number()),
                        registry::challenge);
        if (owner.isEmpty()) {
            wrong("binding", "no wallet has it now, with its consent");
            return Optional.empty();
        }
        ok("consent", "its key has agreed to the wallet " + owner.get().node().wallet());
        return Optional.of(owner.get().node());
    }

    private void chain(OpenNetwork open, NodeId who, Roles wanted) throws RpcException {
        Binding binding = open.contracts().identities().binding(who.wallet(), who.key().bytes());
        switch (binding.status()) {
            case BOUND -> {
                ok("binding", "its wallet has it since " + binding.boundAt());
                ok("revocation", "it was not revoked");
                check(
                        "role",
                        wanted.isIn(binding.roles()),
                        "it is bound as " + Peers.words(binding.roles()));
            }
            case REVOKED -> wrong("revocation", "it was revoked on " + binding.revokedAt());
            case NONE -> wrong("binding", "the wallet " + who.wallet() + " has not bound it");
        }
        if (wanted == Roles.PROVIDER && binding.status() == BindingStatus.BOUND) {
            market(open, who);
        }
    }

    private void market(OpenNetwork open, NodeId who) throws RpcException {
        ProviderEntry entry = open.contracts().providers().provider(who.wallet());
        check(
                "market",
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
                "market node",
                entry.nodeKey().equals(who.key().bytes()),
                "the wallet is registered with the node " + new NodeKey(entry.nodeKey()));
    }

    private void ok(String step, String detail) {
        check(step, true, detail);
    }

    private void wrong(String step, String detail) {
        check(step, false, detail);
    }

    private void check(String step, boolean ok, String detail) {
        sound &= ok;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("step", step);
        json.put("ok", ok);
        json.put("detail", detail);
        steps.add(json);
        output.text(
                String.format(Locale.ROOT, "%-7s %-12s %s", ok ? "ok" : "not ok", step, detail));
    }
}
