package org.flowshield.node.treasury;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.payment.Settlement;
import org.flowshield.node.ledger.LedgerException;

/** Brings what was earned to the payee, and knows what it has brought. Any thread. */
public interface Settling {

    /** Claims all that there is; waits for the chain. */
    List<Settlement> settle() throws RefusedException, LedgerException, InterruptedException;

    /** All that was ever paid out to the payee. */
    TokenAmount settled() throws LedgerException;

    /** What was paid out by day, from one to another, both included. */
    Map<LocalDate, TokenAmount> settled(LocalDate from, LocalDate to) throws LedgerException;
}
