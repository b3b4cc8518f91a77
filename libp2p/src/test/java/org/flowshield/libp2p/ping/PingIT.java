package org.flowshield.libp2p.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.LoopbackHosts;
import org.flowshield.libp2p.Served;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.PeerTimeoutException;
import org.flowshield.libp2p.host.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class PingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Ping ping = new Ping(new SecureRandom(), System::nanoTime);

    @Test
    void measures_round_trips_on_one_stream() throws Exception {
        try (LoopbackHosts hosts = new LoopbackHosts(ping);
                Connection connection = hosts.connect();
                Ping.Pings pings = ping.open(connection)) {
            for (int i = 0; i < 5; i++) {
                assertThat(pings.next(PATIENCE)).isPositive();
            }
        }
    }

    @Test
    void echoes_however_the_bytes_are_cut_and_ends_with_the_dialler() throws Exception {
        try (LoopbackHosts hosts = new LoopbackHosts(ping);
                Stream stream = hosts.connect().newStream(List.of(Ping.ID))) {
            byte[] twoPings = new byte[2 * Ping.LENGTH];
            new SecureRandom().nextBytes(twoPings);
            for (byte b : twoPings) {
                stream.output().write(b);
            }
            stream.closeWrite();
            assertThat(stream.input().readAllBytes()).isEqualTo(twoPings);
        }
    }

    @Test
    void resets_a_stream_that_ends_in_the_middle_of_a_ping() throws Exception {
        try (LoopbackHosts hosts = new LoopbackHosts(ping);
                Stream stream = hosts.connect().newStream(List.of(Ping.ID))) {
            stream.output().write(new byte[Ping.LENGTH - 1]);
            stream.closeWrite();
            assertThatThrownBy(() -> stream.input().read()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void has_one_stream_of_pings_for_each_peer() throws Exception {
        try (LoopbackHosts hosts = new LoopbackHosts(ping);
                Connection connection = hosts.connect()) {
            try (Ping.Pings first = ping.open(connection)) {
                assertThat(first.next(PATIENCE)).isPositive();
                assertThatThrownBy(() -> ping.open(connection))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("already");
            }
            try (Ping.Pings second = ping.open(connection)) {
                assertThat(second.next(PATIENCE)).isPositive();
            }
        }
    }

    @Test
    void says_that_the_peer_does_not_answer() throws Exception {
        try (LoopbackHosts hosts =
                        new LoopbackHosts(
                                new Served(Ping.ID, stream -> stream.input().readAllBytes()));
                Ping.Pings pings = ping.open(hosts.connect())) {
            assertThatThrownBy(() -> pings.next(Duration.ofSeconds(1)))
                    .isInstanceOf(PeerTimeoutException.class)
                    .hasMessage("the peer did not answer within 1 s");
        }
    }

    @Test
    void believes_no_answer_but_its_own_bytes() throws Exception {
        try (LoopbackHosts hosts =
                        new LoopbackHosts(
                                new Served(
                                        Ping.ID,
                                        stream -> stream.output().write(new byte[Ping.LENGTH])));
                Ping.Pings pings = ping.open(hosts.connect())) {
            assertThatThrownBy(() -> pings.next(PATIENCE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not the ping that was sent");
        }
    }

    @Test
    void says_that_the_peer_ended_instead_of_answering() throws Exception {
        try (LoopbackHosts hosts =
                        new LoopbackHosts(
                                new Served(
                                        Ping.ID,
                                        stream -> {
                                            stream.closeWrite();
                                            stream.input().readAllBytes();
                                        }));
                Ping.Pings pings = ping.open(hosts.connect())) {
            assertThatThrownBy(() -> pings.next(PATIENCE)).isInstanceOf(EOFException.class);
        }
    }
}
