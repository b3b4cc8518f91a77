package org.flowshield.node.metrics;

import java.util.ArrayList;
import java.util.List;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.FullnodeStatus;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;

/**
 * Whether a node does what it was switched on for. Pure. A role that is off, or about to be on, is
 * no trouble; a client that blocks is: its user is without the internet.
 *
 * @param troubles one for each role that is not well, for people
 */
record Health(List<String> troubles) {

    Health {
        troubles = List.copyOf(troubles);
    }

    static Health of(NodeStatus status) {
        List<String> troubles = new ArrayList<>();
        for (RoleStatus role : status.roles()) {
            Problem problem = role.problem();
            if (role.state() == RoleState.FAILED) {
                troubles.add(
                        role.name().label()
                                + ": "
                                + (problem == null ? "failed" : problem.message()));
            }
        }
        ClientStatus client = status.client();
        Problem blocked = client == null ? null : client.problem();
        if (blocked != null) {
            troubles.add("client: " + blocked.message());
        }
        FullnodeStatus fullnode = status.fullnode();
        String silent = fullnode == null ? null : fullnode.trouble();
        if (silent != null) {
            troubles.add("fullnode: " + silent);
        }
        return new Health(troubles);
    }

    boolean isWell() {
        return troubles.isEmpty();
    }

    /** A line for each trouble, or {@code ok}. */
    String text() {
        return isWell() ? "ok\n" : String.join("\n", troubles) + "\n";
    }
}
