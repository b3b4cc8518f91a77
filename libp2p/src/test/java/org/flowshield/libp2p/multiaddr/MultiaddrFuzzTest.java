package org.flowshield.libp2p.multiaddr;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

final class MultiaddrFuzzTest {

    @FuzzTest
    void an_address_read_from_bytes_has_those_bytes_and_a_text(byte[] input)
            throws MalformedMultiaddrException {
        Multiaddr address;
        try {
            address = Multiaddr.parse(input);
        } catch (MalformedMultiaddrException e) {
            assertThat(e.reason()).isNotNull();
            return;
        }
        assertThat(address.encode()).isEqualTo(input);
        assertThat(Multiaddr.parse(address.toString())).isEqualTo(address);
        use(address);
    }

    @FuzzTest
    void an_address_read_from_text_has_a_canonical_one(byte[] input)
            throws MalformedMultiaddrException {
        Multiaddr address;
        try {
            address = Multiaddr.parse(new String(input, StandardCharsets.UTF_8));
        } catch (MalformedMultiaddrException e) {
            assertThat(e.reason()).isNotNull();
            return;
        }
        assertThat(Multiaddr.parse(address.toString())).isEqualTo(address);
        assertThat(Multiaddr.parse(address.encode())).isEqualTo(address);
        use(address);
    }

    /** Every question that a dialler asks has an answer for every address. */
    private static void use(Multiaddr address) {
        assertThat(address.withoutPeer().peerId().isPresent() && address.isTcp()).isFalse();
        assertThat(address.isLoopback() && address.isUnspecified()).isFalse();
        address.socketAddress()
                .ifPresent(socket -> assertThat(address.port()).hasValue(socket.getPort()));
    }
}
