package org.flowshield.node.ledger;

import org.flowshield.contracts.evm.TokenAmount;

/**
 * Money within the caps that is put aside for one voucher. Closing gives it back unless the voucher
 * was recorded; a process that ends gives it back too. Safe for use by any thread.
 */
public interface Reservation extends AutoCloseable {

    SessionId session();

    /** How much more than the highest voucher before it the next one may promise. */
    TokenAmount amount();

    /** Idempotent. */
    @Override
    void close();
}
