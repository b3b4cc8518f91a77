package org.flowshield.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One session against bytes written by hand; the frames are libp2p's published vectors. */
final class YamuxSessionTest {

    private static final String OPEN_STREAM_1 = "000100010000000100000000";
    private static final String ACK_STREAM_1 = "000100020000000100000000";
    private static final String DATA_HELLO = "00000000000000010000000568656c6c6f";
    private static final String DATA_WITH_SYN = "0000000100000003000000026869";
    private static final String WINDOW_UPDATE_256K = "000100000000000100040000";
    private static final String FIN = "000100040000000100000000";
    private static final String RST = "000100080000000100000000";
    private static final String PING_SYN = "0002000100000000deadbeef";
    private static final String PING_ACK = "0002000200000000deadbeef";
    private static final String GO_AWAY_NORMAL = "000300000000000000000000";
    private static final String GO_AWAY_PROTOCOL_ERROR = "000300000000000000000001";
    private static final String FIRST_PING = "000200010000000000000001";

    private final List<YamuxStream> accepted = new ArrayList<>();
    private final YamuxSession listener =
            new YamuxSession(
                    false,
                    stream -> {
                        stream.pipeline().addLast(new Recorder());
                        accepted.add(stream);
                    },
                    System::nanoTime,
                    Scopes.open());
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void start_the_session_and_drop_its_first_ping() {
        channel.pipeline().addLast(listener);
        channel.runPendingTasks();
        assertThat(sent()).isEqualTo(FIRST_PING);
    }

    @AfterEach
    void release_everything() {
        channel.finishAndReleaseAll();
    }

    @Test
    void acknowledges_a_stream_that_the_peer_opens() {
        receive(OPEN_STREAM_1);

        assertThat(sent()).isEqualTo(ACK_STREAM_1);
        assertThat(accepted).singleElement().extracting(YamuxStream::streamId).isEqualTo(1);
    }

    @Test
    void delivers_data_that_comes_with_the_opening_frame() {
        receive(DATA_WITH_SYN);

        assertThat(text(accepted.getFirst())).isEqualTo("hi");
        assertThat(recorder().readCompletes).isEqualTo(1);
    }

    @Test
    void delivers_a_frame_that_arrives_byte_by_byte() {
        for (byte octet : ByteBufUtil.decodeHexDump(OPEN_STREAM_1 + DATA_HELLO)) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {octet}));
        }

        assertThat(text(accepted.getFirst())).isEqualTo("hello");
    }

    @Test
    void puts_the_acknowledgement_on_its_first_data() {
        channel.pipeline().fireChannelRead(hex(OPEN_STREAM_1));
        accepted.getFirst().writeAndFlush(ascii("hello"));
        channel.pipeline().fireChannelReadComplete();
        channel.runPendingTasks();

        assertThat(sent()).isEqualTo("00000002000000010000000568656c6c6f");
    }

    @Test
    void tells_the_end_of_the_peers_direction_and_goes_on_writing() {
        receive(OPEN_STREAM_1 + DATA_HELLO + FIN);
        sent();

        assertThat(recorder().inputEnded).isTrue();
        accepted.getFirst().writeAndFlush(ascii("hello"));
        channel.runPendingTasks();
        assertThat(sent()).isEqualTo(DATA_HELLO);
    }

    /** js-libp2p loses the body of a frame that carries FIN. */
    @Test
    void ends_its_direction_in_a_frame_of_its_own_after_the_last_data() {
        receive(OPEN_STREAM_1);
        sent();
        accepted.getFirst().writeAndFlush(ascii("hello"));
        accepted.getFirst().shutdownOutput();
        channel.runPendingTasks();

        assertThat(sent()).isEqualTo(DATA_HELLO + FIN);
        receive(FIN);
        channel.runPendingTasks();
        assertThat(accepted.getFirst().isOpen()).isFalse();
        assertThat(listener.streamCount()).isZero();
    }

    @Test
    void refuses_writes_after_the_end_of_its_direction() {
        receive(OPEN_STREAM_1);
        accepted.getFirst().shutdownOutput();

        assertThat(accepted.getFirst().writeAndFlush(ascii("late")).isSuccess()).isFalse();
    }

    @Test
    void reports_a_reset_and_forgets_the_stream() {
        receive(OPEN_STREAM_1 + RST);
        channel.runPendingTasks();

        assertThat(recorder().failure).isInstanceOf(StreamResetException.class);
        assertThat(recorder().inactive).isTrue();
        assertThat(listener.streamCount()).isZero();
    }

    @Test
    void resets_a_stream_on_demand() {
        receive(OPEN_STREAM_1);
        sent();
        accepted.getFirst().reset();
        channel.runPendingTasks();

        assertThat(sent()).isEqualTo(RST);
    }

    @Test
    void resets_a_closed_stream_whose_peer_does_not_end_its_direction() {
        receive(OPEN_STREAM_1);
        sent();
        accepted.getFirst().close();
        channel.runPendingTasks();
        assertThat(sent()).isEqualTo(FIN);

        channel.advanceTimeBy(10, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();

        assertThat(sent()).contains(RST);
    }

    @Test
    void ignores_the_error_code_of_a_reset() {
        receive(OPEN_STREAM_1 + "0001000800000001000000ff");

        assertThat(channel.isOpen()).isTrue();
        assertThat(listener.streamCount()).isZero();
    }

    @Test
    void answers_pings() {
        receive(PING_SYN);

        assertThat(sent()).isEqualTo(PING_ACK);
    }

    @Test
    void answers_no_more_pings_than_its_backlog_holds() {
        receive(PING_SYN.repeat(YamuxSession.MAX_PING_REPLIES + 5));

        assertThat(sent()).isEqualTo(PING_ACK.repeat(YamuxSession.MAX_PING_REPLIES));
    }

    /** It pings, so that it lives; but what is written for it waits for ever. */
    @Test
    void closes_when_the_peer_sends_and_never_reads() {
        receive(OPEN_STREAM_1);
        sent();
        ChannelOutboundBuffer socket = Objects.requireNonNull(channel.unsafe().outboundBuffer());
        socket.setUserDefinedWritability(1, false);
        passKeepAlive();
        assertThat(channel.isOpen()).isTrue();

        passKeepAlive();
        assertThat(channel.isOpen()).isFalse();
        assertThat(recorder().failure).hasMessageContaining("took nothing");
    }

    @Test
    void bears_a_slow_peer_that_reads_in_the_end() {
        ChannelOutboundBuffer socket = Objects.requireNonNull(channel.unsafe().outboundBuffer());
        for (int i = 0; i < 5; i++) {
            socket.setUserDefinedWritability(1, false);
            passKeepAlive();
            socket.setUserDefinedWritability(1, true);
            passKeepAlive();
        }

        assertThat(channel.isOpen()).isTrue();
    }

    private void passKeepAlive() {
        receive(PING_SYN);
        channel.advanceTimeBy(30, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    @Test
    void skips_frames_of_unknown_streams() {
        ByteBuf body = hex(DATA_HELLO);
        channel.writeInbound(body);
        receive(WINDOW_UPDATE_256K + FIN + RST + PING_SYN);

        assertThat(body.refCnt()).isZero();
        assertThat(sent()).isEqualTo(PING_ACK);
    }

    @Test
    void opens_no_more_streams_after_the_peers_goaway() {
        receive(GO_AWAY_NORMAL);

        assertThat(listener.openStream(stream -> {}).cause()).hasMessageContaining("ending");
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void says_goaway_when_it_ends() {
        receive(OPEN_STREAM_1);
        sent();
        listener.end();
        channel.runPendingTasks();

        assertThat(sent()).isEqualTo(GO_AWAY_NORMAL);
        assertThat(channel.isOpen()).isFalse();
        assertThat(recorder().failure).hasMessageContaining("closed");
    }

    @ParameterizedTest
    @CsvSource({
        "VERSION, 010000000000000100000000",
        "TYPE, 000400000000000100000000",
        "SESSION_STREAM, 000000000000000000000000",
        "PARITY, 000100010000000200000000",
        "DUPLICATE_STREAM, 000100010000000100000000000100010000000100000000",
        "WINDOW_EXCEEDED, 000100010000000100000000000000000000000100040001",
        "WINDOW_EXCEEDED, 0000000000000001ffffffff"
    })
    void ends_the_session_of_a_peer_that_breaks_the_protocol(String reason, String frames) {
        receive(frames);

        assertThat(sent()).endsWith(GO_AWAY_PROTOCOL_ERROR);
        assertThat(channel.isOpen()).isFalse();
        assertThat(reason)
                .isIn(
                        List.of(MalformedFrameException.Reason.values()).stream()
                                .map(Enum::name)
                                .toList());
    }

    @Test
    void resets_streams_beyond_the_limit() {
        StringBuilder frames = new StringBuilder();
        for (int i = 0; i <= YamuxSession.MAX_INBOUND_STREAMS; i++) {
            frames.append("00010001%08x00000000".formatted(2 * i + 1));
        }
        receive(frames.toString());

        assertThat(listener.streamCount()).isEqualTo(YamuxSession.MAX_INBOUND_STREAMS);
        assertThat(sent())
                .contains(
                        "00010008%08x00000000".formatted(2 * YamuxSession.MAX_INBOUND_STREAMS + 1));
    }

    @Test
    void opens_at_most_256_streams_without_an_answer() {
        List<io.netty.util.concurrent.Future<YamuxStream>> openings = new ArrayList<>();
        for (int i = 0; i <= YamuxSession.MAX_UNACKNOWLEDGED; i++) {
            openings.add(listener.openStream(stream -> stream.pipeline().addLast(new Recorder())));
        }
        assertThat(openings.getLast().isDone()).isFalse();

        receive("000100020000000200000000");

        assertThat(openings.getLast().isSuccess()).isTrue();
    }

    @Test
    void closes_when_the_peer_does_not_answer_pings() {
        channel.advanceTimeBy(10, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void keeps_unread_bytes_readable_after_the_connection_is_gone() {
        receive(OPEN_STREAM_1);
        YamuxStream stream = accepted.getFirst();
        stream.config().setAutoRead(false);
        receive(DATA_HELLO + DATA_HELLO + DATA_HELLO);
        channel.close();
        channel.runPendingTasks();
        assertThat(recorder().failure).isNull();

        stream.config().setAutoRead(true);
        channel.runPendingTasks();

        assertThat(text(stream)).isEqualTo("hellohellohello");
        assertThat(recorder().failure).isNotNull();
        assertThat(stream.isOpen()).isFalse();
    }

    private Recorder recorder() {
        return SessionPair.recorder(accepted.getFirst());
    }

    private static String text(YamuxStream stream) {
        return SessionPair.recorder(stream).bytes.toString(StandardCharsets.UTF_8);
    }

    private void receive(String frames) {
        channel.writeInbound(hex(frames));
    }

    private static ByteBuf hex(String frames) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(frames));
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private String sent() {
        StringBuilder frames = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            frames.append(ByteBufUtil.hexDump(out));
            out.release();
        }
        return frames.toString();
    }
}
