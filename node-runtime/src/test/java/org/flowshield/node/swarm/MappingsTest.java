package org.flowshield.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flowshield.node.swarm.SomeSwarm.address;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MappingsTest {

    @Test
    void only_ports_that_a_router_could_pass_on_are_asked_for() {
        assertThat(
                        Mappings.ports(
                                List.of(
                                        address("/ip4/0.0.0.0/tcp/4001"),
                                        address("/ip4/192.168.1.5/tcp/4002"),
                                        address("/ip4/127.0.0.1/tcp/4003"),
                                        address("/ip4/9.9.9.9/tcp/4004"),
                                        address("/ip6/::/tcp/4005"))))
                .containsExactlyInAnyOrder(4001, 4002);
    }
}
