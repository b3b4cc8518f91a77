package org.flowshield.bench.tunnel;

import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;

/** What the provider's machine does for each peer in the same way: forward and masquerade. */
final class Provider {

    private Provider() {}

    /** Lets the provider be the exit for the addresses of {@code inner}. */
    static void masquerade(Lab lab, String inner) throws LabException, InterruptedException {
        lab.set(Namespace.PROVIDER, "net/ipv4/ip_forward", "1");
        lab.nft(
                Namespace.PROVIDER,
                """
                table ip bench {
                    chain exit {
                        type nat hook postrouting priority srcnat;
                        ip saddr %s oifname "%s" masquerade
                    }
                }
                """
                        .formatted(inner, Namespace.INTERFACE));
    }

    /** Sends the client's traffic to the internet into its tunnel, and lets it open the tunnel. */
    static void routeThrough(Lab lab, String device) throws LabException, InterruptedException {
        lab.run(Namespace.CLIENT, "ip", "route", "add", Link.INTERNET.subnetV4(), "dev", device);
        ping(lab);
    }

    static void ping(Lab lab) throws LabException, InterruptedException {
        lab.run(
                Namespace.CLIENT,
                "ping",
                "-c",
                "3",
                "-i",
                "0.2",
                "-w",
                "10",
                Link.INTERNET.ipv4().getHostAddress());
    }
}
