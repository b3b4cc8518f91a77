package org.flowshield.node.finder;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.finder.backing.Backing;
import org.flowshield.node.finder.backing.Backing.Backed;
import org.flowshield.node.identity.Identity;
import org.flowshield.node.identity.IdentityProtocol;
import org.flowshield.node.identity.IdentityVerifier;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.RefusedIdentityException;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.session.Vetting;
import org.flowshield.node.tunnel.credit.BillEndedException;

/**
 * Money goes to a provider whose wallet vouches for it. One of the market has to prove that, and
 * what can't be checked is refused. One that the user has named by its address may be unknown to
 * everybody else, which is said; what it shows must hold (docs/adr/0027). Safe for use by any
 * thread.
 */
public final class IdentityVetting implements Vetting {

    /** A certificate, and a look at the chain, over slow lines. */
    private static final Duration WITHIN = Duration.ofSeconds(4);

    /**
     * The same of one that is gone to in any case: a chain that is silent must not hold up who goes
     * over to it.
     */
    private static final Duration NAMED_WITHIN = Duration.ofSeconds(1);

    /** Refused for now: it may be honest, and nobody says so. */
    private static final String UNCHECKED = "identity_unchecked";

    private final IdentityVerifier verifier;
    private final Backing backing;
    private final Function<PeerId, Optional<Price>> chosenFor;

    /**
     * @param chosenFor the price of who was found in the market; empty: the user has named it
     */
    public IdentityVetting(
            IdentityVerifier verifier,
            Backing backing,
            Function<PeerId, Optional<Price>> chosenFor) {
        this.verifier = verifier;
        this.backing = backing;
        this.chosenFor = chosenFor;
    }

    @Override
    public Optional<String> require(Connection provider, Offer offer)
            throws IOException, InterruptedException {
        PeerId peer = provider.remotePeer();
        Optional<Price> listed = chosenFor.apply(peer);
        if (listed.isPresent()) {
            requireListed(listed.orElseThrow(), offer);
        }
        boolean found = listed.isPresent();
        Answer answer = ask(provider, found ? WITHIN : NAMED_WITHIN);
        if (answer.identity().isEmpty()) {
            if (found || !answer.maybeHonest()) {
                throw refused(answer.code(), answer.words());
            }
            return Optional.of(unknown(answer));
        }
        requirePayee(peer, answer.identity().orElseThrow(), offer);
        if (found) {
            requireBacked(peer, offer);
        }
        return Optional.empty();
    }

    @Override
    public void requireFree(PeerId provider) throws BillEndedException {
        if (chosenFor.apply(provider).isPresent()) {
            throw refused("not_as_listed", "it makes no offer any more, unlike its listing");
        }
    }

    /**
     * What came of asking.
     *
     * @param identity empty: none that is to be believed
     * @param maybeHonest whether one without it may be honest
     * @param code of there being none
     * @param words why there is none
     */
    private record Answer(
            Optional<Identity> identity, boolean maybeHonest, String code, String words) {}

    private Answer ask(Connection provider, Duration within) throws InterruptedException {
        return Fanout.ask(
                        List.of(provider),
                        1,
                        within,
                        one -> Optional.of(answer(one)),
                        _ -> Optional.empty())
                .stream()
                .findFirst()
                .orElseGet(
                        () ->
                                new Answer(
                                        Optional.empty(),
                                        true,
                                        UNCHECKED,
                                        "neither it nor the chain said who it is within %d s"
                                                .formatted(within.toSeconds())));
    }

    private Answer answer(Connection provider) {
        try {
            return new Answer(
                    Optional.of(IdentityProtocol.ask(provider, verifier, Roles.PROVIDER)),
                    true,
                    "",
                    "");
        } catch (RefusedIdentityException e) {
            return new Answer(
                    Optional.empty(),
                    maybeHonest(e.reason()),
                    code(e.reason()),
                    String.valueOf(e.getMessage()));
        }
    }

    /** The cheapest are gone to first: who was that by its listing has to stay it. */
    private static void requireListed(Price listed, Offer offer) throws BillEndedException {
        if (offer.price().perGiB().isMoreThan(listed.perGiB())) {
            throw refused(
                    "not_as_listed",
                    "it asks for %s, and was chosen because it listed %s"
                            .formatted(offer.price().perGiB(), listed.perGiB()));
        }
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
                            UNCHECKED,
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

    private static String code(RefusedIdentityException.Reason reason) {
        return switch (reason) {
            case SILENT, UNKNOWN -> UNCHECKED;
            case MALFORMED, UNBOUND, REVOKED, OTHER_ROLE -> "identity_refused";
        };
    }

    private static String unknown(Answer answer) {
        return "no wallet vouches for this provider ("
                + answer.words()
                + "): only its address says whom you pay";
    }

    private static BillEndedException refused(String code, String why) {
        return new BillEndedException(code, why, false);
    }
}
