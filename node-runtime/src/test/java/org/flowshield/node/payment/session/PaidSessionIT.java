package org.flowshield.node.payment.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.ledger.SpendingCaps;
import org.flowshield.node.payment.CreditWindow;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.Price;
import org.flowshield.node.tunnel.EndReason;
import org.flowshield.node.tunnel.TunnelEndedException;
import org.flowshield.node.tunnel.credit.BillEndedException;
import org.flowshield.node.tunnel.credit.ClientBilling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real hosts, tunnels and ledgers; devices and chain are in memory. */
@Timeout(120)
final class PaidSessionIT {

    private static final TokenAmount DEPOSIT = Parties.flow("2");

    @TempDir private Path folder;
    private final FakeChain chain = new FakeChain();

    private PaidProvider provider(String name) throws Exception {
        return new PaidProvider(folder.resolve(name), chain, false);
    }

    private PaidProvider provider(String name, long maxWindow) throws Exception {
        return new PaidProvider(
                folder.resolve(name), chain, false, PaidProvider.settings(maxWindow));
    }

    private PaidClient client() throws Exception {
        return new PaidClient(folder.resolve("client"), chain, DEPOSIT, TokenAmount.ZERO);
    }

    private static PaidTraffic traffic(PaidClient.Session session, PaidProvider provider) {
        return new PaidTraffic(session, provider);
    }

    private static ChannelRecord channel(Ledger ledger) throws Exception {
        return ledger.channels(Side.PAYER).getFirst();
    }

    private static TokenAmount paid(Ledger ledger, ChannelId channel, Side side) throws Exception {
        Optional<SignedVoucher> latest = ledger.latest(channel, side);
        return latest.map(voucher -> voucher.voucher().cumulative()).orElse(TokenAmount.ZERO);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    private static void await(FutureTask<Long> task) throws Exception {
        long _ = task.get(100, TimeUnit.SECONDS);
    }

    @Test
    void sixty_four_mebibytes_each_way_are_paid_to_the_last_byte() throws Exception {
        try (PaidProvider provider = provider("provider");
                PaidClient client = client();
                PaidClient.Session session = client.connect(provider.address);
                PaidTraffic traffic = traffic(session, provider)) {
            FutureTask<Long> up = traffic.send(true, 64 << 20);
            await(() -> traffic.up() > 0); // a flow that began inside
            FutureTask<Long> down = traffic.send(false, 64 << 20);
            await(up);
            await(down);
            long carried = session.bill().credit().metered().billable();
            ChannelId channel = channel(client.ledger).id();
            TokenAmount due = Parties.PRICE.cost(carried);

            while (!paid(provider.ledger, channel, Side.PAYEE).equals(due)) {
                Thread.sleep(10);
            }
            assertThat(carried).isGreaterThanOrEqualTo(128 << 20);
            assertThat(session.bill().credit().metered().unsolicited()).isZero();
            assertThat(paid(client.ledger, channel, Side.PAYER)).isEqualTo(due);
            assertThat(session.bill().paid()).isEqualTo(due);
        }
    }

    @Test
    void a_second_session_goes_on_with_the_channel_of_the_first() throws Exception {
        try (PaidProvider provider = provider("provider");
                PaidClient client = client()) {
            for (int i = 0; i < 2; i++) {
                try (PaidClient.Session session = client.connect(provider.address);
                        PaidTraffic traffic = traffic(session, provider)) {
                    await(traffic.send(true, 1 << 20));
                }
            }
            ChannelId channel = channel(client.ledger).id();
            TokenAmount signed = paid(client.ledger, channel, Side.PAYER);

            assertThat(chain.openings()).isEqualTo(1);
            while (!paid(provider.ledger, channel, Side.PAYEE).equals(signed)) {
                Thread.sleep(5); // the last voucher is on its way when the client has gone
            }
            // Less than a window may be unpaid when a session is broken off.
            assertThat(signed)
                    .isGreaterThanOrEqualTo(Parties.PRICE.cost((2 << 20) - 2 * CreditWindow.FIRST));
            assertThat(provider.ledger.sessions(10)).hasSize(2);
        }
    }

    @Test
    void a_provider_that_is_killed_has_what_was_paid_and_no_more() throws Exception {
        try (PaidProvider provider = provider("provider", CreditWindow.UNCONFIRMED);
                PaidClient client = client();
                PaidClient.Session session = client.connect(provider.address);
                PaidTraffic traffic = traffic(session, provider)) {
            FutureTask<Long> _ = traffic.send(true, 1L << 30);
            await(() -> traffic.up() > 8 << 20);
            provider.kill();
            session.tunnel().ended().get();
            long served = traffic.up();

            TokenAmount signed = paid(client.ledger, channel(client.ledger).id(), Side.PAYER);
            assertThat(Parties.PRICE.bytesFor(signed))
                    .isLessThanOrEqualTo(served + CreditWindow.UNCONFIRMED);
        }
    }

    @Test
    void a_client_that_vanishes_owes_less_than_a_window() throws Exception {
        try (PaidProvider provider = provider("provider", CreditWindow.UNCONFIRMED);
                PaidClient client = client();
                PaidClient.Session session = client.connect(provider.address);
                PaidTraffic traffic = traffic(session, provider)) {
            FutureTask<Long> _ = traffic.send(true, 1L << 30);
            await(() -> traffic.up() > 8 << 20);
            session.kill();
            await(() -> provider.tunnels.sessions().isEmpty());

            ChannelId channel = channel(client.ledger).id();
            long kept = Parties.PRICE.bytesFor(paid(provider.ledger, channel, Side.PAYEE));
            assertThat(provider.tunnels.carried().receivedBytes())
                    .isLessThanOrEqualTo(kept + CreditWindow.UNCONFIRMED);
        }
    }

    @Test
    void another_provider_is_paid_with_the_session_signer_alone() throws Exception {
        try (PaidProvider first = provider("first");
                PaidProvider second = provider("second");
                PaidClient client = client()) {
            try (PaidClient.Session session = client.connect(first.address);
                    PaidTraffic traffic = traffic(session, first)) {
                await(traffic.send(true, 1 << 20));
                first.kill();
                session.tunnel().ended().get();
            }
            try (PaidClient.Session session = client.connect(second.address);
                    PaidTraffic traffic = traffic(session, second)) {
                await(traffic.send(true, 1 << 20));
            }

            while (second.ledger.sessions(1).getFirst().end().isEmpty()) {
                Thread.sleep(5);
            }
            assertThat(second.ledger.sessions(1).getFirst().paid())
                    .isGreaterThanOrEqualTo(Parties.PRICE.cost(1 << 20));
        }
    }

    @Test
    void a_spending_limit_ends_the_session_and_both_sides_say_why() throws Exception {
        try (PaidProvider provider = provider("provider");
                PaidClient client = client()) {
            TokenAmount cap = Parties.PRICE.cost(3 << 20);
            client.ledger.setCaps(
                    new SpendingCaps(Optional.of(cap), Optional.empty(), Optional.empty()));
            try (PaidClient.Session session = client.connect(provider.address);
                    PaidTraffic traffic = traffic(session, provider)) {
                FutureTask<Long> _ = traffic.send(true, 1L << 30);
                TunnelEndedException end = session.tunnel().ended().get();

                assertThat(end.reason()).isEqualTo(EndReason.PAYMENT);
                assertThat(end).hasMessageContaining("a session is reached");
                ChannelId channel = channel(client.ledger).id();
                assertThat(paid(client.ledger, channel, Side.PAYER))
                        .isLessThanOrEqualTo(cap)
                        .isGreaterThan(Parties.PRICE.cost(2 << 20));
                while (provider.ledger.sessions(1).getFirst().end().isEmpty()) {
                    Thread.sleep(5);
                }
                assertThat(provider.ledger.sessions(1).getFirst().end().orElseThrow().reason())
                        .contains("a session is reached");
            }
        }
    }

    @Test
    void a_channel_that_runs_low_is_topped_up_while_traffic_flows() throws Exception {
        TokenAmount small = Parties.PRICE.cost(4 << 20);
        try (PaidProvider provider = provider("provider", CreditWindow.UNCONFIRMED);
                PaidClient client = new PaidClient(folder.resolve("client"), chain, small, small);
                PaidClient.Session session = client.connect(provider.address);
                PaidTraffic traffic = traffic(session, provider)) {
            await(traffic.send(true, 12 << 20));

            assertThat(chain.openings()).isEqualTo(1);
            assertThat(chain.view(channel(client.ledger).key()).deposit())
                    .isGreaterThan(Parties.PRICE.cost(12 << 20));
        }
    }

    @Test
    void a_used_up_deposit_ends_the_session_and_says_so() throws Exception {
        TokenAmount small = Parties.PRICE.cost(4 << 20);
        try (PaidProvider provider = provider("provider", CreditWindow.UNCONFIRMED);
                PaidClient client =
                        new PaidClient(folder.resolve("client"), chain, small, TokenAmount.ZERO);
                PaidClient.Session session = client.connect(provider.address);
                PaidTraffic traffic = traffic(session, provider)) {
            FutureTask<Long> _ = traffic.send(true, 1L << 30);
            TunnelEndedException end = session.tunnel().ended().get();

            assertThat(end.reason()).isEqualTo(EndReason.PAYMENT);
            assertThat(end).hasMessageContaining("deposit");
            assertThat(end.getCause())
                    .isInstanceOfSatisfying(
                            BillEndedException.class,
                            why -> assertThat(why.code()).isEqualTo("deposit_used_up"));
        }
    }

    @Test
    void a_channel_that_was_used_up_is_topped_up_for_the_next_session() throws Exception {
        TokenAmount small = Parties.PRICE.cost(4 << 20);
        try (PaidProvider provider = provider("provider", CreditWindow.UNCONFIRMED);
                PaidClient client =
                        new PaidClient(folder.resolve("client"), chain, small, TokenAmount.ZERO)) {
            for (int i = 0; i < 2; i++) {
                try (PaidClient.Session session = client.connect(provider.address);
                        PaidTraffic traffic = traffic(session, provider)) {
                    FutureTask<Long> _ = traffic.send(true, 1L << 30);
                    assertThat(session.tunnel().ended().get().getCause())
                            .isInstanceOfSatisfying(
                                    BillEndedException.class,
                                    why -> assertThat(why.code()).isEqualTo("deposit_used_up"));
                    assertThat(session.bill().paid())
                            .isGreaterThan(Parties.PRICE.cost(3 << 20))
                            .isLessThanOrEqualTo(small);
                }
            }

            assertThat(chain.openings()).isEqualTo(1);
            assertThat(chain.topUps()).isEqualTo(1);
        }
    }

    @Test
    void a_later_session_begins_with_the_window_that_the_first_has_earned() throws Exception {
        try (PaidProvider provider = provider("provider");
                PaidClient client = client()) {
            assertThat(windowAfter(client, provider, 8 << 20)).isGreaterThanOrEqualTo(4 << 20);
            assertThat(windowAfter(client, provider, 1)).isGreaterThanOrEqualTo(4 << 20);
        }
    }

    private static long windowAfter(PaidClient client, PaidProvider provider, long bytes)
            throws Exception {
        try (PaidClient.Session session = client.connect(provider.address);
                PaidTraffic traffic = traffic(session, provider)) {
            await(traffic.send(true, bytes));
            return session.bill().status().orElseThrow().window();
        }
    }

    @Test
    void a_provider_that_has_agreed_to_close_a_channel_serves_nothing_more_for_it()
            throws Exception {
        try (PaidProvider provider = provider("provider");
                PaidClient client = client()) {
            try (PaidClient.Session session = client.connect(provider.address);
                    PaidTraffic traffic = traffic(session, provider)) {
                await(traffic.send(true, 1 << 20));
                assertThat(session.bill().closeChannel()).isPresent();
            }
            // The client keeps the agreement to itself, and the chain shows an open channel.
            assertThat(chain.view(channel(client.ledger).key()).isOpen()).isTrue();
            assertThatThrownBy(
                            () -> {
                                try (PaidClient.Session _ = client.connect(provider.address)) {
                                    throw new AssertionError("it was served");
                                }
                            })
                    .hasMessageContaining("its end was agreed on");
            assertThat(
                            provider.ledger
                                    .channel(channel(client.ledger).id(), Side.PAYEE)
                                    .orElseThrow()
                                    .status())
                    .isEqualTo(ChannelRecord.Status.AGREED);
        }
    }

    @Test
    void a_fresh_channel_is_served_a_small_window_until_it_is_confirmed() throws Exception {
        chain.confirming(false);
        try (PaidProvider provider = provider("provider");
                PaidClient client = client();
                PaidClient.Session session = client.connect(provider.address);
                PaidTraffic traffic = traffic(session, provider)) {
            await(traffic.send(true, 8 << 20));
            chain.confirm();
            await(traffic.send(true, 8 << 20));

            assertThat(session.tunnel().ended()).isNotDone();
        }
    }

    @Test
    void a_free_provider_is_not_paid() throws Exception {
        try (PaidProvider provider = new PaidProvider(folder.resolve("provider"), chain, true);
                PaidClient client = client();
                PaidClient.Session session = client.connect(provider.address);
                PaidTraffic traffic = traffic(session, provider)) {
            await(traffic.send(true, 1 << 20));

            assertThat(session.billing().orElseThrow().bill()).isEmpty();
            assertThat(chain.openings()).isZero();
        }
    }

    @Test
    void who_expects_to_pay_nothing_is_told_the_price() throws Exception {
        try (PaidProvider provider = provider("provider")) {
            assertThatThrownBy(
                            () ->
                                    PaidClient.connect(
                                            provider.address, ClientBilling.NONE, Optional.empty()))
                    .isInstanceOf(TunnelEndedException.class)
                    .hasMessageContaining("PAYMENT_REQUIRED")
                    .hasMessageContaining("1 FLOW per GiB");
        }
    }

    @Test
    void a_provider_that_asks_for_too_much_is_not_paid() throws Exception {
        Price less = new Price(Parties.flow("0.5"));
        try (PaidProvider provider = provider("provider");
                PaidClient client =
                        new PaidClient(
                                folder.resolve("client"),
                                chain,
                                PaidClient.settings(Parties.address(1), DEPOSIT),
                                less,
                                Parties.key(1))) {
            assertThatThrownBy(() -> client.connect(provider.address))
                    .isInstanceOf(BillEndedException.class)
                    .hasMessageContaining("asks for 1 FLOW per GiB, the limit is 0.5 FLOW per GiB");
            assertThat(chain.openings()).isZero();
        }
    }

    @Test
    void a_chain_that_is_away_is_said_so_and_nothing_is_opened() throws Exception {
        chain.reachable(false);
        try (PaidProvider provider = provider("provider");
                PaidClient client = client()) {
            assertThatThrownBy(() -> client.connect(provider.address))
                    .isInstanceOfSatisfying(
                            BillEndedException.class,
                            why -> assertThat(why.code()).isEqualTo("chain_unreachable"));
        }
    }
}
