package org.flowshield.node.wallet.agent;

import org.flowshield.node.wallet.Account;

/**
 * An account as the process tells of it. Immutable.
 *
 * @param origin like {@code m/44'/60'/0'/0/0}, or {@code imported}
 */
public record AgentAccount(int number, String address, String origin) {

    static AgentAccount of(Account account) {
        return new AgentAccount(account.number(), account.address().toString(), account.origin());
    }
}
