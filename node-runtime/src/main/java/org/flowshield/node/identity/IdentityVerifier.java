package org.flowshield.node.identity;

import static org.flowshield.node.identity.RefusedIdentityException.Reason;

import java.time.InstantSource;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.libp2p.peer.PeerId;

/**
 * Decides who a peer is: certificate, node key, registry, not revoked; whatever is missing, it is
 * refused. Safe for use by any thread; may wait for the registry.
 */
public final class IdentityVerifier {

    private final Registry registry;
    private final ChainId chain;
    private final InstantSource time;

    public IdentityVerifier(Registry registry, ChainId chain, InstantSource time) {
        this.registry = registry;
        this.chain = chain;
        this.time = time;
    }

    /**
     * Who a peer is, if it shows that.
     *
     * @param peer whose key the connection's handshake proved
     * @param certificate what that peer showed
     * @param role what it wants to be for us
     */
    public Identity verify(PeerId peer, byte[] certificate, Roles role)
            throws RefusedIdentityException {
        NodeKey key =
                NodeKey.of(peer)
                        .orElseThrow(
                                () ->
                                        new RefusedIdentityException(
                                                Reason.MALFORMED,
                                                peer
                                                        + " has a key of a kind that no identity has"));
        IdentityCertificate shown;
        try {
            shown = IdentityCertificate.open(certificate, key, chain, time.instant());
        } catch (MalformedIdentityException e) {
            throw new RefusedIdentityException(
                    Reason.MALFORMED, peer + " does not show who it is: " + e.getMessage(), e);
        }
        return new Identity(shown.node(), roles(shown.node(), role), shown.notAfter());
    }

    private long roles(NodeId node, Roles role) throws RefusedIdentityException {
        Standing standing;
        try {
            standing = registry.standing(node);
        } catch (RegistryUnavailableException e) {
            throw new RefusedIdentityException(
                    Reason.UNKNOWN,
                    "nobody says whether "
                            + node
                            + " is bound or revoked, so it is refused: "
                            + e.getMessage(),
                    e);
        }
        return switch (standing) {
            case Standing.Bound bound when role.isIn(bound.roles()) -> bound.roles();
            case Standing.Bound bound ->
                    throw new RefusedIdentityException(
                            Reason.OTHER_ROLE,
                            "%s is bound as %s, not as %s"
                                    .formatted(node, Roles.of(bound.roles()), role));
            case Standing.Revoked revoked ->
                    throw new RefusedIdentityException(
                            Reason.REVOKED, node + " was revoked on " + revoked.at());
            case Standing.Unbound _ ->
                    throw new RefusedIdentityException(
                            Reason.UNBOUND, "the wallet has not bound " + node);
        };
    }
}
