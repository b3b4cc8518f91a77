package org.flowshield.node.swarm.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import java.util.Collections;
import java.util.List;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.swarm.SomeSwarm;
import org.flowshield.node.swarm.reach.MalformedReachException.Reason;
import org.junit.jupiter.api.Test;

final class ReachWireTest {

    private static final Multiaddr ADDRESS = SomeSwarm.address("/ip4/203.0.113.7/tcp/4001");
    private static final Multiaddr ADDRESS6 = SomeSwarm.address("/ip6/2001:db8::7/tcp/4001");

    @Test
    void addresses_and_outcomes_are_read_as_they_were_written() throws Exception {
        List<Multiaddr> addresses = List.of(ADDRESS, ADDRESS6);
        assertThat(ReachWire.parseAddresses(ReachWire.encodeAddresses(addresses)))
                .isEqualTo(addresses);
        List<DialOutcome> outcomes = List.of(DialOutcome.values());
        assertThat(ReachWire.parseOutcomes(ReachWire.encodeOutcomes(outcomes), outcomes.size()))
                .isEqualTo(outcomes);
    }

    @Test
    void nobody_asks_for_nothing_or_too_much() {
        assertThatIllegalArgumentException().isThrownBy(() -> ReachWire.encodeAddresses(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReachWire.encodeAddresses(Collections.nCopies(17, ADDRESS)));
    }

    @Test
    void what_cant_be_meant_is_refused_with_a_reason() {
        assertThat(asked(new byte[0])).isEqualTo(Reason.COUNT);
        assertThat(asked(new byte[] {7})).isEqualTo(Reason.NOT_PROTOBUF);
        assertThat(asked(addresses(17, ADDRESS.encode()))).isEqualTo(Reason.COUNT);
        assertThat(asked(addresses(1, new byte[] {1, 2, 3}))).isEqualTo(Reason.ADDRESS);
        assertThat(asked(addresses(1, new byte[0]))).isEqualTo(Reason.ADDRESS);
    }

    @Test
    void an_answer_has_as_many_outcomes_as_were_asked_for_and_known_ones() {
        byte[] one = ReachWire.encodeOutcomes(List.of(DialOutcome.REACHED));
        assertThat(answered(one, 2)).isEqualTo(Reason.COUNT);
        assertThat(answered(new byte[0], 1)).isEqualTo(Reason.COUNT);
        assertThat(answered(new byte[] {7}, 1)).isEqualTo(Reason.NOT_PROTOBUF);
        byte[] unknown =
                ReachProtos.DialledYou.newBuilder().addOutcomesValue(6).build().toByteArray();
        assertThat(answered(unknown, 1)).isEqualTo(Reason.OUTCOME);
        byte[] negative =
                ReachProtos.DialledYou.newBuilder().addOutcomesValue(-1).build().toByteArray();
        assertThat(answered(negative, 1)).isEqualTo(Reason.OUTCOME);
    }

    private static byte[] addresses(int count, byte[] each) {
        return ReachProtos.DialMe.newBuilder()
                .addAllAddresses(Collections.nCopies(count, ByteString.copyFrom(each)))
                .build()
                .toByteArray();
    }

    private static Reason asked(byte[] encoded) {
        return catchThrowableOfType(
                        MalformedReachException.class, () -> ReachWire.parseAddresses(encoded))
                .reason();
    }

    private static Reason answered(byte[] encoded, int count) {
        return catchThrowableOfType(
                        MalformedReachException.class,
                        () -> ReachWire.parseOutcomes(encoded, count))
                .reason();
    }
}
