package org.flowshield.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.flowshield.libp2p.resource.Limit;
import org.flowshield.libp2p.resource.Limits;
import org.junit.jupiter.api.Test;

final class OpenFilesTest {

    @Test
    void leave_limits_alone_that_fit() {
        assertThat(OpenFiles.fit(Limits.DEFAULT, 20_000)).isSameAs(Limits.DEFAULT);
        assertThat(OpenFiles.fit(Limits.DEFAULT, Long.MAX_VALUE)).isSameAs(Limits.DEFAULT);
    }

    @Test
    void bound_sockets_by_three_quarters_of_what_is_left() {
        assertThat(OpenFiles.fit(Limits.DEFAULT, 1000).of(Limit.SOCKETS)).isEqualTo(750);
        assertThat(OpenFiles.fit(Limits.DEFAULT, -5).of(Limit.SOCKETS)).isEqualTo(1);
    }
}
