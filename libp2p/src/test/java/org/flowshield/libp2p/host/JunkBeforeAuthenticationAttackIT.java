package org.flowshield.libp2p.host;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flowshield.libp2p.resource.Limit;
import org.flowshield.libp2p.resource.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * The attack: somebody connects and sends what is no handshake, or only begins like one: noise, a
 * web request, endless proposals, records of TLS that are broken, enormous or never end.
 *
 * <p>What it wants: answers larger than the question, memory, places, and a log full of traces.
 */
@Timeout(180)
final class JunkBeforeAuthenticationAttackIT {

    private static final byte[] HEADER = Strangers.message("/multistream/1.0.0");
    private static final byte[] TLS = Strangers.message("/tls/1.0.0");

    /** One multistream header, the protocol agreed on, and one flight of TLS with a certificate. */
    private static final int HEADER_AND_FLIGHT = HEADER.length + TLS.length + 4 * 1024;

    /** Long enough for an honest handshake on a busy machine; the standard is ten. */
    private static final Duration UPGRADE = Duration.ofSeconds(8);

    @Test
    void junk_gets_one_header_and_one_flight_at_most_and_is_hung_up_on() throws Exception {
        try (LoggedWarnings log = new LoggedWarnings();
                Siege siege = new Siege(Limits.DEFAULT, UPGRADE);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Future<Integer>> answers = new LinkedHashMap<>();
            for (Map.Entry<String, byte[]> junk : junk().entrySet()) {
                int number = answers.size();
                Callable<Integer> attack = () -> answerTo(junk.getValue(), number, siege.address());
                answers.put(junk.getKey(), threads.submit(attack));
            }
            List<Long> held = new ArrayList<>();
            Siege.await(
                    () -> {
                        held.add(siege.usage(Limit.UNAUTHENTICATED_BYTES).used());
                        return answers.values().stream().allMatch(Future::isDone);
                    });
            siege.serveMore(3);

            for (Map.Entry<String, Future<Integer>> answer : answers.entrySet()) {
                assertThat(answer.getValue().get())
                        .as(answer.getKey())
                        .isLessThanOrEqualTo(HEADER_AND_FLIGHT);
            }
            // What came with the last read is counted and thrown away.
            assertThat(held)
                    .allMatch(bytes -> bytes <= 16 * 1024 + HostLimits.UNAUTHENTICATED_READ);
            assertThat(siege.usage(Limit.UNAUTHENTICATED_BYTES).refused()).isPositive();
            assertThat(siege.failuresOfTheHonest()).isEmpty();
            Siege.await(() -> siege.usage(Limit.HANDSHAKES).used() == 0);
            assertThat(log.records()).isEmpty();
        }
    }

    @Test
    void a_warning_would_have_been_seen() {
        try (LoggedWarnings log = new LoggedWarnings()) {
            LoggerFactory.getLogger(JunkBeforeAuthenticationAttackIT.class)
                    .warn("this is what the test above looks for");

            assertThat(log.records()).hasSize(1);
        }
    }

    private static Map<String, byte[]> junk() {
        Map<String, byte[]> junk = new LinkedHashMap<>();
        for (int seed = 0; seed < 20; seed++) {
            byte[] noise = noise(seed, 100_000);
            junk.put("noise " + seed, noise);
            junk.put("noise in TLS " + seed, join(HEADER, TLS, noise));
            junk.put("noise in a TLS record " + seed, join(HEADER, TLS, record(2000), noise));
        }
        junk.put("a web request", "GET / HTTP/1.1\r\nHost: me\r\n\r\n".getBytes(US_ASCII));
        junk.put("TLS without multistream", join(record(300), noise(1, 300)));
        junk.put("a header and noise", join(HEADER, noise(2, 50_000)));
        junk.put("a header again and again", join(HEADER, HEADER, HEADER, HEADER));
        byte[] proposals = HEADER;
        for (int i = 0; i < 64; i++) {
            proposals = join(proposals, Strangers.message("/junk/" + i));
        }
        junk.put("proposals without end", proposals);
        junk.put("a record too large", join(HEADER, TLS, record(16_383)));
        junk.put("a record that never ends", join(HEADER, TLS, record(15_000), new byte[14_000]));
        byte[] empty = join(HEADER, TLS);
        for (int i = 0; i < 4000; i++) {
            empty = join(empty, new byte[] {0x16, 3, 1, 0, 1, 1});
        }
        junk.put("records of one byte", empty);
        junk.put("16 KiB and more of plain bytes", join(HEADER, new byte[20_000]));
        junk.put("nothing after the header", HEADER);
        return junk;
    }

    /** The beginning of a TLS record that says it has so many bytes. */
    private static byte[] record(int length) {
        return new byte[] {0x16, 3, 1, (byte) (length >> 8), (byte) length};
    }

    private static byte[] noise(int seed, int length) {
        byte[] noise = new byte[length];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Sends the junk and counts what comes back until the victim hangs up. */
    private static int answerTo(byte[] junk, int number, InetSocketAddress victim)
            throws IOException {
        int count = 0;
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(Siege.stranger(number), 0));
            socket.connect(victim);
            Thread.ofVirtual().start(() -> send(socket, junk));
            InputStream in = socket.getInputStream();
            byte[] part = new byte[4096];
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                count += read;
            }
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
        return count;
    }

    private static void send(Socket socket, byte[] junk) {
        try {
            socket.getOutputStream().write(junk);
        } catch (IOException e) {
            assertThat(e).isInstanceOf(SocketException.class);
        }
    }
}
