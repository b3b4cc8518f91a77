package org.flowshield.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.ping.Ping;
import org.flowshield.libp2p.security.tls.TlsTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The attack: more connections than the victim's process may have open files. It runs in a process
 * with a small limit, below its own limit of handshakes. In the second test others in the process
 * have used up all files.
 *
 * <p>What it wants: a listener that fails once and never accepts again, and a log full of traces.
 */
@Timeout(180)
final class DescriptorExhaustionAttackIT {

    private static final int OPEN_FILES = 200;
    private static final int CONNECTIONS = 400;

    /** More than descriptors that the honest connection gives back when it is closed at last. */
    private static final int LATE_CLOSES = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<String> log = new CopyOnWriteArrayList<>();

    @Test
    void more_connections_than_open_files_hinder_nobody() throws Exception {
        try (Victim victim = new Victim();
                Strangers strangers = new Strangers(victim.socket())) {
            for (int i = 0; i < CONNECTIONS; i++) {
                strangers.connect();
            }
            connectAndPing(victim.address);
            Siege.await(() -> strangers.stillOpen() < OPEN_FILES);
            connectAndPing(victim.address);

            assertThat(log).anyMatch(line -> line.contains("the limit sockets is lowered"));
            assertThat(log).noneMatch(line -> line.contains("cannot accept"));
        }
    }

    @Test
    void a_listener_without_descriptors_goes_on_when_it_has_some_again() throws Exception {
        try (Victim victim = new Victim()) {
            connectAndPing(victim.address);
            int traces = traces();
            assertThat(traces).isPositive();
            victim.say("exhaust", "exhausted");
            try (Strangers strangers = new Strangers(victim.socket())) {
                for (int i = 0; i < LATE_CLOSES; i++) {
                    strangers.connect();
                }
                Siege.await(() -> log.stream().anyMatch(line -> line.contains("cannot accept")));
            }
            victim.say("relent", "relented");

            connectAndPing(victim.address);
            assertThat(traces()).isEqualTo(traces);
        }
    }

    private int traces() {
        return (int) log.stream().filter(line -> line.startsWith("\tat ")).count();
    }

    /** The host in its process. */
    private final class Victim implements AutoCloseable {

        private final Process process = start();
        private final BufferedReader out = process.inputReader();
        private final Multiaddr address;

        Victim() throws IOException {
            Thread.ofVirtual().start(() -> process.errorReader().lines().forEach(log::add));
            address = HostPair.parse(out.readLine());
        }

        InetSocketAddress socket() {
            return address.socketAddress().orElseThrow();
        }

        void say(String command, String answer) throws IOException {
            Writer in = process.outputWriter();
            in.write(command + "\n");
            in.flush();
            assertThat(out.readLine()).isEqualTo(answer);
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
            process.destroyForcibly();
            out.close();
        }
    }

    private static Process start() throws IOException {
        String java = System.getProperty("java.home") + "/bin/java";
        String command =
                "ulimit -n %d && exec '%s' -XX:TieredStopAtLevel=1 -cp \"$CLASSES\" %s %s"
                        .formatted(
                                OPEN_FILES,
                                java,
                                "--enable-native-access=ALL-UNNAMED"
                                        + " --sun-misc-unsafe-memory-access=allow",
                                ListeningHost.class.getName());
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
        builder.environment().put("CLASSES", System.getProperty("java.class.path"));
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    private static void connectAndPing(Multiaddr address) throws IOException {
        Ping ping = new Ping(RANDOM, System::nanoTime);
        try (PrivateKey key = PrivateKey.generate(RANDOM);
                Host honest =
                        new HostBuilder(key)
                                .security(new TlsTransport(key, RANDOM, InstantSource.system()))
                                .upgradeTimeout(Duration.ofSeconds(60))
                                .build();
                Connection connection = honest.connect(address);
                Ping.Pings pings = ping.open(connection)) {
            assertThat(pings.next(Duration.ofSeconds(60))).isPositive();
        }
    }
}
