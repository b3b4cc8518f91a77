package org.flowshield.contracts.chain;

import java.util.Arrays;
import java.util.Optional;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Wei;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction does, without who sends it and for how much. Immutable.
 *
 * @param contract whom it calls, or whom it pays; none if it makes a contract
 * @param data the function and its arguments; empty if it only pays
 * @param purpose what it is for, to be read by people: "opens a channel with 5 FLOW"
 * @param spareGas what it may take beyond an estimate, for what others can do before it comes
 */
public record Call(
        @Nullable EvmAddress contract, byte[] data, Wei value, String purpose, long spareGas) {

    public Call {
        data = data.clone();
    }

    /** What takes as much as is estimated, or little more. */
    public Call(@Nullable EvmAddress contract, byte[] data, Wei value, String purpose) {
        this(contract, data, value, purpose, 0);
    }

    /** Calls a function. */
    public static Call of(EvmAddress contract, byte[] data, String purpose) {
        return new Call(contract, data, Wei.ZERO, purpose);
    }

    /** Makes a contract of its code and the arguments of its constructor. */
    public static Call create(byte[] code, String purpose) {
        return new Call(null, code, Wei.ZERO, purpose);
    }

    /** Pays in the gas coin. */
    public static Call pay(EvmAddress payee, Wei value, String purpose) {
        return new Call(payee, new byte[0], value, purpose);
    }

    /** The same, of which is known that it may take so much more than is estimated. */
    public Call withSpareGas(long gas) {
        return new Call(contract, data, value, purpose, gas);
    }

    /** Whom it calls or pays; nobody if it makes a contract. */
    public Optional<EvmAddress> to() {
        return Optional.ofNullable(contract);
    }

    @Override
    public byte[] data() {
        return data.clone();
    }

    /** Whether there must be a contract for it to mean anything. */
    public boolean needsContract() {
        return contract != null && data.length > 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Call call
                && to().equals(call.to())
                && Arrays.equals(data, call.data)
                && value.equals(call.value)
                && purpose.equals(call.purpose);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data) ^ to().hashCode();
    }

    @Override
    public String toString() {
        return "Call[" + purpose + "]";
    }
}
