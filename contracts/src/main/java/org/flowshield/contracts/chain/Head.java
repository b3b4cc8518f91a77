package org.flowshield.contracts.chain;

import java.time.Instant;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.Wei;

/**
 * The newest block. Immutable.
 *
 * @param time as its maker claims
 * @param baseFee what each unit of gas costs in it, burnt
 */
public record Head(long number, Bytes32 hash, Instant time, Wei baseFee) {}
