package org.flowshield.node.payment.relay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.flowshield.contracts.evm.EvmAddress;

/**
 * How much gas strangers can make a relayer lose. An order that the chain would do can still fail
 * when its block comes: its wallet has moved its money, or had the same done by somebody else. So a
 * wallet has one order on its way at a time, there are few of them altogether, and after some that
 * were carried in vain nobody's are carried for a while: at most {@link #IN_VAIN} and {@link
 * #ON_THEIR_WAY} orders' gas is lost in {@link #PAUSE}. Guarded by itself.
 */
final class GasAtRisk {

    /** Orders that are handed in and not decided. */
    static final int ON_THEIR_WAY = 4;

    /** An honest wallet has no reason for one. */
    static final int IN_VAIN = 3;

    static final Duration PAUSE = Duration.ofHours(1);

    private final LongSupplier nanoTime;
    private final Set<EvmAddress> onTheirWay = new HashSet<>();
    private final Deque<Long> inVain = new ArrayDeque<>();

    GasAtRisk(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Why an order of this wallet may not be handed in; empty: {@link #end} has to follow. */
    synchronized Optional<String> begin(EvmAddress wallet) {
        long now = nanoTime.getAsLong();
        while (!inVain.isEmpty() && now - inVain.getFirst() >= PAUSE.toNanos()) {
            inVain.removeFirst();
        }
        if (inVain.size() >= IN_VAIN) {
            return Optional.of(
                    "this provider lost gas for orders like that and carries none for an hour");
        }
        if (onTheirWay.contains(wallet)) {
            return Optional.of("an order of this wallet is on its way already");
        }
        if (onTheirWay.size() >= ON_THEIR_WAY) {
            return Optional.of("too many orders are on their way, try again in a minute");
        }
        boolean _ = onTheirWay.add(wallet);
        return Optional.empty();
    }

    /**
     * It was decided, or not handed in after all.
     *
     * @param lost whether gas was paid for nothing
     */
    synchronized void end(EvmAddress wallet, boolean lost) {
        boolean _ = onTheirWay.remove(wallet);
        if (lost) {
            inVain.addLast(nanoTime.getAsLong());
        }
    }
}
