package org.flowshield.bench.tunnel;

import java.time.Duration;
import java.util.List;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;

/** OpenVPN over UDP with AES-256-GCM, both ends in userspace, certificates made for this run. */
final class OpenVpn implements Contender {

    private static final String DEVICE = "ovpn0";
    private static final String INNER = "100.64.2.0/24";
    private static final String INNER_CLIENT = "100.64.2.2";
    private static final String INNER_PROVIDER = "100.64.2.1";
    private static final Duration START = Duration.ofSeconds(30);
    private static final String STARTED = "Initialization Sequence Completed";

    @Override
    public String name() {
        return "openvpn";
    }

    @Override
    public Running start(Lab lab) throws LabException, InterruptedException {
        String clientIdentity = identity(lab, "client");
        String providerIdentity = identity(lab, "provider");
        LabProcess far =
                daemon(
                        lab,
                        Namespace.PROVIDER,
                        "tls-server\ndh none\n",
                        INNER_PROVIDER + " " + INNER_CLIENT,
                        providerIdentity,
                        fingerprint(lab, clientIdentity));
        LabProcess near =
                daemon(
                        lab,
                        Namespace.CLIENT,
                        "tls-client\nnobind\nremote "
                                + Link.PROVIDER.ipv4().getHostAddress()
                                + "\n",
                        INNER_CLIENT + " " + INNER_PROVIDER,
                        clientIdentity,
                        fingerprint(lab, providerIdentity));
        var _ = near.awaitLine(STARTED, line -> line.contains(STARTED), START);
        Provider.masquerade(lab, INNER);
        Provider.routeThrough(lab, DEVICE);
        String version = lab.start(Namespace.CLIENT, "openvpn", "--version").await(START).output();
        return new Running(version.split(" ", 3)[1], List.of(near, far));
    }

    private static LabProcess daemon(
            Lab lab,
            Namespace namespace,
            String role,
            String addresses,
            String identity,
            String peer)
            throws LabException {
        String config =
                """
                %sdev %s
                dev-type tun
                proto udp
                ifconfig %s
                tun-mtu %d
                data-ciphers AES-256-GCM
                cipher AES-256-GCM
                disable-dco
                fast-io
                peer-fingerprint "%s"
                verb 3
                <cert>
                %s</cert>
                <key>
                %s</key>
                """
                        .formatted(role, DEVICE, addresses, INNER_MTU, peer, identity, identity);
        // One process, and no key in a file: the shell becomes openvpn, which reads its standard
        // input.
        return lab.start(
                namespace, "sh", "-c", "exec openvpn --config stdin <<END\n$0\nEND", config);
    }

    /** A key and a self-signed certificate, in PEM, one after the other. */
    private static String identity(Lab lab, String name) throws LabException, InterruptedException {
        return lab.run(
                        Namespace.CLIENT,
                        "sh",
                        "-c",
                        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=$0"
                                + " -keyout /dev/stdout -out /dev/stdout 2>/dev/null",
                        name)
                .output();
    }

    private static String fingerprint(Lab lab, String identity)
            throws LabException, InterruptedException {
        String line =
                lab.run(
                                Namespace.CLIENT,
                                "sh",
                                "-c",
                                "echo \"$0\" | openssl x509 -noout -fingerprint -sha256",
                                identity)
                        .output();
        return line.substring(line.indexOf('=') + 1).strip();
    }
}
