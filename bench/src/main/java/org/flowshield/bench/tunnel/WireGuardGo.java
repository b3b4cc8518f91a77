package org.flowshield.bench.tunnel;

import java.time.Duration;
import java.util.List;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;

/** The userspace WireGuard at both ends, as its users set it up. */
final class WireGuardGo implements Contender {

    private static final String INNER = "100.64.1.0/24";
    private static final String INNER_CLIENT = "100.64.1.2/24";
    private static final String INNER_PROVIDER = "100.64.1.1/24";
    private static final int PORT = 51820;
    private static final Duration START = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "wireguard-go";
    }

    @Override
    public Running start(Lab lab) throws LabException, InterruptedException {
        // The control sockets lie in one folder for all namespaces, so the names must differ.
        String client = "wgc" + lab.tag();
        String provider = "wgp" + lab.tag();
        LabProcess near = daemon(lab, Namespace.CLIENT, client);
        LabProcess far = daemon(lab, Namespace.PROVIDER, provider);
        String clientKey = privateKey(lab);
        String providerKey = privateKey(lab);
        configure(
                lab,
                Namespace.PROVIDER,
                provider,
                providerKey,
                publicKey(lab, clientKey),
                INNER,
                "");
        configure(
                lab,
                Namespace.CLIENT,
                client,
                clientKey,
                publicKey(lab, providerKey),
                "0.0.0.0/0",
                "endpoint " + Link.PROVIDER.ipv4().getHostAddress() + ":" + PORT);
        up(lab, Namespace.PROVIDER, provider, INNER_PROVIDER);
        up(lab, Namespace.CLIENT, client, INNER_CLIENT);
        Provider.masquerade(lab, INNER);
        Provider.routeThrough(lab, client);
        return new Running(version(lab), List.of(near, far));
    }

    // Verbose only tells of the device's own life, nothing per packet.
    private static LabProcess daemon(Lab lab, Namespace namespace, String device)
            throws LabException, InterruptedException {
        LabProcess daemon =
                lab.start(namespace, "env", "LOG_LEVEL=verbose", "wireguard-go", "-f", device);
        var _ =
                daemon.awaitLine(
                        "UAPI listener started",
                        line -> line.contains("UAPI listener started"),
                        START);
        return daemon;
    }

    private static String privateKey(Lab lab) throws LabException, InterruptedException {
        return lab.run(Namespace.CLIENT, "wg", "genkey").output().strip();
    }

    private static String publicKey(Lab lab, String privateKey)
            throws LabException, InterruptedException {
        return lab.run(Namespace.CLIENT, "sh", "-c", "echo \"$0\" | wg pubkey", privateKey)
                .output()
                .strip();
    }

    private static void configure(
            Lab lab,
            Namespace namespace,
            String device,
            String key,
            String peer,
            String allowed,
            String endpoint)
            throws LabException, InterruptedException {
        lab.run(
                namespace,
                "sh",
                "-c",
                "echo \"$0\" | wg set %s listen-port %d private-key /dev/stdin peer %s allowed-ips %s %s"
                        .formatted(device, PORT, peer, allowed, endpoint),
                key);
    }

    private static void up(Lab lab, Namespace namespace, String device, String address)
            throws LabException, InterruptedException {
        lab.ip(
                namespace,
                List.of(
                        "addr add %s dev %s".formatted(address, device),
                        "link set %s mtu %d up".formatted(device, INNER_MTU)));
    }

    private static String version(Lab lab) throws LabException, InterruptedException {
        String debian =
                lab.run(
                                Namespace.CLIENT,
                                "sh",
                                "-c",
                                "dpkg-query -W -f '${Version}' wireguard-go 2>/dev/null || true")
                        .output();
        if (!debian.isBlank()) return debian.strip();
        return lab.run(Namespace.CLIENT, "wireguard-go", "--version")
                .output()
                .lines()
                .findFirst()
                .orElse("?");
    }
}
