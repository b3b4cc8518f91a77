package org.flowshield.node.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.MemoryNode;
import org.flowshield.node.api.RoleName;
import org.junit.jupiter.api.Test;

final class StatusTextTest {

    private final StatusText text =
            new StatusText(Instant.parse("2026-01-02T06:09:08Z"), ZoneOffset.UTC);
    private final MemoryNode node = new MemoryNode();

    @Test
    void a_connected_client_and_a_limit_that_was_reached() throws Exception {
        node.enable(RoleName.CLIENT);
        node.connect(new ConnectRequest(MemoryNode.PROVIDER, 2));
        assertThat(text.table(node.status()))
                .containsExactly(
                        "client     connected, since 2026-01-02 03:04:05 (3 h 5 min)",
                        "provider   " + MemoryNode.PROVIDER,
                        "tunnel     flowshield0, 100.64.0.2, MTU 1,420, 2 lanes",
                        "sent       1,234,567 bytes in 890 packets",
                        "received   98,765,432,100 bytes in 1,234 packets",
                        "dropped    5 packets",
                        "roles      client on, provider off",
                        "limit      handshakes 60 of 64, reached 17 times",
                        "node       "
                                + MemoryNode.PEER_ID
                                + ", version 1.2.3, since 2026-01-02 03:04:05 (3 h 5 min)");
        assertThat(text.line(node.status()))
                .isEqualTo("06:09:08  connected  sent 1,234,567  received 98,765,432,100");
    }

    @Test
    void a_client_that_tries_again_says_why_when_and_how_often() {
        node.set(node.withClient(MemoryNode.reconnecting()));
        assertThat(text.table(node.status()))
                .contains(
                        "client     reconnecting, since 2026-01-02 03:04:05 (3 h 5 min)",
                        "problem    the provider does not answer",
                        "           -> wait, or choose another",
                        "next try   03:04:13, 3 failed so far");
        assertThat(StatusText.progress(MemoryNode.reconnecting()))
                .isEqualTo("reconnecting, 3 failed so far: the provider does not answer");
    }

    @Test
    void a_provider_tells_its_sessions_and_what_it_refused() throws Exception {
        node.enable(RoleName.PROVIDER);
        assertThat(text.table(node.status()))
                .startsWith(
                        "client     off",
                        "serves     1 session, MTU 1,420",
                        "address    /ip4/203.0.113.7/tcp/4001/p2p/" + MemoryNode.PEER_ID,
                        "sent       1 bytes in 2 packets",
                        "received   3 bytes in 4 packets",
                        "dropped    5 packets",
                        "refused    7 packets by special_purpose");
        assertThat(text.line(node.status()))
                .isEqualTo("06:09:08  client off  |  serves 1 session  sent 1  received 3");
    }
}
