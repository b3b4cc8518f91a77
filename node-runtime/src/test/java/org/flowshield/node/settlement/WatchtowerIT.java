package org.flowshield.node.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.contracts.sending.Time;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.settlement.Watchtower.End;
import org.flowshield.node.settlement.Watchtower.Sight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody with a copy of the last voucher watches a real chain for a payee who is away. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class WatchtowerIT {

    private static final TokenAmount TENTH = TokenAmount.of(100_000_000_000_000_000L);

    /**
     * What the payer does is done while the watchtower pauses: the test has no clock to wait for.
     */
    private static final class PayerActs implements Time {

        private final List<Act> acts = new ArrayList<>();

        interface Act {
            void run() throws Exception;
        }

        PayerActs then(Act act) {
            acts.add(act);
            return this;
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration pause) {
            try {
                acts.removeFirst().run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private static Watchtower watchtower(ChainLab lab, Time time) {
        return new Watchtower(lab.channels, lab.sender(lab.stranger), Duration.ofMinutes(10), time);
    }

    private static VoucherFile copy(ChainLab lab, ChannelRecord channel, TokenAmount amount)
            throws Exception {
        VoucherFile file =
                new VoucherFile(channel.key(), channel.domain(), lab.voucher(channel, amount));
        return VoucherFile.parse(file.encode());
    }

    @Test
    void redeems_when_the_payer_begins_to_close_and_the_payee_is_paid() throws Exception {
        try (ChainLab lab = ChainLab.open()) {
            ChannelRecord channel = lab.openChannel();
            TokenAmount before = lab.earned();
            List<Sight> sights = new ArrayList<>();
            Time time =
                    new PayerActs()
                            .then(() -> {})
                            .then(
                                    () ->
                                            lab.run(
                                                    lab.client,
                                                    lab.channels
                                                            .calls()
                                                            .startClose(channel.key())));
            End end = watchtower(lab, time).watch(copy(lab, channel, TENTH), sights::add);
            assertThat(end).isEqualTo(new End.Paid(TENTH));
            assertThat(lab.earned().minus(before)).isEqualTo(TENTH);
            assertThat(sights)
                    .hasSize(4)
                    .satisfiesExactly(
                            sight -> assertThat(sight).isInstanceOf(Sight.Open.class),
                            sight -> assertThat(sight).isInstanceOf(Sight.Open.class),
                            sight -> assertThat(sight).isInstanceOf(Sight.Closing.class),
                            sight -> assertThat(sight).isInstanceOf(Sight.Redeemed.class));
            comesTooLateAndSaysSo(lab);
            findsNoChannelThatWasNeverOpened(lab);
        }
    }

    private static void comesTooLateAndSaysSo(ChainLab lab) throws Exception {
        ChannelRecord channel = lab.openChannel();
        lab.run(lab.client, lab.channels.calls().startClose(channel.key()));
        lab.anvil.control().pass(Duration.ofHours(25));
        lab.run(lab.client, lab.channels.calls().finishClose(channel.key()));
        End end = watchtower(lab, new PayerActs()).watch(copy(lab, channel, TENTH), _ -> {});
        assertThat(end).isEqualTo(new End.Closed(TENTH));
    }

    private static void findsNoChannelThatWasNeverOpened(ChainLab lab) throws Exception {
        ChannelKey key =
                new ChannelKey(
                        lab.client.address(),
                        lab.provider.address(),
                        lab.session.address(),
                        Bytes32.ZERO);
        SignedVoucher voucher =
                SignedVoucher.sign(
                        new Voucher(key.id(lab.channels.domain()), TENTH, 1),
                        lab.channels.domain(),
                        lab.session);
        assertThat(
                        watchtower(lab, new PayerActs())
                                .watch(
                                        new VoucherFile(key, lab.channels.domain(), voucher),
                                        _ -> {}))
                .isEqualTo(new End.NoChannel());
    }
}
