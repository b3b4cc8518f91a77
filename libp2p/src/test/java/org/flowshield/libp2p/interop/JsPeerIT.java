package org.flowshield.libp2p.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The yardstick itself: js against js, so that a failure elsewhere is ours. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class JsPeerIT {

    @BeforeEach
    void needs_node() {
        assumeTrue(JsPeer.missing().isEmpty(), JsPeer.missing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls", "noise"})
    void two_js_peers_understand_each_other(String security) throws IOException {
        try (JsPeer listener = JsPeer.listen(security);
                JsPeer dialler = JsPeer.dial(security, listener.address())) {
            assertThat(dialler.probe("parallel streams=100 bytes=1000").path("bytes").asInt())
                    .isEqualTo(100_000);
            dialler.probe("reset by=us");
            listener.await("reset-seen");
            assertThat(dialler.end()).isZero();
        }
    }
}
