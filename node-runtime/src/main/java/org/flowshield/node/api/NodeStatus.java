package org.flowshield.node.api;

import java.time.Instant;
import java.util.List;
import org.flowshield.node.api.payment.PaymentStatus;
import org.jspecify.annotations.Nullable;

/**
 * All that a node tells about itself. Immutable.
 *
 * @param version of the program
 * @param peerId of the node's key
 * @param startedAt when the daemon started
 * @param roles one entry for each role there is
 * @param client null while the role is off
 * @param provider null while the role is off
 * @param fullnode null while the role is off
 * @param payment how it stands with money
 * @param limits of connections, streams, memory and sessions
 */
public record NodeStatus(
        String version,
        String peerId,
        Instant startedAt,
        List<RoleStatus> roles,
        @Nullable ClientStatus client,
        @Nullable ProviderStatus provider,
        @Nullable FullnodeStatus fullnode,
        PaymentStatus payment,
        List<LimitStatus> limits) {

    public NodeStatus {
        roles = List.copyOf(roles);
        limits = List.copyOf(limits);
    }

    /** Where a role stands; one that the daemon does not know is off. */
    public RoleStatus role(RoleName name) {
        return roles.stream()
                .filter(role -> role.name() == name)
                .findFirst()
                .orElseGet(() -> new RoleStatus(name, RoleState.OFF, null));
    }
}
