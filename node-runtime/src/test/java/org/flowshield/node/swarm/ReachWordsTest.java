package org.flowshield.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.nat.Lease;
import org.flowshield.libp2p.nat.PortMapping;
import org.flowshield.node.api.PortStatus;
import org.flowshield.node.api.ReachStatus;
import org.junit.jupiter.api.Test;

/** What is told of whether others get here, and of the router at home. */
final class ReachWordsTest {

    private static final Instant UNTIL = Instant.parse("2026-03-01T12:00:00Z");

    private static final List<Multiaddr> HERE =
            List.of(SomeSwarm.address("/ip4/203.0.113.2/tcp/4001"));

    @Test
    void who_is_behind_a_filter_is_told_what_was_met_and_which_port_to_open() {
        ReachStatus told = ReachWords.of(new Reach.NotProven("no answer"), HERE);
        assertThat(told.state()).isEqualTo(ReachStatus.State.NOT_PROVEN);
        assertThat(told.detail()).contains("clients are not sent here", "no answer");
        assertThat(told.action()).contains("open TCP port 4001");
    }

    @Test
    void there_is_nothing_to_be_done_while_peers_are_asked() {
        ReachStatus told = ReachWords.of(new Reach.Pending(), HERE);
        assertThat(told.state()).isEqualTo(ReachStatus.State.UNKNOWN);
        assertThat(told.action()).isNull();
        assertThat(ReachWords.of(new Reach.Unknown("nobody is there"), HERE).action()).isNotNull();
    }

    private static PortStatus of(PortMapping.State state, Optional<Instant> until) {
        return ReachWords.of(List.of(new MappedPort(4001, state, until))).getFirst();
    }

    private static PortMapping.State mapped(String external) {
        return new PortMapping.State.Mapped(
                new Lease(InetAddress.ofLiteral(external), 5001, Duration.ofHours(1)), "PCP");
    }

    @Test
    void a_port_that_is_passed_on_tells_where_by_what_and_until_when() {
        assertThat(of(mapped("203.0.113.7"), Optional.of(UNTIL)))
                .isEqualTo(
                        new PortStatus(
                                4001,
                                PortStatus.State.MAPPED,
                                "/ip4/203.0.113.7/tcp/5001",
                                "PCP",
                                UNTIL,
                                null));
    }

    @Test
    void a_router_behind_another_is_of_no_use_and_that_is_said() {
        PortStatus told = of(mapped("10.0.0.2"), Optional.of(UNTIL));
        assertThat(told.state()).isEqualTo(PortStatus.State.MAPPED);
        assertThat(told.problem()).contains("behind another");
    }

    @Test
    void a_port_that_is_not_passed_on_tells_why() {
        PortStatus failed = of(new PortMapping.State.Failed("no router"), Optional.empty());
        assertThat(failed)
                .isEqualTo(
                        new PortStatus(
                                4001, PortStatus.State.FAILED, null, null, null, "no router"));
        assertThat(of(new PortMapping.State.Asking(), Optional.empty()).state())
                .isEqualTo(PortStatus.State.ASKING);
    }
}
