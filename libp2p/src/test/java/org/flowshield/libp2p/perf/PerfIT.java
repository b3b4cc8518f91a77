package org.flowshield.libp2p.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class PerfIT {

    private final Perf perf = new Perf(Duration.ofSeconds(30), System::nanoTime);
    private final Perf impatient = new Perf(Duration.ofSeconds(1), System::nanoTime);

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 0",
        "0, 1",
        "65536, 65537",
        "30000000, 0",
        "0, 30000000",
        "5000000, 7000000"
    })
    void moves_bytes_both_ways(long upload, long download) throws Exception {
        try (LoopbackHosts hosts = new LoopbackHosts(perf);
                Connection connection = hosts.connect()) {
            assertThat(perf.run(connection, upload, download)).isPositive();
            assertThat(perf.run(connection, download, upload)).isPositive();
        }
    }

    @Test
    void serves_exactly_what_is_wanted_and_only_when_the_client_has_ended() throws Exception {
        try (LoopbackHosts hosts = new LoopbackHosts(perf);
                Stream stream = hosts.connect().newStream(List.of(Perf.ID))) {
            for (byte b : ByteBuffer.allocate(Long.BYTES).putLong(100_000).array()) {
                stream.output().write(b);
            }
            stream.output().write(new byte[1000]);
            stream.closeWrite();
            assertThat(stream.input().readAllBytes()).hasSize(100_000);
        }
    }

    @Test
    void refuses_to_send_for_ever() throws Exception {
        try (LoopbackHosts hosts = new LoopbackHosts(perf);
                Stream stream = hosts.connect().newStream(List.of(Perf.ID))) {
            stream.output().write(ByteBuffer.allocate(Long.BYTES).putLong(-1).array());
            assertThatThrownBy(() -> stream.input().read()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void gives_up_a_client_that_stops() throws Exception {
        try (LoopbackHosts hosts = new LoopbackHosts(impatient);
                Stream stream = hosts.connect().newStream(List.of(Perf.ID))) {
            stream.output().write(new byte[Long.BYTES]);
            assertThatThrownBy(() -> stream.input().read()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void says_that_the_server_stopped_answering() throws Exception {
        try (LoopbackHosts hosts =
                        new LoopbackHosts(
                                new Served(
                                        Perf.ID,
                                        stream -> {
                                            stream.input().readAllBytes();
                                            stream.output().write(new byte[10]);
                                            Thread.sleep(Duration.ofMinutes(1));
                                        }));
                Connection connection = hosts.connect()) {
            assertThatThrownBy(() -> impatient.run(connection, 10, 100))
                    .isInstanceOf(PeerTimeoutException.class)
                    .hasMessageContaining("did not answer within 1 s");
        }
    }

    @ParameterizedTest
    @CsvSource({"99, sent 99 of the 100 bytes", "101, sends more than the 100 bytes"})
    void says_that_the_server_sent_another_number_of_bytes(int sent, String words)
            throws Exception {
        try (LoopbackHosts hosts =
                        new LoopbackHosts(
                                new Served(
                                        Perf.ID,
                                        stream -> {
                                            stream.input().readAllBytes();
                                            stream.output().write(new byte[sent]);
                                        }));
                Connection connection = hosts.connect()) {
            assertThatThrownBy(() -> perf.run(connection, 10, 100))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(words);
        }
    }
}
