package org.flowshield.node.finder;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.market.matching.Query;
import org.flowshield.node.payment.Parties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Fullnodes take a client's directories away: (1) as many as it asks at the most have answered it
 * once, (2) all of them fall silent, their ports still open. The client asks the node that it
 * begins with all the same, and forgets those that are silent.
 */
@Timeout(120)
final class SilentDirectoriesAttackIT {

    @Test
    void silent_ones_neither_keep_the_others_from_being_asked_nor_stay() throws Exception {
        List<ServerSocket> silent = new ArrayList<>();
        try (LoopbackMarket market = new LoopbackMarket();
                Search search =
                        new Search.Maker(
                                        new SecureRandom(),
                                        () -> 0,
                                        new Finder.Settings(LoopbackMarket.NETWORK, true).dht(),
                                        "test/1",
                                        market.clock)
                                .open()) {
            LoopbackMarket.Fullnode honest = market.new Fullnode();
            List<Multiaddr> bootstrap = List.of(honest.running.address());
            Directories directories =
                    new Directories(LoopbackMarket.NETWORK, AddressPolicy.ANY, market.clock);
            for (int i = 0; i < 2 * Directories.WANTED; i++) {
                ServerSocket port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                silent.add(port);
                Told one =
                        market.told("1", Parties.address(i))
                                .at(Told.at("/ip4/127.0.0.1/tcp/" + port.getLocalPort()));
                directories.answered(
                        one.peer(), List.of(one.addresses().getFirst().withPeer(one.peer())));
            }
            for (int look = 0; look < 3; look++) {
                assertThat(directories.askKnown(search, bootstrap, Query.ANY))
                        .extracting(Directories.Told::fullnode)
                        .containsExactly(honest.running.peer());
            }
            assertThat(directories.known()).containsExactly(honest.running.peer());
        } finally {
            for (ServerSocket port : silent) {
                port.close();
            }
        }
    }
}
