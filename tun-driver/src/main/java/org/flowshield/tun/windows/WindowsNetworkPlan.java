package org.flowshield.tun.windows;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.flowshield.tun.plan.Change;
import org.flowshield.tun.plan.Command;
import org.flowshield.tun.plan.Detour;
import org.flowshield.tun.plan.IpPrefix;
import org.flowshield.tun.plan.NetworkPlan;
import org.flowshield.tun.plan.TunnelNetwork;

/**
 * Leads a Windows machine's traffic into a wintun adapter: routes, metric and name servers by
 * netsh, and a rule of the name resolution policy that sends every name to the tunnel's servers,
 * because Windows asks the servers of all its devices otherwise. The default route stays as it is.
 * What belongs to the adapter goes with it; the ways beside the tunnel stay until they are taken
 * back or Windows ends, the rule until it is taken back. Stateless.
 */
public final class WindowsNetworkPlan {

    /** Below every device that Windows rates itself: names are asked for here first. */
    static final int DEVICE_METRIC = 1;

    /** The machine's own rules of name resolution. */
    static final String RULES =
            "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Dnscache\\Parameters\\DnsPolicyConfig\\";

    /** Ours, always the same: one that was left over is replaced. */
    private static final UUID RULE = AdapterGuid.of("name resolution rule");

    /** The rule names servers. */
    private static final int RULE_NAMES_SERVERS = 8;

    private static final int RULE_VERSION = 1;

    /** The loopback device's index on every Windows. */
    private static final String LOOPBACK_DEVICE = "1";

    private final TunnelNetwork network;
    private final String netsh;
    private final String reg;
    private final String sc;

    private WindowsNetworkPlan(TunnelNetwork network, String systemFolder) {
        this.network = network;
        netsh = systemFolder + "\\netsh.exe";
        reg = systemFolder + "\\reg.exe";
        sc = systemFolder + "\\sc.exe";
    }

    /**
     * The ways beside the tunnel first: there is no moment without a way to the provider.
     *
     * @param systemFolder where Windows keeps its programs, {@code C:\Windows\System32} for most
     */
    public static NetworkPlan of(TunnelNetwork network, String systemFolder) {
        return new WindowsNetworkPlan(network, systemFolder).plan();
    }

    private NetworkPlan plan() {
        List<Change> changes = new ArrayList<>();
        for (Detour detour : network.detours()) {
            changes.add(detour(detour).change(netsh));
        }
        for (boolean ipv6 : new boolean[] {false, true}) {
            boolean carried = network.carries(ipv6);
            if (carried) {
                changes.add(metric(ipv6));
            }
            String device = carried ? network.device() : LOOPBACK_DEVICE;
            for (IpPrefix half : ipv6 ? IpPrefix.ALL_IPV6 : IpPrefix.ALL_IPV4) {
                changes.add(new WindowsRoute(half, device, onLink(ipv6), 0).change(netsh));
            }
        }
        if (!network.nameServers().isEmpty()) {
            for (boolean ipv6 : new boolean[] {false, true}) {
                nameServers(ipv6, changes);
            }
            changes.add(rule());
        }
        return new NetworkPlan(changes);
    }

    private static InetAddress onLink(boolean ipv6) {
        return InetAddress.ofLiteral(ipv6 ? "::" : "0.0.0.0");
    }

    private static WindowsRoute detour(Detour detour) {
        IpPrefix host = IpPrefix.host(detour.endpoint());
        InetAddress gateway = detour.gateway();
        return new WindowsRoute(
                host, detour.device(), gateway == null ? onLink(host.isIpv6()) : gateway, 0);
    }

    private Change metric(boolean ipv6) {
        return Change.of(
                "metric of " + network.device() + " for " + family(ipv6),
                setInterface(ipv6, "metric=" + DEVICE_METRIC),
                setInterface(ipv6, "metric=automatic"));
    }

    private Command setInterface(boolean ipv6, String metric) {
        return Command.of(
                netsh,
                "interface",
                family(ipv6),
                "set",
                "interface",
                "interface=" + network.device(),
                metric,
                "store=active");
    }

    private static String family(boolean ipv6) {
        return ipv6 ? "ipv6" : "ipv4";
    }

    private void nameServers(boolean ipv6, List<Change> changes) {
        List<String> servers =
                network.nameServers().stream()
                        .filter(server -> IpPrefix.host(server).isIpv6() == ipv6)
                        .map(InetAddress::getHostAddress)
                        .toList();
        if (servers.isEmpty()) {
            return;
        }
        List<Command> apply = new ArrayList<>();
        apply.add(
                nameServerCommand(
                        ipv6,
                        "set",
                        "source=static",
                        "address=" + servers.getFirst(),
                        "register=none",
                        "validate=no"));
        for (int i = 1; i < servers.size(); i++) {
            apply.add(
                    nameServerCommand(
                            ipv6,
                            "add",
                            "address=" + servers.get(i),
                            "index=" + (i + 1),
                            "validate=no"));
        }
        changes.add(
                new Change(
                        "names of " + network.device() + " by " + String.join(", ", servers),
                        apply,
                        List.of(nameServerCommand(ipv6, "set", "source=dhcp"))));
    }

    private Command nameServerCommand(boolean ipv6, String verb, String... rest) {
        List<String> words = new ArrayList<>();
        words.addAll(List.of(netsh, "interface", family(ipv6), verb, "dnsservers"));
        words.add("name=" + network.device());
        words.addAll(List.of(rest));
        return new Command(words, "");
    }

    private Change rule() {
        String servers =
                network.nameServers().stream()
                        .map(InetAddress::getHostAddress)
                        .collect(Collectors.joining(";"));
        Command takeNote = Command.of(sc, "control", "Dnscache", "paramchange");
        return new Change(
                "every name by " + servers,
                List.of(
                        setRule("Version", "REG_DWORD", Integer.toString(RULE_VERSION)),
                        setRule("Name", "REG_MULTI_SZ", "."),
                        setRule("GenericDNSServers", "REG_SZ", servers),
                        setRule("ConfigOptions", "REG_DWORD", Integer.toString(RULE_NAMES_SERVERS)),
                        takeNote),
                List.of(Command.of(reg, "delete", ruleKey(), "/f"), takeNote));
    }

    private Command setRule(String value, String type, String data) {
        return Command.of(reg, "add", ruleKey(), "/v", value, "/t", type, "/d", data, "/f");
    }

    private static String ruleKey() {
        return RULES + "{" + RULE + "}";
    }
}
