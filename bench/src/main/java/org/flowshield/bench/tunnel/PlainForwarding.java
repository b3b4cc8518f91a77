package org.flowshield.bench.tunnel;

import java.util.List;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;

/**
 * The tunnels' path without a tunnel: through the router to the provider, masqueraded there, and
 * through the router again. What the kernel alone can do; the ceiling.
 */
final class PlainForwarding implements Contender {

    private static final String TABLE = "100";

    @Override
    public String name() {
        return "forwarding";
    }

    @Override
    public Running start(Lab lab) throws LabException, InterruptedException {
        // In and out by the same interface: without this the provider would tell the router a
        // shorter way.
        lab.set(Namespace.PROVIDER, "net/ipv4/conf/all/send_redirects", "0");
        lab.set(
                Namespace.PROVIDER,
                "net/ipv4/conf/" + Namespace.INTERFACE + "/send_redirects",
                "0");
        Provider.masquerade(lab, Link.CLIENT.subnetV4());
        lab.ip(
                Namespace.ROUTER,
                List.of(
                        "route add default via %s table %s"
                                .formatted(Link.PROVIDER.ipv4().getHostAddress(), TABLE),
                        "rule add pref 200 iif %s lookup %s"
                                .formatted(Link.CLIENT.machine().label(), TABLE),
                        "rule add pref 201 iif %s lookup %s"
                                .formatted(NetworkPath.UP_DEVICE, TABLE)));
        lab.ip(
                Namespace.CLIENT,
                List.of(
                        "route add %s via %s mtu lock %d"
                                .formatted(
                                        Link.INTERNET.subnetV4(),
                                        Link.CLIENT.routerIpv4().getHostAddress(),
                                        INNER_MTU)));
        lab.ip(
                Namespace.INTERNET,
                List.of(
                        "route add %s via %s mtu lock %d"
                                .formatted(
                                        Link.PROVIDER.subnetV4(),
                                        Link.INTERNET.routerIpv4().getHostAddress(),
                                        INNER_MTU)));
        Provider.ping(lab);
        String kernel = lab.run(Namespace.ROUTER, "uname", "-r").output().strip();
        return new Running("Linux " + kernel, List.of());
    }
}
