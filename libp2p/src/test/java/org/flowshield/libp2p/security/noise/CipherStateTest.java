package org.flowshield.libp2p.security.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.flowshield.libp2p.security.noise.MalformedNoiseException.Reason;
import org.junit.jupiter.api.Test;

final class CipherStateTest {

    private static final int ROOM = 64;

    @Test
    void stops_before_the_reserved_nonce() throws Exception {
        var last = new CipherState(new byte[32], -2L);
        last.seal(new byte[ROOM], 0, 1);

        assertThatThrownBy(() -> last.seal(new byte[ROOM], 0, 1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> last.open(new byte[ROOM], 0, ROOM, new byte[ROOM], 0))
                .isExactlyInstanceOf(IOException.class);
    }

    @Test
    void seals_nothing_with_a_wiped_key() {
        var wiped = new CipherState(new byte[32]);
        wiped.close();

        byte[] secret = new byte[ROOM];
        assertThatThrownBy(() -> wiped.seal(secret, 0, 1)).isInstanceOf(IOException.class);
        assertThat(secret).isEqualTo(new byte[ROOM]);
    }

    @Test
    void refuses_a_message_shorter_than_its_tag() {
        assertThatThrownBy(
                        () ->
                                new CipherState(new byte[32])
                                        .open(new byte[ROOM], 0, 15, new byte[ROOM], 0))
                .isInstanceOfSatisfying(
                        MalformedNoiseException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TOO_SHORT));
    }
}
