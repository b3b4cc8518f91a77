package org.flowshield.contracts.registry;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Words;

/**
 * Where the registry of identities keeps a binding, and how: what IIdentityRegistry.sol says of
 * storage. Pure.
 */
public final class BindingSlot {

    /** The mapping's place among the contract's variables. */
    private static final long MAPPING = 0;

    private static final int STATUS_BITS = 8;
    private static final int ROLES_BITS = 32;
    private static final int TIME_BITS = 48;

    private BindingSlot() {}

    /** The name of a binding in all contracts. */
    public static Bytes32 nodeId(EvmAddress wallet, Bytes32 nodeKey) {
        return new Words(2).put(wallet).put(nodeKey).hash();
    }

    /** The slot of a binding. */
    public static Bytes32 of(EvmAddress wallet, Bytes32 nodeKey) {
        return new Words(2).put(nodeId(wallet, nodeKey)).put(MAPPING).hash();
    }

    /** What a word there says; empty if it is nothing that the contract writes. */
    public static Optional<Binding> read(Bytes32 word) {
        BigInteger value = new BigInteger(1, word.bytes());
        int timeAt = STATUS_BITS + ROLES_BITS;
        if (value.bitLength() > timeAt + 2 * TIME_BITS) {
            return Optional.empty();
        }
        return status(bits(value, 0, STATUS_BITS).intValue())
                .map(
                        status ->
                                new Binding(
                                        status,
                                        bits(value, STATUS_BITS, ROLES_BITS).longValue(),
                                        time(bits(value, timeAt, TIME_BITS)),
                                        time(bits(value, timeAt + TIME_BITS, TIME_BITS))));
    }

    private static Optional<BindingStatus> status(int number) {
        return switch (number) {
            case 0 -> Optional.of(BindingStatus.NONE);
            case 1 -> Optional.of(BindingStatus.BOUND);
            case 2 -> Optional.of(BindingStatus.REVOKED);
            default -> Optional.empty();
        };
    }

    private static BigInteger bits(BigInteger value, int from, int count) {
        return value.shiftRight(from).and(BigInteger.ONE.shiftLeft(count).subtract(BigInteger.ONE));
    }

    /** 48 bits of seconds are a time of Java's in each case. */
    private static Instant time(BigInteger seconds) {
        return Instant.ofEpochSecond(seconds.longValue());
    }
}
