package org.flowshield.libp2p.peerstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

final class PeerFileFuzzTest {

    @FuzzTest
    void a_file_is_refused_or_read(byte[] input) {
        try {
            assertThat(PeerFile.parse(input)).isNotNull();
        } catch (MalformedPeerFileException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    /** Behind the hash, which no fuzzer guesses. */
    @FuzzTest
    void content_that_is_read_is_written_the_same_and_bounded(byte[] input)
            throws MalformedPeerFileException {
        List<KnownPeer> peers;
        try {
            peers = PeerFile.body(input);
        } catch (MalformedPeerFileException e) {
            assertThat(e.reason()).isNotNull();
            return;
        }
        assertThat(PeerFile.parse(PeerFile.encode(peers))).isEqualTo(peers);
        for (KnownPeer peer : peers) {
            assertThat(peer.addresses()).hasSizeLessThanOrEqualTo(KnownPeer.MAX_ADDRESSES);
            assertThat(peer.protocols()).hasSizeLessThanOrEqualTo(KnownPeer.MAX_PROTOCOLS);
        }
    }
}
