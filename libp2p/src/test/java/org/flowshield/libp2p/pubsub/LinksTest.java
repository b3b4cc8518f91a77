package org.flowshield.libp2p.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.flowshield.libp2p.kad.SomePeers;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.record.PeerRecord;
import org.junit.jupiter.api.Test;

final class LinksTest {

    @Test
    void a_peer_that_another_names_is_not_looked_for_by_a_name() throws Exception {
        Multiaddr address = SomePeers.address("9.9.9.9");
        PeerRecord told =
                new PeerRecord(
                        SomePeers.id(new Random(3)),
                        1,
                        List.of(Multiaddr.parse("/dns/metadata.internal/tcp/80"), address));
        assertThat(Links.ways(told)).containsExactly(address);
    }
}
