package org.flowshield.node.desk.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.identity.IdentityProof;
import org.flowshield.node.api.identity.IdentityStatus;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.identity.BoundNode;
import org.flowshield.node.desk.identity.IdentityDesk;
import org.flowshield.node.desk.identity.NodeClaims;
import org.flowshield.node.desk.identity.OwnNode;
import org.flowshield.node.desk.identity.Registered;
import org.flowshield.node.desk.identity.Rotated;
import org.flowshield.node.desk.identity.Verification;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.identity.NodeAttribute;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.identity.WalletNodes;
import org.jspecify.annotations.Nullable;

/** The wallet's nodes, by this machine's daemon and a network that may not have been chosen. */
final class LocalIdentity implements IdentityDesk {

    private final Path wallet;
    private final NodeLink link;
    private final @Nullable OpenNetwork network;
    private final Way way;

    LocalIdentity(Path wallet, NodeLink link, @Nullable OpenNetwork network) {
        this(wallet, link, network, new Way.OwnGas());
    }

    private LocalIdentity(Path wallet, NodeLink link, @Nullable OpenNetwork network, Way way) {
        this.wallet = wallet;
        this.link = link;
        this.network = network;
        this.way = way;
    }

    @Override
    public IdentityDesk carriedBy(@Nullable String provider) {
        return new LocalIdentity(wallet, link, network, new Way.Carried(provider));
    }

    private Registrar registrar(Conversation conversation) throws DeskException {
        return way.registrar(open(), link, new Sending(wallet, open(), conversation), conversation);
    }

    private OpenNetwork open() throws DeskException {
        if (network == null) {
            throw LocalDesk.noNetwork();
        }
        return network;
    }

    @Override
    public OwnNode own(boolean askChain) throws DeskException, InterruptedException {
        return Failures.told(
                () -> {
                    IdentityStatus status = link.client().identity().status();
                    NodeKey key = Registering.peer(status.peerId());
                    EvmAddress owner = status.wallet();
                    if (owner == null || !askChain) {
                        return new OwnNode(status, key.bytes().toString(), null, List.of());
                    }
                    return new OwnNode(
                            status, key.bytes().toString(), node(owner, key), others(owner, key));
                });
    }

    private BoundNode node(EvmAddress owner, NodeKey key) throws DeskException, RpcException {
        return node(key, open().contracts().identities().binding(owner, key.bytes()));
    }

    private static BoundNode node(NodeKey key, Binding binding) {
        return new BoundNode(key.toString(), key.bytes().toString(), binding);
    }

    private List<BoundNode> others(EvmAddress owner, NodeKey own)
            throws DeskException, RpcException {
        IdentityRegistry registry = open().contracts().identities();
        long head = open().chain().head().number();
        List<BoundNode> others = new ArrayList<>();
        for (WalletNodes.Known known :
                WalletNodes.of(
                        owner,
                        registry.events(open().network().firstBlock(), head),
                        registry::challenge)) {
            if (!known.node().key().equals(own)) {
                others.add(node(owner, known.node().key()));
            }
        }
        return others;
    }

    @Override
    public Registered register(EvmAddress owner, Set<Roles> roles, Conversation conversation)
            throws DeskException, InterruptedException {
        return Failures.told(
                () -> {
                    NodeClient node = link.client();
                    NodeKey key = Registering.key(node);
                    long wanted = Registering.bits(roles);
                    Registering registering = new Registering(open());
                    Optional<Binding> already = registering.look(owner, key, wanted);
                    Ending ending =
                            already.isPresent()
                                    ? new Ending.Already()
                                    : registering.bind(
                                            registrar(conversation), node, owner, key, wanted);
                    if (ending.isGood()) {
                        IdentityStatus _ = node.identity().belongTo(owner);
                    }
                    return new Registered(
                            already.isPresent() ? node(key, already.get()) : node(owner, key),
                            ending);
                });
    }

    @Override
    public Rotated rotate(EvmAddress owner, Set<Roles> roles, Conversation conversation)
            throws DeskException, InterruptedException {
        return Failures.told(
                () -> {
                    NodeClient node = link.client();
                    IdentityStatus status = node.identity().status();
                    NodeKey old = Registering.peer(status.peerId());
                    if (status.restartNeeded()) {
                        throw Failures.refused(
                                "restart_needed",
                                "a new key, "
                                        + status.nextPeerId()
                                        + ", waits for the daemon's next start",
                                "restart the daemon");
                    }
                    Registrar registrar = registrar(conversation);
                    Rotation.requireTellable(open(), owner, old, registrar);
                    IdentityProof proof = node.identity().proveNext(owner);
                    NodeKey next = Registering.peer(proof.peerId());
                    byte[] verified = new Registering(open()).verified(proof, next);
                    Ending ending =
                            new Rotation(owner, old, next, open(), conversation, registrar)
                                    .run(verified, roles);
                    if (ending.isGood()) {
                        IdentityStatus _ = node.identity().belongTo(owner);
                        IdentityStatus _ = node.identity().adopt();
                    }
                    return new Rotated(next.toString(), ending);
                });
    }

    @Override
    public Registered revoke(EvmAddress owner, @Nullable String named, Conversation conversation)
            throws DeskException, InterruptedException {
        return Failures.told(
                () -> {
                    NodeKey key = key(named);
                    BoundNode before = node(owner, key);
                    return switch (before.binding().status()) {
                        case REVOKED -> new Registered(before, new Ending.Already());
                        case BOUND -> {
                            Ending ending = registrar(conversation).revoke(owner, key);
                            yield new Registered(node(owner, key), ending);
                        }
                        case NONE ->
                                throw Failures.refused(
                                        "not_bound",
                                        "the wallet " + owner + " has never bound " + key,
                                        "see which nodes it has: flowshield identity show; or name"
                                                + " another account: --account N");
                    };
                });
    }

    @Override
    public NodeClaims claims(@Nullable String node) throws DeskException, InterruptedException {
        return Failures.told(() -> new Claiming(open()).claims(key(node)));
    }

    @Override
    public Ending claim(
            EvmAddress owner,
            @Nullable String node,
            NodeAttribute attribute,
            Conversation conversation)
            throws DeskException, InterruptedException {
        return Failures.told(
                () ->
                        new Claiming(open())
                                .set(
                                        registrar(conversation),
                                        new NodeId(owner, key(node)),
                                        attribute.nameWord(),
                                        attribute.valueWord()));
    }

    @Override
    public Ending takeBack(
            EvmAddress owner, @Nullable String node, String name, Conversation conversation)
            throws DeskException, InterruptedException {
        return Failures.told(
                () ->
                        new Claiming(open())
                                .set(
                                        registrar(conversation),
                                        new NodeId(owner, key(node)),
                                        Claiming.nameWord(name),
                                        Bytes32.ZERO));
    }

    /** Of this machine's node, or a named one; null names the former. */
    private NodeKey key(@Nullable String named)
            throws DeskException, RefusedException, IOException, InterruptedException {
        return named == null ? Registering.key(link.client()) : Registering.named(named);
    }

    @Override
    public Verification verify(String node, Roles role, Consumer<Verification.Check> progress)
            throws DeskException, InterruptedException {
        return Failures.told(() -> new Verifying(open(), progress).run(node, role));
    }
}
