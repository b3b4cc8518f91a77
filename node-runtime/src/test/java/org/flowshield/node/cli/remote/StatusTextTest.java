package org.flowshield.node.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.MemoryNode;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.RoleName;
import org.junit.jupiter.api.Test;

final class StatusTextTest {

    private final StatusText text =
            new StatusText(Instant.parse("2026-01-02T06:09:08Z"), ZoneOffset.UTC);
    private final MemoryNode node = new MemoryNode();

    @Test
    void a_fullnode_says_what_it_knows_and_where_it_can_be_looked_at() {
        NodeStatus b = new MemoryNode().status();
        NodeStatus status =
                new NodeStatus(
                        b.version(),
                        b.peerId(),
                        b.startedAt(),
                        b.roles(),
                        null,
                        null,
                        MemoryNode.fullnode(),
                        b.payment(),
                        b.limits());
        assertThat(new StatusText(status.startedAt(), ZoneOffset.UTC).table(status))
                .contains(
                        "market     1,000 offers, 900 online, 50 stale, of 400 wallets",
                        "answered   7 questions, 2 refused",
                        "fullnodes  4 others, caught up at 03:04:05",
                        "dropped    11 messages that were too many, 3 that nobody had signed",
                        "reached    other nodes get to it at /ip4/192.0.2.9/tcp/4001",
                        "explorer   http://127.0.0.1:8080/");
    }

    @Test
    void a_connected_client_and_a_limit_that_was_reached() throws Exception {
        node.enable(RoleName.CLIENT);
        node.connect(new ConnectRequest(MemoryNode.PROVIDER, 2));
        assertThat(text.table(node.status()))
                .containsExactly(
                        "client     connected, since 2026-01-02 03:04:05 (3 h 5 min)",
                        "provider   " + MemoryNode.PROVIDER,
                        "tunnel     flowshield0, 100.64.0.2, MTU 1,420, 2 lanes",
                        "names      100.64.0.1",
                        "sent       1,234,567 bytes in 890 packets",
                        "received   98,765,432,100 bytes in 1,234 packets",
                        "dropped    5 packets",
                        "payment    not configured",
                        "roles      client on, provider off, fullnode off",
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
    void a_paid_session_tells_price_channel_and_limits() throws Exception {
        node.configurePayment();
        node.enable(RoleName.CLIENT);
        node.connect(new ConnectRequest(MemoryNode.PROVIDER, 1, MemoryPayments.flow("1")));
        assertThat(text.table(node.status()))
                .contains(
                        "paid       0.012207031 FLOW at 0.25 FLOW per GiB, 17 vouchers for"
                                + " 52,428,800 of 60,000,000 bytes",
                        "not billed 1,500 bytes unasked",
                        "channel    0x11000000, 0.987792969 FLOW of 1 FLOW left, window 8,388,608"
                                + " bytes, cap leaves 0.9 FLOW",
                        "payment    demo (chain 31337), block 1,234; identities are proved",
                        "wallet     0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
                        "purse      4 FLOW; this node may lock 8 FLOW of it until"
                                + " 2026-01-03 03:04:05",
                        "signer     "
                                + node.status().payment().signer()
                                + ", which the wallet"
                                + " authorises",
                        "spent      session 0.02 of 1, day 0.4 of 5, month 3 of 50 FLOW",
                        "earned     1.2 FLOW, 0.7 FLOW settled",
                        "gas        0.0025 ETH at 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC");
        assertThat(text.line(node.status())).endsWith("  paid 0.012207031 FLOW");
        assertThat(text.connected(Objects.requireNonNull(node.status().client())))
                .endsWith("1 lane, 0.25 FLOW per GiB");
    }

    @Test
    void amounts_are_cut_for_people_and_never_to_nothing() {
        assertThat(MoneyText.number(MemoryPayments.flow("12.500"))).isEqualTo("12.5");
        assertThat(MoneyText.number(MemoryPayments.flow("1000"))).isEqualTo("1000");
        assertThat(MoneyText.number(MemoryPayments.flow("0.1234567899"))).isEqualTo("0.123456789");
        assertThat(MoneyText.number(MemoryPayments.flow("0.0000000001"))).isEqualTo("<0.000000001");
        assertThat(MoneyText.number(TokenAmount.ZERO)).isEqualTo("0");
    }

    @Test
    void a_provider_tells_its_sessions_and_what_it_refused() throws Exception {
        node.enable(RoleName.PROVIDER);
        assertThat(text.table(node.status()))
                .startsWith(
                        "client     off",
                        "serves     1 session, MTU 1,420",
                        "address    /ip4/203.0.113.7/tcp/4001/p2p/" + MemoryNode.PEER_ID,
                        "reached    no other node gets to it",
                        "to do      open TCP port 4001",
                        "router     passes /ip4/203.0.113.7/tcp/4001 on to port 4001, by PCP, until"
                                + " 03:04:05 unless renewed",
                        "router     does not pass on port 4002: no router was found that can be"
                                + " asked",
                        "sent       1 bytes in 2 packets",
                        "received   3 bytes in 4 packets",
                        "dropped    5 packets",
                        "refused    7 packets by special_purpose");
        assertThat(text.line(node.status()))
                .isEqualTo("06:09:08  client off  |  serves 1 session  sent 1  received 3");
    }
}
