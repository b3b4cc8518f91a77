package org.flowshield.libp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;

final class TextRecordFuzzTest {

    @FuzzTest
    void leads_to_private_addresses_of_one_peer_or_nowhere(byte[] input) throws Exception {
        Optional<Neighbour> read;
        try {
            read = TextRecord.parse(input);
        } catch (MalformedTextException e) {
            assertThat(e.reason()).isNotNull();
            return;
        }
        if (read.isPresent()) {
            Neighbour neighbour = read.get();
            assertThat(neighbour.addresses()).hasSizeLessThanOrEqualTo(TextRecord.MAX_ADDRESSES);
            assertThat(neighbour.addresses())
                    .allMatch(address -> address.isPrivate() && !address.isRelayed())
                    .allMatch(address -> address.peerId().orElseThrow().equals(neighbour.peer()));
            byte[] written = TextRecord.encode(neighbour.peer(), neighbour.addresses());
            assertThat(TextRecord.parse(written).orElse(neighbour).peer())
                    .isEqualTo(neighbour.peer());
        }
    }
}
