package org.flowshield.node.fullnode.index;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.heartbeat.SignedHeartbeat;
import org.flowshield.node.market.matching.Query;
import org.flowshield.node.payment.Country;
import org.flowshield.node.payment.Price;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each provider, a column for each thing: a search runs through a few of them from
 * front to back, which a processor does faster than anything that jumps. A provider's place in all
 * of them is its slot. Written under the index's lock; searches read without it, and look again at
 * what they found.
 */
final class Columns {

    static final short NO_COUNTRY = 0;

    private static final int LETTERS = 26;

    /** Of a double: no number of so many has a rest. */
    private static final int EXACT_BITS = 53;

    /** Null where the slot is free. */
    final @Nullable NodeKey[] node;

    final @Nullable EvmAddress[] wallet;
    final @Nullable TokenAmount[] stake;
    final @Nullable SignedHeartbeat[] beat;

    /** The bits of the double next to the price, which sort as the doubles do. */
    final long[] price;

    /** What is missing to the exact price; sorts what the double does not. */
    final long[] priceRest;

    /** Bit/s that it says it serves. */
    final long[] rate;

    final short[] country;

    /** Milliseconds; 0 where the slot is free, so that nothing is found there. */
    final long[] validUntil;

    final long[] offerSequence;
    final long[] sequence;

    /** Millionths. */
    final int[] score;

    /** Milliseconds: when it was heard of, or first known if it was not. */
    final long[] sign;

    /** Milliseconds; 0: never. */
    final long[] heardAt;

    /** Milliseconds: since when {@link #up} is counted. */
    final long[] watchedSince;

    /** Milliseconds for which it was there. */
    final long[] up;

    /** Where it is among all nodes: the first 8 bytes of SHA-256 of its key. */
    final long[] place;

    Columns(int capacity) {
        node = new NodeKey[capacity];
        wallet = new EvmAddress[capacity];
        stake = new TokenAmount[capacity];
        beat = new SignedHeartbeat[capacity];
        price = new long[capacity];
        priceRest = new long[capacity];
        rate = new long[capacity];
        country = new short[capacity];
        validUntil = new long[capacity];
        offerSequence = new long[capacity];
        sequence = new long[capacity];
        score = new int[capacity];
        sign = new long[capacity];
        heardAt = new long[capacity];
        watchedSince = new long[capacity];
        up = new long[capacity];
        place = new long[capacity];
    }

    private Columns(Columns from, int capacity) {
        node = Arrays.copyOf(from.node, capacity);
        wallet = Arrays.copyOf(from.wallet, capacity);
        stake = Arrays.copyOf(from.stake, capacity);
        beat = Arrays.copyOf(from.beat, capacity);
        price = Arrays.copyOf(from.price, capacity);
        priceRest = Arrays.copyOf(from.priceRest, capacity);
        rate = Arrays.copyOf(from.rate, capacity);
        country = Arrays.copyOf(from.country, capacity);
        validUntil = Arrays.copyOf(from.validUntil, capacity);
        offerSequence = Arrays.copyOf(from.offerSequence, capacity);
        sequence = Arrays.copyOf(from.sequence, capacity);
        score = Arrays.copyOf(from.score, capacity);
        sign = Arrays.copyOf(from.sign, capacity);
        heardAt = Arrays.copyOf(from.heardAt, capacity);
        watchedSince = Arrays.copyOf(from.watchedSince, capacity);
        up = Arrays.copyOf(from.up, capacity);
        place = Arrays.copyOf(from.place, capacity);
    }

    int capacity() {
        return node.length;
    }

    /** The same with more room; this one stays as it is for those who read it. */
    Columns grown(int capacity) {
        return new Columns(this, capacity);
    }

    void clear(int slot) {
        validUntil[slot] = 0; // first: nothing finds it any more
        node[slot] = null;
        wallet[slot] = null;
        stake[slot] = null;
        beat[slot] = null;
    }

    /** When it was heard of last; empty: never. */
    Optional<Instant> heardAt(int slot) {
        long at = heardAt[slot];
        return at == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at));
    }

    void setPrice(int slot, TokenAmount amount) {
        price[slot] = bits(amount);
        priceRest[slot] = rest(amount);
    }

    double price(int slot) {
        return Double.longBitsToDouble(price[slot]);
    }

    /** Of an amount that can be a price. */
    static long bits(TokenAmount amount) {
        return Double.doubleToRawLongBits(amount.min(Price.MOST).units().doubleValue());
    }

    /** Fewer than 37 bits. */
    static long rest(TokenAmount amount) {
        BigInteger units = amount.min(Price.MOST).units();
        return units.bitLength() <= EXACT_BITS
                ? 0
                : units.subtract(new BigDecimal(units.doubleValue()).toBigIntegerExact())
                        .longValueExact();
    }

    static TokenAmount amount(long bits, long rest) {
        return new TokenAmount(
                new BigDecimal(Double.longBitsToDouble(bits))
                        .toBigIntegerExact()
                        .add(BigInteger.valueOf(rest)));
    }

    /** A number for each country; 0 for none. */
    static short code(Optional<Country> country) {
        return country.map(
                        some ->
                                (short)
                                        (1
                                                + (some.code().charAt(0) - 'A') * LETTERS
                                                + (some.code().charAt(1) - 'A')))
                .orElse(NO_COUNTRY);
    }

    static Optional<Country> country(short code) {
        if (code == NO_COUNTRY) {
            return Optional.empty();
        }
        int letters = code - 1;
        return Optional.of(
                new Country(
                        "" + (char) ('A' + letters / LETTERS) + (char) ('A' + letters % LETTERS)));
    }

    /** What a search sorts by first, the least first; not negative. */
    long major(Query.Sort sort, int slot) {
        return switch (sort) {
            case QUALITY -> Index.MILLION - score[slot];
            case PRICE -> price[slot];
            case SPEED -> Long.MAX_VALUE - rate[slot];
        };
    }

    /** What it sorts by then. */
    long minor(Query.Sort sort, int slot) {
        return sort == Query.Sort.PRICE ? priceRest[slot] : 0;
    }
}
