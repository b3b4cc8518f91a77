package org.flowshield.node.finder;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.finder.Backing.Backed;
import org.flowshield.node.identity.Identity;
import org.flowshield.node.identity.IdentityProtocol;
import org.flowshield.node.identity.IdentityVerifier;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.RefusedIdentityException;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.session.Vetting;
import org.flowshield.node.tunnel.credit.BillEndedException;

/**
 * Money goes to a provider whose wallet vouches for it. One of the market has to prove that, and
 * what can't be checked is refused. One that the user has named by its address may be unknown to
 * everybody else, which is said; what it shows must hold (docs/adr/0027). Safe for use by any
 * thread.
 */
public final class IdentityVetting implements Vetting {

    private final IdentityVerifier verifier;
    private final Backing backing;
    private final Predicate<PeerId> ofTheMarket;

    /**
     * @param ofTheMarket who was found there, and not named by the user
     */
    public IdentityVetting(
            IdentityVerifier verifier, Backing backing, Predicate<PeerId> ofTheMarket) {
        this.verifier = verifier;
        this.backing = backing;
        this.ofTheMarket = ofTheMarket;
    }

    @Override
    public Optional<String> require(Connection provider, Offer offer)
            throws IOException, InterruptedException {
        PeerId peer = provider.remotePeer();
        boolean found = ofTheMarket.test(peer);
        try {
            Identity identity = IdentityProtocol.ask(provider, verifier, Roles.PROVIDER);
            requirePayee(peer, identity, offer);
        } catch (RefusedIdentityException e) {
            if (found || !maybeHonest(e.reason())) {
                throw refused("identity_refused", String.valueOf(e.getMessage()));
            }
            return Optional.of(unknown(e));
        }
        if (found) {
            requireBacked(peer, offer);
        }
        return Optional.empty();
    }

    private static void requirePayee(PeerId peer, Identity identity, Offer offer)
            throws BillEndedException {
        if (!identity.node().wallet().equals(offer.payee())) {
            throw refused(
                    "identity_refused",
                    "%s is of the wallet %s, and asks for money for %s"
                            .formatted(peer, identity.node().wallet(), offer.payee()));
        }
    }

    private void requireBacked(PeerId peer, Offer offer)
            throws BillEndedException, InterruptedException {
        NodeKey node = NodeKey.of(peer).orElseThrow();
        switch (backing.of(node, offer.payee())) {
            case Backed.Staked _ -> {} // as it should be
            case Backed.Refused refused -> throw refused(refused.code(), refused.why());
            case Backed.Unknown unknown ->
                    throw refused(
                            "identity_refused",
                            "nobody says whether its wallet is staked, so it is refused: "
                                    + unknown.why());
        }
    }

    /** What a provider may be that nobody but its user knows. */
    private static boolean maybeHonest(RefusedIdentityException.Reason reason) {
        return switch (reason) {
            case SILENT, UNBOUND, UNKNOWN -> true;
            case MALFORMED, REVOKED, OTHER_ROLE -> false;
        };
    }

    private static String unknown(RefusedIdentityException e) {
        return "no wallet vouches for this provider ("
                + e.getMessage()
                + "): only its address says whom you pay";
    }

    private static BillEndedException refused(String code, String why) {
        return new BillEndedException(code, why, false);
    }
}
