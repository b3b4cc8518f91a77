package org.flowshield.contracts.chain;

import java.util.List;

/**
 * An error of a contract. Immutable.
 *
 * @param name as the contract has it, like {@code PurseTooSmall}
 * @param arguments as text
 */
public record ContractError(String name, List<String> arguments) {

    public ContractError {
        arguments = List.copyOf(arguments);
    }
}
