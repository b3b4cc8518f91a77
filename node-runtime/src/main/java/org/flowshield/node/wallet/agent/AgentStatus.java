package org.flowshield.node.wallet.agent;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the process does. Immutable.
 *
 * @param accounts none while it is locked
 * @param locksAt when it locks itself if nobody has it sign; null while it is locked
 */
public record AgentStatus(
        boolean unlocked, String wallet, List<AgentAccount> accounts, @Nullable Instant locksAt) {

    public AgentStatus {
        accounts = List.copyOf(accounts);
    }
}
