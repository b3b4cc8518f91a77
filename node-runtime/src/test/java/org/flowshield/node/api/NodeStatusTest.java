package org.flowshield.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NodeStatusTest {

    private static final RoleStatus CLIENT =
            new RoleStatus(RoleName.CLIENT, RoleState.STARTING, null);

    @Test
    void a_role_is_found_by_its_name_and_one_that_is_unknown_is_off() {
        NodeStatus b = new MemoryNode().status();
        NodeStatus status =
                new NodeStatus(
                        b.version(),
                        b.peerId(),
                        b.startedAt(),
                        List.of(CLIENT),
                        b.client(),
                        b.provider(),
                        b.fullnode(),
                        b.payment(),
                        b.limits());
        assertThat(status.role(RoleName.CLIENT)).isEqualTo(CLIENT);
        assertThat(status.role(RoleName.PROVIDER))
                .isEqualTo(new RoleStatus(RoleName.PROVIDER, RoleState.OFF, null));
    }
}
