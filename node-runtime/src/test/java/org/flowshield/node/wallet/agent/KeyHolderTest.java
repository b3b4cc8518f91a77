package org.flowshield.node.wallet.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.sending.Fees;
import org.flowshield.contracts.sending.Preview;
import org.flowshield.contracts.sending.UnsignedTransaction;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.signing.SigningRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyHolderTest {

    private static final Duration IDLE = Duration.ofMinutes(15);

    @TempDir private Path folder;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long nanos = 1;
    private Wallet wallet;
    private KeyHolder holder;

    @BeforeEach
    void begin() throws Exception {
        wallet = TestWallet.create(folder.resolve("wallet"));
        InstantSource clock = () -> now;
        holder =
                new KeyHolder(
                        wallet, clock.withZone(ZoneOffset.UTC), () -> nanos, new SecureRandom());
    }

    @Test
    void tells_when_it_locks_itself() throws Exception {
        assertThat(holder.status().unlocked()).isFalse();
        AgentStatus status = unlock();
        assertThat(status.unlocked()).isTrue();
        assertThat(status.accounts())
                .extracting(AgentAccount::address)
                .containsExactly("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
        assertThat(status.locksAt()).isEqualTo(now.plus(IDLE));
    }

    @Test
    void a_wrong_key_opens_nothing() throws Exception {
        try (DerivedKey wrong = TestWallet.derive(wallet, "five little ponies")) {
            assertRefused("wrong_password", () -> holder.unlock(wrong, IDLE));
        }
        assertThat(holder.status().unlocked()).isFalse();
    }

    @Test
    void signs_what_it_has_shown_once() throws Exception {
        unlock();
        SigningRequest request = request();
        Prepared prepared = holder.prepare(request);
        assertThat(prepared.summary()).isEqualTo(request.summary());
        Signature signature = holder.sign(prepared.ticket());
        assertThat(signature.isBy(request.from(), request.digest())).isTrue();
        assertRefused("not_shown", () -> holder.sign(prepared.ticket()));
        assertRefused("not_shown", () -> holder.sign("made up"));
    }

    @Test
    void signs_nothing_that_was_shown_too_long_ago() throws Exception {
        unlock();
        Prepared prepared = holder.prepare(request());
        pass(KeyHolder.TICKET_LIVES.plusNanos(1));
        assertRefused("not_shown", () -> holder.sign(prepared.ticket()));
    }

    @Test
    void keeps_no_more_tickets_than_a_person_looks_at() throws Exception {
        unlock();
        Prepared first = holder.prepare(request());
        for (int more = 0; more < KeyHolder.MAX_TICKETS; more++) {
            var _ = holder.prepare(request());
        }
        assertRefused("not_shown", () -> holder.sign(first.ticket()));
    }

    @Test
    void signs_for_its_own_accounts_only() throws Exception {
        unlock();
        SigningRequest strange = request(EvmAddress.ZERO);
        assertRefused("no_such_account", () -> holder.prepare(strange));
    }

    @Test
    void a_call_that_it_can_not_read_is_not_signed() throws Exception {
        unlock();
        SigningRequest strange =
                transaction(
                        account(),
                        Call.of(EvmAddress.ZERO, new byte[] {1, 2, 3, 4}, "harmless, really"));
        assertRefused("not_signed", () -> holder.prepare(strange));
    }

    @Test
    void locks_itself_when_nothing_was_signed_for_so_long() throws Exception {
        unlock();
        pass(IDLE);
        assertThat(holder.endIfIdle()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(holder.endIfIdle()).isTrue();
        assertRefused("wallet_locked", () -> holder.prepare(request()));
    }

    @Test
    void signing_keeps_it_open_and_asking_does_not() throws Exception {
        unlock();
        pass(IDLE.minusSeconds(1));
        var _ = holder.prepare(request());
        pass(IDLE.minusSeconds(1));
        assertThat(holder.endIfIdle()).isFalse();
        var _ = holder.status();
        pass(Duration.ofSeconds(2));
        assertThat(holder.endIfIdle()).isTrue();
    }

    @Test
    void time_that_the_machine_slept_through_counts() throws Exception {
        unlock();
        now = now.plus(Duration.ofHours(8)); // the monotonic clock stood still
        assertThat(holder.endIfIdle()).isTrue();
    }

    @Test
    void setting_the_clock_back_does_not_keep_it_open() throws Exception {
        unlock();
        now = now.minus(Duration.ofDays(1));
        nanos += IDLE.plusSeconds(1).toNanos();
        assertThat(holder.endIfIdle()).isTrue();
    }

    @Test
    void ends_if_nobody_unlocks_it() {
        pass(KeyHolder.UNLOCK_WITHIN.plusSeconds(1));
        assertThat(holder.endIfIdle()).isTrue();
    }

    @Test
    void a_closed_one_is_never_opened_again() throws Exception {
        unlock();
        holder.close();
        assertThat(holder.isEnded()).isTrue();
        assertRefused("wallet_locked", this::unlock);
        assertRefused("wallet_locked", holder::addAccount);
    }

    @Test
    void derives_further_accounts_without_the_password() throws Exception {
        unlock();
        assertThat(holder.addAccount().address())
                .isEqualTo("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
        assertThat(holder.status().accounts()).hasSize(2);
        assertThat(wallet.accounts()).hasSize(2);
    }

    private AgentStatus unlock() throws Exception {
        try (DerivedKey key = TestWallet.derive(wallet, TestWallet.PASSWORD)) {
            return holder.unlock(key, IDLE);
        }
    }

    private void pass(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    private EvmAddress account() throws RefusedException {
        return wallet.account(0).address();
    }

    private SigningRequest request() throws RefusedException {
        return request(account());
    }

    private static SigningRequest request(EvmAddress from) {
        return transaction(from, Call.pay(EvmAddress.ZERO, new Wei(BigInteger.TEN), "pays"));
    }

    private static SigningRequest transaction(EvmAddress from, Call call) {
        return new SigningRequest.Transaction(
                new UnsignedTransaction(
                        new ChainId(31337),
                        0,
                        new Preview(call, from, 21_000, new Fees(Wei.of(2), Wei.of(1)))));
    }

    private static void assertRefused(
            String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(action)
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
