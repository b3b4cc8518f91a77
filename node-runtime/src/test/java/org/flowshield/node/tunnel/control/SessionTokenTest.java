package org.flowshield.node.tunnel.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

final class SessionTokenTest {

    private final SessionToken token = SessionToken.random(new SecureRandom());

    @Test
    void equals_only_the_same_bytes() throws Exception {
        byte[] bytes = token.encode();
        assertThat(SessionToken.parse(bytes)).isEqualTo(token);
        bytes[31] ^= 1;
        assertThat(SessionToken.parse(bytes)).isNotEqualTo(token);
    }

    @Test
    void is_never_printed() {
        assertThat(token).hasToString("SessionToken[secret]");
        assertThat(Messages.welcome(token).toString()).contains("SessionToken[secret]");
    }

    @Test
    void is_wiped_when_closed() {
        token.close();
        assertThat(token.encode()).containsOnly(0);
    }
}
