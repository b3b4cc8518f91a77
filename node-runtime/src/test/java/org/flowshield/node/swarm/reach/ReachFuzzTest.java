package org.flowshield.node.swarm.reach;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.swarm.SomeSwarm;

/** Whatever peers say about reachability is read, or refused with a reason. */
final class ReachFuzzTest {

    private static final Multiaddr REMOTE = SomeSwarm.address("/ip4/203.0.113.7/tcp/51234");

    /** And nobody but who asks is dialled. */
    @FuzzTest(maxDuration = "20s")
    void any_request_is_read_or_refused(byte[] input) {
        try {
            List<Multiaddr> asked = ReachWire.parseAddresses(input);
            assertThat(asked).hasSizeBetween(1, ReachWire.MAX_ADDRESSES);
            assertThat(new DialRules(false).dialled(asked, REMOTE))
                    .allMatch(at -> at.ip().equals(REMOTE.ip()));
        } catch (MalformedReachException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    @FuzzTest(maxDuration = "20s")
    void any_answer_is_read_or_refused(byte[] input) {
        try {
            assertThat(ReachWire.parseOutcomes(input, 3)).hasSize(3);
        } catch (MalformedReachException e) {
            assertThat(e.reason()).isNotNull();
        }
    }
}
