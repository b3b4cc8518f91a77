package org.flowshield.contracts.sending;

import org.flowshield.contracts.evm.Wei;

/**
 * What a transaction pays for each unit of gas (EIP-1559). Immutable.
 *
 * @param max in all, at most
 * @param priority of that, to whoever puts it into a block
 */
public record Fees(Wei max, Wei priority) {

    /**
     * @throws IllegalArgumentException if the part is more than the whole
     */
    public Fees {
        if (priority.isMoreThan(max)) {
            throw new IllegalArgumentException("priority " + priority + " is above " + max);
        }
    }
}
