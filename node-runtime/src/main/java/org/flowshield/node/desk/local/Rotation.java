package org.flowshield.node.desk.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.contracts.registry.ProviderEntry;
import org.flowshield.contracts.registry.ProviderEvent;
import org.flowshield.contracts.registry.ProviderRegistry;
import org.flowshield.contracts.registry.ProviderStatus;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.transaction.Plan;
import org.flowshield.node.desk.transaction.Planned;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.Roles;

/** What happens on chain when a node gets a new key. One thread. */
final class Rotation {

    private final EvmAddress wallet;
    private final NodeKey old;
    private final NodeKey next;
    private final OpenNetwork open;
    private final Conversation conversation;
    private final Registrar registrar;

    Rotation(
            EvmAddress wallet,
            NodeKey old,
            NodeKey next,
            OpenNetwork open,
            Conversation conversation,
            Registrar registrar) {
        this.wallet = wallet;
        this.old = old;
        this.next = next;
        this.open = open;
        this.conversation = conversation;
        this.registrar = registrar;
    }

    /** One transaction and what it is called in the plan. */
    private record Part(Planned planned, Doing doing) {}

    @FunctionalInterface
    private interface Doing {
        Ending run()
                throws DeskException,
                        RefusedException,
                        RejectedException,
                        IOException,
                        InterruptedException;
    }

    /** Does what is not done yet, in this order; stops at what did not end well. */
    Ending run(byte[] proof, Set<Roles> asked)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        List<Part> parts = parts(proof, asked);
        if (parts.isEmpty()) {
            return new Ending.Already();
        }
        conversation.requireSomebody();
        if (!conversation.begins(new Plan("rotate", parts.stream().map(Part::planned).toList()))) {
            return new Ending.Declined();
        }
        Ending ending = new Ending.Already();
        for (Part part : parts) {
            ending = part.doing().run();
            if (!ending.isGood()) {
                return ending;
            }
        }
        return ending;
    }

    private List<Part> parts(byte[] proof, Set<Roles> asked) throws RpcException {
        IdentityRegistry registry = open.contracts().identities();
        Binding before = registry.binding(wallet, old.bytes());
        boolean wasBound = before.status() == BindingStatus.BOUND;
        long roles = roles(before, asked);
        boolean done = registry.binding(wallet, next.bytes()).status() == BindingStatus.BOUND;
        boolean both = registrar.rotatesAtOnce() && !done && wasBound && roles == before.roles();
        List<Part> parts = new ArrayList<>();
        if (both) {
            parts.add(
                    new Part(
                            new Planned.RotateNode(old.toString(), next.toString()),
                            () -> registrar.rotate(wallet, old, next, proof)));
        } else if (!done) {
            parts.add(
                    new Part(
                            new Planned.BindNode(next.toString(), Set.copyOf(Roles.of(roles))),
                            () -> registrar.bind(wallet, next, proof, roles)));
        }
        renaming().ifPresent(parts::add);
        if (wasBound && !both) {
            parts.add(
                    new Part(
                            new Planned.RevokeNode(old.toString()),
                            () -> registrar.revoke(wallet, old)));
        }
        return parts;
    }

    private static long roles(Binding before, Set<Roles> asked) {
        if (!asked.isEmpty()) {
            return Registering.bits(asked);
        }
        return before.status() == BindingStatus.NONE ? Roles.bits(Roles.PROVIDER) : before.roles();
    }

    /** The market's entry names the old key: clients would not find the node by it. */
    private Optional<Part> renaming() throws RpcException {
        ProviderRegistry providers = open.contracts().providers();
        ProviderEntry entry = providers.provider(wallet);
        if (!names(entry, old)) {
            return Optional.empty();
        }
        String uri = uri(providers);
        return Optional.of(
                new Part(
                        new Planned.NameNode(next.toString()),
                        () -> registrar.rename(wallet, next, entry.descriptionHash(), uri)));
    }

    private static boolean names(ProviderEntry entry, NodeKey key) {
        return entry.status() == ProviderStatus.REGISTERED && entry.nodeKey().equals(key.bytes());
    }

    /** Refuses what the market would have to be told of, where that can't be done. */
    static void requireTellable(
            OpenNetwork open, EvmAddress wallet, NodeKey old, Registrar registrar)
            throws DeskException, RpcException {
        if (names(open.contracts().providers().provider(wallet), old)) {
            registrar.requireOwnGas("telling the market of a new key");
        }
    }

    private String uri(ProviderRegistry providers) throws RpcException {
        Optional<String> last = Optional.empty();
        long head = open.chain().head().number();
        for (ProviderEvent event : providers.events(open.network().firstBlock(), head)) {
            if (event instanceof ProviderEvent.Described said && said.wallet().equals(wallet)) {
                last = Optional.of(said.uri());
            }
        }
        return last.orElse("");
    }
}
