package org.flowshield.node.cli.serve;

import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.wire.SignedOffer;
import org.flowshield.node.standby.Accounts;
import org.flowshield.node.treasury.Offers;
import org.flowshield.node.treasury.Treasury;

/**
 * Standby channels from the node's treasury.
 *
 * @param outside asks beside a tunnel: the provider that it leads to
 * @param inside asks others, through the tunnel if there is one
 */
record StandbyAccounts(Treasury treasury, Offers outside, Offers inside) implements Accounts {

    @Override
    public Told ask(Multiaddr provider, boolean inUse)
            throws RefusedException, InterruptedException {
        Offers.Answer answer = (inUse ? outside : inside).ask(provider.toString());
        return new Told(answer.provider(), answer.offer());
    }

    @Override
    public boolean isReady(Offer offer) throws RefusedException {
        return treasury.isReady(offer);
    }

    @Override
    public void open(SignedOffer offer, PeerId provider, Multiaddr address)
            throws RefusedException, InterruptedException {
        treasury.fund(offer, provider, address);
    }
}
