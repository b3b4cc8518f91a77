package org.flowshield.libp2p.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

final class PeerIdFuzzTest {

    @FuzzTest
    void an_id_has_one_binary_form(byte[] input) {
        try {
            assertThat(PeerId.parse(input).bytes()).isEqualTo(input);
        } catch (MalformedPeerIdException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    @FuzzTest
    void an_id_reads_back_both_its_texts(byte[] input) throws MalformedPeerIdException {
        PeerId id;
        try {
            id = PeerId.parse(new String(input, StandardCharsets.UTF_8));
        } catch (MalformedPeerIdException e) {
            assertThat(e.reason()).isNotNull();
            return;
        }
        assertThat(PeerId.parse(id.toString())).isEqualTo(id);
        assertThat(PeerId.parse(id.toCid())).isEqualTo(id);
    }
}
