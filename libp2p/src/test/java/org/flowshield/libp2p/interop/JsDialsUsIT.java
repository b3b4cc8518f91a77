package org.flowshield.libp2p.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.perf.Perf;
import org.flowshield.libp2p.ping.Ping;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** js-libp2p dials us and opens the streams; its own checks are those of probes.mjs. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"tls", "noise"})
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class JsDialsUsIT {

    private static final int MIB = 1024 * 1024;

    @Parameter String security = "";

    private OurHost ours;
    private JsPeer js;

    @BeforeEach
    void connect() throws IOException {
        assumeTrue(JsPeer.missing().isEmpty(), JsPeer.missing());
        ours = new OurHost(security);
        js = JsPeer.dial(security, ours.address().toString());
    }

    @AfterEach
    void disconnect() {
        if (js != null) {
            js.close();
        }
        if (ours != null) {
            ours.close();
        }
    }

    @Test
    void agrees_on_security_and_muxer() {
        var connected = js.await("connected");
        assertThat(connected.path("peerId").asString()).isEqualTo(ours.host().peerId().toString());
        assertThat(connected.path("security").asString()).contains(security);
        assertThat(connected.path("muxer").asString()).isEqualTo("/yamux/1.0.0");
    }

    @Test
    void answers_pings() throws IOException {
        assertThat(js.probe("ping count=5").path("rtt_ms").size()).isEqualTo(5);
    }

    @Test
    void tells_js_who_we_are_and_how_we_see_it() throws IOException {
        js.await("identified"); // js allows itself one stream of identify at a time
        var told = js.probe("identify");
        assertThat(told.path("agent").asString()).isEqualTo(OurHost.AGENT);
        assertThat(told.path("protocols").toString())
                .contains(Ping.ID.value(), Perf.ID.value(), InteropProtocols.ECHO.value());
        assertThat(told.path("observedAddress").asString()).startsWith("/ip4/127.0.0.1/tcp/");
        assertThat(told.path("signedAddresses").path(0).asString())
                .isEqualTo(ours.host().listenAddresses().getFirst().toString());
    }

    @Test
    void learns_who_js_is() throws Exception {
        String id = js.await("ready").path("peerId").asString();
        js.probe("ping count=1");
        Connection connection = ours.host().connections().getFirst();
        assertThat(connection.remotePeer().toString()).isEqualTo(id);
        assertThat(
                        ours.identify
                                .identified(connection)
                                .toCompletableFuture()
                                .get(30, TimeUnit.SECONDS)
                                .agent())
                .startsWith("js-libp2p/");
    }

    @Test
    void receives_64_mib_unchanged() throws IOException {
        assertThat(js.probe("sink bytes=67108864 seed=3").path("sha256").asString())
                .isEqualTo(Content.sum(64L * MIB, 3).sha256());
    }

    @Test
    void sends_64_mib_that_arrive_unchanged() throws IOException {
        assertThat(js.probe("source bytes=67108864 seed=4").path("sha256").asString())
                .isEqualTo(Content.sum(64L * MIB, 4).sha256());
    }

    @Test
    void takes_and_gives_nothing_at_all() throws IOException {
        js.probe("sink bytes=0");
        js.probe("source bytes=0");
    }

    @Test
    void reads_on_after_having_ended_our_side() throws Exception {
        js.probe("half-close bytes=3145728 seed=5");
        assertThat(ours.served.halfClosed.poll(30, TimeUnit.SECONDS))
                .isEqualTo(Content.sum(3L * MIB, 5));
    }

    @Test
    void resets_a_stream_so_that_js_sees_a_failure() throws IOException {
        js.probe("reset by=peer");
        js.probe("echo bytes=1000");
    }

    @Test
    void sees_a_reset_by_js_as_a_failure_and_not_as_the_end() throws Exception {
        js.probe("reset by=us");
        assertThat(ours.served.resets.poll(30, TimeUnit.SECONDS)).isEqualTo("reset");
        js.probe("echo bytes=1000");
    }

    @Test
    void keeps_100_streams_apart() throws IOException {
        js.probe("parallel streams=100 bytes=262144");
    }

    @Test
    void refuses_a_protocol_that_we_do_not_speak() throws IOException {
        js.probe("unsupported");
        js.probe("echo bytes=1000");
    }

    @Test
    void serves_perf_both_ways() throws IOException {
        js.probe("perf up=5000000 down=7000000 streams=3");
    }

    @Test
    void opens_streams_on_a_connection_that_js_dialled() throws IOException {
        js.probe("ping count=1");
        Connection connection = ours.host().connections().getFirst();
        assertThat(connection.initiator()).isFalse();
        try (Stream stream = connection.newStream(List.of(InteropProtocols.ECHO))) {
            Content.write(stream.output(), MIB, 6);
            stream.closeWrite();
            assertThat(Content.read(stream.input())).isEqualTo(Content.sum(MIB, 6));
        }
    }

    @Test
    void is_refused_by_js_when_another_id_was_dialled() throws IOException {
        try (OurHost stranger = new OurHost(security);
                JsPeer dialler =
                        JsPeer.dial(
                                security,
                                ours.address()
                                        .withoutPeer()
                                        .withPeer(stranger.host().peerId())
                                        .toString())) {
            dialler.await("dial-failed");
            assertThat(dialler.end()).isEqualTo(1);
        }
    }
}
