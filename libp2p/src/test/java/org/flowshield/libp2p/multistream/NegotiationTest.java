package org.flowshield.libp2p.multistream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.List;
import org.flowshield.libp2p.multistream.MalformedNegotiationException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Negotiations against bytes written by hand; the messages are libp2p's published vectors. */
final class NegotiationTest {

    private static final String HEADER = "132f6d756c746973747265616d2f312e302e300a";
    private static final String HEADER_AND_NOISE = HEADER + "072f6e6f6973650a";
    private static final String HEADER_AND_YAMUX = HEADER + "0d2f79616d75782f312e302e300a";
    private static final String NA = "036e610a";
    private static final String LS = "036c730a";
    private static final ProtocolId NOISE = new ProtocolId("/noise");
    private static final ProtocolId YAMUX = new ProtocolId("/yamux/1.0.0");
    private static final List<ProtocolId> BOTH = List.of(NOISE, YAMUX);

    private final Outcome outcome = new Outcome("");
    private EmbeddedChannel channel = new EmbeddedChannel();

    @AfterEach
    void release_everything() {
        channel.finishAndReleaseAll();
    }

    @Test
    void proposes_with_the_header_in_one_packet() {
        open(Initiator.waiting(BOTH, outcome));

        assertThat(sent()).isEqualTo(HEADER_AND_NOISE);
    }

    @Test
    void agrees_when_the_peer_echoes() {
        open(Initiator.waiting(BOTH, outcome));
        receive(HEADER_AND_NOISE);

        assertThat(outcome.protocol).isEqualTo(NOISE);
        assertThat(channel.pipeline().get(Initiator.class)).isNull();
    }

    @Test
    void proposes_the_next_when_refused() {
        open(Initiator.waiting(BOTH, outcome));
        sent();
        receive(HEADER + NA);

        assertThat(HEADER + sent()).isEqualTo(HEADER_AND_YAMUX);
        receive(HEADER_AND_YAMUX.substring(HEADER.length()));
        assertThat(outcome.protocol).isEqualTo(YAMUX);
    }

    @Test
    void fails_when_all_are_refused() {
        open(Initiator.waiting(BOTH, outcome));
        receive(HEADER + NA + NA);

        assertThat(outcome.failure)
                .isInstanceOf(ProtocolNotSupportedException.class)
                .hasMessageContaining("/yamux/1.0.0");
    }

    @Test
    void hands_over_bytes_that_follow_the_echo_in_the_same_packet() {
        open(Initiator.waiting(BOTH, outcome));
        receive(HEADER_AND_NOISE + "616263");
        receive("64");

        assertThat(outcome.followed).hasToString("abcd");
    }

    @Test
    void hands_over_bytes_that_follow_a_proposal_however_they_are_cut() {
        byte[] all = ByteBufUtil.decodeHexDump(HEADER_AND_NOISE + "616263");
        for (int cut = 1; cut < all.length; cut++) {
            Outcome cutOutcome = new Outcome("");
            channel = new EmbeddedChannel(new Responder(() -> BOTH, cutOutcome));
            channel.writeInbound(Unpooled.wrappedBuffer(all, 0, cut));
            channel.writeInbound(Unpooled.wrappedBuffer(all, cut, all.length - cut));

            assertThat(cutOutcome.protocol).isEqualTo(NOISE);
            assertThat(cutOutcome.followed).hasToString("abc");
            assertThat(sent()).isEqualTo(HEADER_AND_NOISE);
        }
    }

    @Test
    void answers_pipelined_proposals_in_order() {
        open(new Responder(() -> List.of(YAMUX), outcome));
        receive(HEADER_AND_NOISE + LS + HEADER_AND_YAMUX.substring(HEADER.length()));

        assertThat(sent())
                .isEqualTo(HEADER + NA + NA + HEADER_AND_YAMUX.substring(HEADER.length()));
        assertThat(outcome.protocol).isEqualTo(YAMUX);
    }

    @Test
    void sends_its_header_to_a_peer_that_waits_for_it() {
        open(new Responder(() -> BOTH, outcome));
        receive(HEADER);

        assertThat(sent()).isEqualTo(HEADER);
    }

    @Test
    void its_first_data_follows_the_echo() {
        Outcome greeting = new Outcome("hi");
        open(new Responder(() -> BOTH, greeting));
        receive(HEADER_AND_NOISE);

        assertThat(sent()).isEqualTo(HEADER_AND_NOISE + "6869");
    }

    @Test
    void data_may_follow_an_early_proposal_at_once() {
        Outcome greeting = new Outcome("hi");
        open(Initiator.early(NOISE, greeting));
        assertThat(sent()).isEqualTo(HEADER_AND_NOISE + "6869");

        receive(HEADER_AND_NOISE + "616263");
        assertThat(greeting.followed).hasToString("abc");
    }

    @Test
    void an_early_proposal_that_is_refused_is_told_to_the_handlers() {
        open(Initiator.early(NOISE, outcome));
        receive(HEADER + NA + "616263");

        assertThat(outcome.failure).isInstanceOf(ProtocolNotSupportedException.class);
        assertThat(outcome.followed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "LENGTH, 808001",
        "LENGTH, 8100",
        "SIZE, 00",
        "SIZE, 8108",
        "LINE_FEED, 03616263",
        "HEADER, 036e610a"
    })
    void refuses_what_is_not_multistream(Reason reason, String bytes) {
        open(new Responder(() -> BOTH, outcome));
        receive(bytes);

        assertThat(outcome.failure)
                .isInstanceOfSatisfying(
                        MalformedNegotiationException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void refuses_an_answer_that_was_not_proposed() {
        open(Initiator.waiting(List.of(NOISE), outcome));
        receive(HEADER_AND_YAMUX);

        assertThat(outcome.failure).hasMessageContaining("UNEXPECTED");
    }

    @Test
    void refuses_the_65th_proposal() {
        open(new Responder(() -> BOTH, outcome));
        receive(HEADER + LS.repeat(Responder.MAX_PROPOSALS));
        assertThat(outcome.failure).isNull();

        receive(LS);
        assertThat(outcome.failure).hasMessageContaining("TOO_MANY_PROPOSALS");
    }

    @Test
    void fails_when_the_peer_half_closes_before_the_end() {
        open(new Responder(() -> BOTH, outcome));
        receive(HEADER);
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

        assertThat(outcome.failure).hasMessageContaining("ENDED");
    }

    @Test
    void carries_a_protocol_of_the_largest_size() {
        ProtocolId longest = new ProtocolId("/" + "x".repeat(1022));
        open(Initiator.waiting(List.of(longest), outcome));
        String proposal = sent();
        EmbeddedChannel peer =
                new EmbeddedChannel(new Responder(() -> List.of(longest), new Outcome("")));
        peer.writeInbound(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(proposal)));
        channel.writeInbound(peer.<ByteBuf>readOutbound(), peer.<ByteBuf>readOutbound());

        assertThat(outcome.protocol).isEqualTo(longest);
        peer.finishAndReleaseAll();
    }

    private void open(Negotiator negotiator) {
        channel = new EmbeddedChannel(negotiator);
    }

    private void receive(String hex) {
        channel.writeInbound(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }

    private String sent() {
        StringBuilder bytes = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            bytes.append(ByteBufUtil.hexDump(out));
            out.release();
        }
        return bytes.toString();
    }
}
