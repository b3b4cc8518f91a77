package org.flowshield.contracts.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.anvil.AnvilOptions;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.Rejection;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.lab.Market;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.signing.SigningKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Transactions on a real chain that forgets, reorganises, and makes no blocks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SenderIT {

    private Anvil anvil;
    private RpcChain chain;
    private final SigningKey key = Anvil.account(0);
    private final EvmAddress friend = friend();
    private Sender sender;

    @BeforeAll
    void start() throws Exception {
        Market.require();
        anvil = Anvil.start(Market.binary(), AnvilOptions.DEFAULT);
        chain = Market.connect(anvil.uri());
        sender = sender(Market.SETTINGS);
    }

    @AfterAll
    void stop() {
        if (chain != null) {
            chain.close();
        }
        if (anvil != null) {
            anvil.close();
        }
        key.close();
    }

    private static EvmAddress friend() {
        try (SigningKey key = Anvil.account(1)) {
            return key.address();
        }
    }

    private Sender sender(SenderSettings settings) {
        return new Sender(chain, TransactionSigner.of(key), settings, Time.SYSTEM);
    }

    private static SenderSettings settings(int confirmations, int stuckAfterBlocks) {
        SenderSettings s = Market.SETTINGS;
        return new SenderSettings(
                confirmations,
                s.gasSymbol(),
                s.maxFee(),
                s.maxPriority(),
                s.poll(),
                stuckAfterBlocks,
                s.patience());
    }

    private Call pay(long wei) {
        return Call.pay(friend, Wei.of(wei), "pays a friend");
    }

    @Test
    void a_preview_says_the_most_that_it_can_cost_and_no_more_is_paid() throws Exception {
        Wei before = chain.balance(key.address());
        Preview preview = sender.preview(pay(1000));
        assertThat(preview.gasLimit()).isBetween(21_000L, 30_000L);
        assertThat(preview.fees().max()).isGreaterThan(preview.fees().priority());
        Sent sent = sender.sign(preview);
        sender.submit(sent);
        sender.submit(sent); // again is no harm
        Outcome outcome = sender.await(sent, Progress.SILENT);
        assertThat(outcome).isInstanceOf(Outcome.Confirmed.class);
        Wei paid = before.minus(chain.balance(key.address()));
        assertThat(paid).isLessThanOrEqualTo(preview.atMost());
        assertThat(paid)
                .isEqualTo(((Outcome.Confirmed) outcome).receipt().cost().plus(Wei.of(1000)));
    }

    @Test
    void many_at_once_get_numbers_without_gaps() throws Exception {
        long before = chain.minedNonce(key.address());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                long wei = i;
                outcomes.add(threads.submit(() -> sender.execute(pay(wei), Progress.SILENT)));
            }
            for (Future<Outcome> outcome : outcomes) {
                assertThat(outcome.get()).isInstanceOf(Outcome.Confirmed.class);
            }
        }
        assertThat(chain.minedNonce(key.address())).isEqualTo(before + 10);
    }

    @Test
    void waits_for_as_many_blocks_as_asked_for() throws Exception {
        Sender careful = sender(settings(3, 100));
        Sent sent = careful.send(pay(1));
        Outcome outcome =
                careful.await(
                        sent,
                        step -> {
                            if (step instanceof Progress.Step.Included) {
                                unchecked(() -> anvil.control().mine(2));
                            }
                        });
        assertThat(outcome).isInstanceOf(Outcome.Confirmed.class);
        long above = chain.head().number() - ((Outcome.Confirmed) outcome).receipt().block() + 1;
        assertThat(above).isGreaterThanOrEqualTo(3);
    }

    @Test
    void tells_how_many_blocks_hold_it_each_time_that_there_are_more() throws Exception {
        Sender careful = sender(settings(4, 100));
        Sent sent = careful.send(pay(3));
        List<Long> depths = new ArrayList<>();
        Progress progress =
                new Progress() {
                    @Override
                    public void happened(Step step) {
                        assertThat(depths).as("told first that it is in a block").isEmpty();
                    }

                    @Override
                    public void deeper(Sent which, long confirmations) {
                        assertThat(which).isEqualTo(sent);
                        depths.add(confirmations);
                        unchecked(() -> anvil.control().mine(1));
                    }
                };
        assertThat(careful.await(sent, progress)).isInstanceOf(Outcome.Confirmed.class);
        assertThat(depths).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void a_reorganised_transaction_is_told_of_and_sent_again() throws Exception {
        Sender careful = sender(settings(3, 100));
        Sent sent = careful.send(pay(77));
        List<Progress.Step> told = new ArrayList<>();
        Outcome outcome =
                careful.await(
                        sent,
                        step -> {
                            told.add(step);
                            boolean first = told.size() == 1;
                            if (step instanceof Progress.Step.Included && first) {
                                unchecked(() -> anvil.control().reorganise(1));
                            } else if (step instanceof Progress.Step.Included) {
                                unchecked(() -> anvil.control().mine(3));
                            }
                        });
        assertThat(outcome).isInstanceOf(Outcome.Confirmed.class);
        assertThat(told)
                .extracting(step -> step.getClass().getSimpleName())
                .startsWith("Included", "Reorganised")
                .endsWith("Included");
    }

    @Test
    void a_stuck_transaction_is_offered_more_and_counts_once() throws Exception {
        anvil.control().setAutomine(false);
        try {
            Sender hurried =
                    new Sender(chain, TransactionSigner.of(key), settings(1, 2), new BlockTime());
            Wei before = chain.balance(friend);
            Sent sent = hurried.send(pay(5_000));
            // Blocks come, but cost more than it pays.
            anvil.control()
                    .setNextBaseFee(new Wei(sent.fees().max().units().multiply(BigInteger.TEN)));
            anvil.control().mine(1);
            List<Progress.Step> told = new ArrayList<>();
            Outcome outcome = hurried.await(sent, told::add);
            assertThat(outcome).isInstanceOf(Outcome.Confirmed.class);
            assertThat(outcome.sent().nonce()).isEqualTo(sent.nonce());
            assertThat(told)
                    .as("fees %s, then %s", sent.fees(), chain.head())
                    .extracting(step -> step.getClass().getSimpleName())
                    .contains("Repriced")
                    .endsWith("Included");
            assertThat(outcome.sent().hash()).isNotEqualTo(sent.hash());
            assertThat(chain.balance(friend)).isEqualTo(before.plus(Wei.of(5_000)));
        } finally {
            anvil.control().setAutomine(true);
        }
    }

    @Test
    void a_replacement_pays_more_and_takes_the_place() throws Exception {
        anvil.control().setAutomine(false);
        try {
            Sent first = sender.send(pay(1));
            Sent second = sender.replace(first);
            assertThat(second.fees().max()).isGreaterThan(first.fees().max());
            assertThat(second.nonce()).isEqualTo(first.nonce());
            anvil.control().mine(1);
            assertThat(sender.await(second, Progress.SILENT)).isInstanceOf(Outcome.Confirmed.class);
            assertThat(chain.receipt(first.hash())).isEmpty();
            Sender patient =
                    new Sender(chain, TransactionSigner.of(key), Market.SETTINGS, new BlockTime());
            assertThat(patient.await(first, Progress.SILENT)).isInstanceOf(Outcome.Replaced.class);
        } finally {
            anvil.control().setAutomine(true);
        }
    }

    @Test
    void a_cancelled_transaction_never_happens() throws Exception {
        anvil.control().setAutomine(false);
        try {
            Wei before = chain.balance(friend);
            Sent sent = sender.send(pay(1_000_000));
            Sent cancelled = sender.cancel(sent);
            anvil.control().mine(1);
            assertThat(sender.await(cancelled, Progress.SILENT))
                    .isInstanceOf(Outcome.Confirmed.class);
            assertThat(chain.balance(friend)).isEqualTo(before);
        } finally {
            anvil.control().setAutomine(true);
        }
    }

    @Test
    void a_forgotten_transaction_is_handed_in_again() throws Exception {
        anvil.control().setAutomine(false);
        try {
            Sent sent = sender.send(pay(9));
            anvil.control().drop(sent.hash());
            assertThat(chain.knows(sent.hash())).isFalse();
            List<Progress.Step> told = new ArrayList<>();
            Outcome outcome =
                    sender.await(
                            sent,
                            step -> {
                                told.add(step);
                                if (step instanceof Progress.Step.Resubmitted) {
                                    unchecked(() -> anvil.control().mine(1));
                                }
                            });
            assertThat(outcome).isInstanceOf(Outcome.Confirmed.class);
            assertThat(told)
                    .extracting(step -> step.getClass().getSimpleName())
                    .containsExactly("Resubmitted", "Included");
        } finally {
            anvil.control().setAutomine(true);
        }
    }

    @Test
    void a_missing_earlier_transaction_is_named() throws Exception {
        Sender hasty = sender(Market.SETTINGS.withPatience(Duration.ofMillis(300)));
        Sent earlier = hasty.sign(hasty.preview(pay(1)));
        Sent later = hasty.send(pay(2));
        assertThat(later.nonce()).isEqualTo(earlier.nonce() + 1);
        Outcome outcome = hasty.await(later, Progress.SILENT);
        assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
        assertThat(((Outcome.Unknown) outcome).message())
                .contains("waits for the wallet's transaction number " + earlier.nonce());
        hasty.submit(earlier);
        assertThat(sender.await(later, Progress.SILENT)).isInstanceOf(Outcome.Confirmed.class);
        assertThat(sender.await(earlier, Progress.SILENT)).isInstanceOf(Outcome.Confirmed.class);
    }

    @Test
    void a_used_number_is_told_as_such() throws Exception {
        Sent sent = sender.sign(sender.preview(pay(1)));
        Sender other = sender(Market.SETTINGS);
        assertThat(other.execute(pay(2), Progress.SILENT)).isInstanceOf(Outcome.Confirmed.class);
        RejectedException e =
                catchThrowableOfType(RejectedException.class, () -> sender.submit(sent));
        assertThat(e.rejection().kind()).isEqualTo(Rejection.Kind.NONCE_USED);
        assertThat(e).hasMessageContaining("another program uses the same wallet");
    }

    @Test
    void a_call_where_no_contract_is_would_be_lost_and_is_not_sent() {
        RejectedException e =
                catchThrowableOfType(
                        RejectedException.class,
                        () -> sender.preview(Call.of(friend, new byte[4], "calls nobody")));
        assertThat(e.rejection().kind()).isEqualTo(Rejection.Kind.NO_CONTRACT);
        assertThat(e).hasMessageContaining("there is no contract at " + friend);
    }

    @Test
    void more_than_the_wallet_has_is_not_sent() throws Exception {
        Wei all = chain.balance(key.address());
        RejectedException e =
                catchThrowableOfType(
                        RejectedException.class,
                        () -> sender.preview(Call.pay(friend, all, "pays all")));
        assertThat(e.rejection().kind()).isEqualTo(Rejection.Kind.GAS_COIN_MISSING);
        assertThat(e).hasMessageContaining("Nothing was sent");
    }

    @Test
    void nothing_is_sent_when_gas_is_too_dear() {
        Sender thrifty = sender(Market.SETTINGS.withMaxFee(Wei.of(1)));
        RejectedException e =
                catchThrowableOfType(RejectedException.class, () -> thrifty.preview(pay(1)));
        assertThat(e.rejection().kind()).isEqualTo(Rejection.Kind.TOO_DEAR);
    }

    @Test
    void a_transaction_that_fails_in_its_block_cost_only_its_gas() throws Exception {
        // Code that always reverts: PUSH0 PUSH0 REVERT, returned by its constructor.
        byte[] code = java.util.HexFormat.of().parseHex("625f5ffd5f526003601df3");
        Preview made = sender.preview(Call.create(code, "makes a contract that refuses"));
        Sent creation = sender.sign(made);
        sender.submit(creation);
        var created =
                ((Outcome.Confirmed) sender.await(creation, Progress.SILENT))
                        .receipt()
                        .contract()
                        .orElseThrow();
        Call refused = Call.of(created, new byte[4], "is refused");
        Preview forced =
                new Preview(refused, key.address(), 100_000, sender.preview(pay(1)).fees());
        Sent sent = sender.sign(forced);
        sender.submit(sent);
        Outcome outcome = sender.await(sent, Progress.SILENT);
        assertThat(outcome).isInstanceOf(Outcome.Reverted.class);
        assertThat(((Outcome.Reverted) outcome).why().message()).contains("does not say why");
    }

    private interface Action {
        void run() throws Exception;
    }

    private static void unchecked(Action action) {
        try {
            action.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Each pause is a block. */
    private final class BlockTime implements Time {

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration pause) {
            unchecked(() -> anvil.control().mine(1));
        }
    }
}
