package org.flowshield.node.payment.channel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.payment.Price;

/**
 * Which providers get a channel in advance, so that a client fails over to one at once, whether or
 * not the wallet is unlocked. Pure.
 *
 * @param standbys channels kept beside the one in use
 * @param mostPerGiB the highest price
 * @param mostDeposit that a channel may take
 */
public record StandbyPolicy(int standbys, Price mostPerGiB, TokenAmount mostDeposit) {

    /** One may fail while another does: three ways out. */
    public static final int DEFAULT = 2;

    /** More would tie up money for nothing. */
    public static final int MOST = 8;

    /**
     * A provider that is known.
     *
     * @param minDeposit that it asks for
     * @param failures of the last sessions with it, in a row
     * @param hasChannel whether there is an open one with something left in it
     */
    public record Candidate(
            EvmAddress payee,
            Price price,
            TokenAmount minDeposit,
            int failures,
            boolean hasChannel) {}

    public StandbyPolicy {
        if (standbys < 0 || standbys > MOST) {
            throw new IllegalArgumentException("0 to " + MOST + " standby channels");
        }
    }

    /**
     * To whom channels are to be opened now, the best first: those that failed least, then the
     * cheapest. Channels that are there count, so that none is opened while enough are.
     *
     * @param inUse who is paid now
     */
    public List<EvmAddress> toOpen(List<Candidate> known, EvmAddress inUse) {
        Set<EvmAddress> counted = new HashSet<>();
        counted.add(inUse);
        int have = 0;
        for (Candidate candidate : known) {
            if (candidate.hasChannel() && counted.add(candidate.payee())) {
                have++;
            }
        }
        List<Candidate> fit =
                known.stream()
                        .filter(candidate -> !candidate.hasChannel())
                        .filter(candidate -> !isDearer(candidate.price()))
                        .filter(candidate -> !candidate.minDeposit().isMoreThan(mostDeposit))
                        .sorted(
                                Comparator.comparingInt(Candidate::failures)
                                        .thenComparing(candidate -> candidate.price().perGiB()))
                        .toList();
        List<EvmAddress> open = new ArrayList<>();
        for (Candidate candidate : fit) {
            if (have + open.size() >= standbys) {
                break;
            }
            if (counted.add(candidate.payee())) {
                open.add(candidate.payee());
            }
        }
        return open;
    }

    /** Whom to go over to when a session fails: who has a channel first, then as above. */
    public List<Candidate> failover(List<Candidate> known, EvmAddress failed) {
        return known.stream()
                .filter(candidate -> !candidate.payee().equals(failed))
                .filter(candidate -> !isDearer(candidate.price()))
                .sorted(
                        Comparator.comparing((Candidate candidate) -> !candidate.hasChannel())
                                .thenComparingInt(Candidate::failures)
                                .thenComparing(candidate -> candidate.price().perGiB()))
                .toList();
    }

    private boolean isDearer(Price price) {
        return price.perGiB().isMoreThan(mostPerGiB.perGiB());
    }
}
