package org.flowshield.node.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Optional;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.client.ControlPlane;
import org.flowshield.node.controlplane.ControlSockets;
import org.flowshield.node.controlplane.Names;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.session.Vetting;
import org.flowshield.node.role.Hosts;
import org.flowshield.node.tunnel.credit.BillEndedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A provider is asked what it serves for, before there is any channel to it. */
@Timeout(120)
final class OfferDialIT {

    private final SecureRandom random = new SecureRandom();

    /** Who was found in the market does not serve for nothing. */
    private static final class OfTheMarket implements Vetting {

        @Override
        public Optional<String> require(Connection provider, Offer offer) {
            return Optional.empty();
        }

        @Override
        public void requireFree(PeerId provider) throws BillEndedException {
            throw new BillEndedException("not_as_listed", "it was listed with a price", false);
        }
    }

    private OfferDial dial(Vetting vetting) {
        ControlSockets control = new ControlSockets(0);
        control.goes(ControlPlane.Way.OPEN);
        return new OfferDial(
                random, () -> 0, new Names(control, InetAddress::getAllByName), vetting);
    }

    @Test
    void one_that_makes_no_offer_serves_for_nothing_unless_it_is_of_the_market() throws Exception {
        try (PrivateKey key = PrivateKey.generate(random);
                Host provider =
                        Hosts.builder(key, random)
                                .listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))
                                .build()) {
            String address = provider.listenAddresses().getFirst() + "/p2p/" + provider.peerId();
            assertThat(dial(Vetting.NONE).ask(address).offer()).isEmpty();
            assertThatThrownBy(() -> dial(new OfTheMarket()).ask(address))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("not_as_listed"));
        }
    }
}
