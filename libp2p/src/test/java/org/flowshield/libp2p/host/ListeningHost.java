package org.flowshield.libp2p.host;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.ping.Ping;
import org.flowshield.libp2p.security.tls.TlsTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host in a process of its own: prints its address, and ends when its input does. A line {@code
 * exhaust} makes it open files until it can open no more, {@code relent} closes them.
 */
final class ListeningHost {

    private static final Logger LOG = LoggerFactory.getLogger(ListeningHost.class);

    private ListeningHost() {}

    public static void main(String... none) throws IOException {
        // Without files no class can be loaded: those that log must be there before.
        LOG.warn("begins", new IOException("as an example"));
        SecureRandom random = new SecureRandom();
        PrivateKey key = PrivateKey.generate(random);
        List<InputStream> files = new ArrayList<>();
        try (Host host =
                        new HostBuilder(key)
                                .security(new TlsTransport(key, random, InstantSource.system()))
                                .protocol(new Ping(random, System::nanoTime))
                                .listen(HostPair.loopback())
                                .build();
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(System.in, US_ASCII))) {
            System.out.println(host.listenAddresses().getFirst().withPeer(host.peerId()));
            String command = commands.readLine();
            while (command != null) {
                switch (command) {
                    case "exhaust" -> exhaust(files);
                    case "relent" -> relent(files);
                    default -> throw new IllegalArgumentException(command);
                }
                command = commands.readLine();
            }
        }
    }

    private static void exhaust(List<InputStream> files) {
        try {
            while (true) {
                files.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            System.out.println("exhausted");
        }
    }

    private static void relent(List<InputStream> files) throws IOException {
        for (InputStream file : files) {
            file.close();
        }
        System.out.println("relented");
    }
}
