package org.flowshield.libp2p.identify;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.flowshield.libp2p.Vectors;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;

final class IdentifyFuzzTest {

    @FuzzTest
    void what_a_peer_says_is_refused_or_bounded(byte[] input) throws Exception {
        PeerId alice = PeerId.parse(Vectors.identity("alice").get("base58").asString());
        Multiaddr remote = Multiaddr.parse("/ip4/127.0.0.1/tcp/1");
        try {
            Identified read =
                    Identified.of(
                            alice, remote, IdentifyMessages.read(new ByteArrayInputStream(input)));
            assertThat(read.agent().chars().noneMatch(Character::isISOControl)).isTrue();
            assertThat(read.protocols()).hasSizeLessThanOrEqualTo(Identified.MAX_PROTOCOLS);
            assertThat(read.addresses()).hasSizeLessThanOrEqualTo(Identified.MAX_ADDRESSES);
        } catch (MalformedIdentifyException e) {
            assertThat(e.reason()).isNotNull();
        } catch (IOException e) {
            assertThat(e).isInstanceOf(EOFException.class);
        }
    }
}
