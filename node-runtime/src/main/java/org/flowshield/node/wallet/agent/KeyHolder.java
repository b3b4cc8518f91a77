package org.flowshield.node.wallet.agent;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.wallet.UnlockedWallet;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.keystore.WrongPasswordException;
import org.flowshield.node.wallet.signing.MalformedRequestException;
import org.flowshield.node.wallet.signing.SigningRequest;
import org.flowshield.node.wallet.signing.Summary;
import org.jspecify.annotations.Nullable;

/**
 * Holds the keys of one wallet from unlock to lock, and signs what was shown before. Safe for use
 * by any thread.
 */
final class KeyHolder implements AutoCloseable {

    /** One who does not unlock the process that was started for it has gone. */
    static final Duration UNLOCK_WITHIN = Duration.ofMinutes(1);

    /** As long as a person looks at a summary. */
    static final Duration TICKET_LIVES = Duration.ofMinutes(5);

    /** Older ones are forgotten: a person looks at one. */
    static final int MAX_TICKETS = 16;

    private static final int TICKET_BYTES = 16;

    private final Wallet wallet;
    private final Clock clock;
    private final LongSupplier nanoClock;
    private final SecureRandom random;

    /** Guarded by this, like all below. */
    private final Map<String, Ticket> tickets = new LinkedHashMap<>();

    private final NumberBook numbers = new NumberBook();
    private @Nullable UnlockedWallet open;
    private Duration idle = UNLOCK_WITHIN;
    private long usedNanos;
    private Instant usedAt;
    private boolean ended;

    private record Ticket(SigningRequest request, long givenNanos) {}

    KeyHolder(Wallet wallet, Clock clock, LongSupplier nanoClock, SecureRandom random) {
        this.wallet = wallet;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.random = random;
        this.usedNanos = nanoClock.getAsLong();
        this.usedAt = clock.instant();
    }

    synchronized AgentStatus status() {
        UnlockedWallet wallet = open;
        return wallet == null
                ? new AgentStatus(false, this.wallet.folder().toString(), List.of(), null)
                : new AgentStatus(
                        true,
                        this.wallet.folder().toString(),
                        wallet.accounts().stream().map(AgentAccount::of).toList(),
                        usedAt.plus(idle));
    }

    /**
     * Opens the wallet; if it is open already, with what is on disk now.
     *
     * @throws RefusedException if it is not the right key, or the wallet can't be read
     */
    synchronized AgentStatus unlock(DerivedKey key, Duration idle) throws RefusedException {
        requireNotEnded();
        UnlockedWallet opened;
        try {
            opened = wallet.unlock(key);
        } catch (WrongPasswordException e) {
            throw new RefusedException(
                    Kind.REFUSED,
                    new Problem("wrong_password", e.getMessage() + "", "type it again"),
                    e);
        }
        if (open != null) {
            open.close();
        }
        open = opened;
        this.idle = idle;
        used();
        return status();
    }

    synchronized AgentAccount addAccount() throws RefusedException {
        UnlockedWallet wallet = requireOpen();
        used();
        return AgentAccount.of(wallet.addAccount());
    }

    /**
     * Says what a request would do.
     *
     * @throws RefusedException if that can't be told, or the account is not in the wallet
     */
    synchronized Prepared prepare(SigningRequest request) throws RefusedException {
        UnlockedWallet wallet = requireOpen();
        var _ = wallet.key(request.from());
        Summary summary;
        try {
            summary = request.summary();
        } catch (MalformedRequestException e) {
            throw new RefusedException(
                    Kind.REFUSED,
                    new Problem(
                            "not_signed",
                            e.getMessage(),
                            "nothing was signed; use the verbs of flowshield wallet and purse"),
                    e);
        }
        byte[] bytes = new byte[TICKET_BYTES];
        random.nextBytes(bytes);
        String ticket = HexFormat.of().formatHex(bytes);
        if (tickets.size() >= MAX_TICKETS) {
            tickets.remove(tickets.keySet().iterator().next());
        }
        tickets.put(ticket, new Ticket(request, nanoClock.getAsLong()));
        used();
        return new Prepared(ticket, summary);
    }

    /**
     * Signs what the ticket was given for, once.
     *
     * @throws RefusedException if there is no such ticket, or it is too old
     */
    synchronized Signature sign(String ticket) throws RefusedException {
        UnlockedWallet wallet = requireOpen();
        Ticket shown = tickets.remove(ticket);
        if (shown == null || nanoClock.getAsLong() - shown.givenNanos > TICKET_LIVES.toNanos()) {
            throw new RefusedException(
                    Kind.REFUSED,
                    new Problem(
                            "not_shown",
                            "what is to be signed was not shown, or too long ago",
                            "begin again; nothing was signed"));
        }
        used();
        return wallet.key(shown.request.from()).sign(shown.request.digest());
    }

    /** Gives a transaction of an account its number. */
    synchronized long takeNumber(ChainId chain, EvmAddress account, long pending)
            throws RefusedException {
        var _ = requireOpen().key(account);
        return numbers.take(chain, account, pending, nanoClock.getAsLong());
    }

    synchronized void giveNumberBack(ChainId chain, EvmAddress account, long number) {
        numbers.giveBack(chain, account, number);
    }

    /** Wipes all keys if nobody has used them for so long; true if it has ended. */
    synchronized boolean endIfIdle() {
        // The monotonic clock stands still while the machine sleeps, the other may be set.
        boolean idleByNanos = nanoClock.getAsLong() - usedNanos > idle.toNanos();
        boolean idleByClock = Duration.between(usedAt, clock.instant()).compareTo(idle) > 0;
        if (idleByNanos || idleByClock) {
            close();
        }
        return ended;
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** Wipes all keys, for good. Idempotent. */
    @Override
    public synchronized void close() {
        ended = true;
        tickets.clear();
        if (open != null) {
            open.close();
            open = null;
        }
    }

    private UnlockedWallet requireOpen() throws RefusedException {
        if (open == null) {
            throw locked();
        }
        return open;
    }

    private void requireNotEnded() throws RefusedException {
        if (ended) {
            throw locked();
        }
    }

    private RefusedException locked() {
        return new RefusedException(
                Kind.REFUSED,
                new Problem(
                        "wallet_locked",
                        "the wallet " + wallet.folder() + " is locked",
                        "flowshield wallet unlock"));
    }

    private void used() {
        usedNanos = nanoClock.getAsLong();
        usedAt = clock.instant();
    }
}
