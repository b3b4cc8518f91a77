package org.flowshield.node.ledger;

import java.time.LocalDate;
import org.flowshield.contracts.evm.TokenAmount;

/**
 * What vouchers promised in one UTC day. Immutable.
 *
 * @param bytes that they were promised for
 */
public record DailySum(LocalDate day, TokenAmount amount, long bytes) {}
