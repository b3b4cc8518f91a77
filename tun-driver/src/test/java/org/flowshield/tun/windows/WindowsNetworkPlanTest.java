package org.flowshield.tun.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.flowshield.tun.TunAddress;
import org.flowshield.tun.plan.Command;
import org.flowshield.tun.plan.Detour;
import org.flowshield.tun.plan.IpPrefix;
import org.flowshield.tun.plan.NetworkPlan;
import org.flowshield.tun.plan.TunnelNetwork;
import org.junit.jupiter.api.Test;

/** What would be run, word for word; it never was on Windows. */
class WindowsNetworkPlanTest {

    private static final String FOLDER = "C:\\Windows\\System32";
    private static final String NETSH = FOLDER + "\\netsh.exe interface ";
    private static final String KEY =
            "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Dnscache\\Parameters\\DnsPolicyConfig\\{5709363f-aebc-83a1-baf4-c59ac53b5d8a}";

    private static NetworkPlan plan(String... addresses) {
        return WindowsNetworkPlan.of(
                new TunnelNetwork(
                        "flowshield",
                        Stream.of(addresses).map(TunAddress::parse).toList(),
                        List.of(
                                new Detour(
                                        InetAddress.ofLiteral("203.0.113.9"),
                                        "12",
                                        InetAddress.ofLiteral("192.168.1.1")),
                                new Detour(
                                        InetAddress.ofLiteral("2001:db8::9"),
                                        "12",
                                        InetAddress.ofLiteral("fe80::1%1")),
                                new Detour(InetAddress.ofLiteral("192.168.1.77"), "12", null)),
                        List.of(
                                InetAddress.ofLiteral("100.64.0.1"),
                                InetAddress.ofLiteral("fd77::1"),
                                InetAddress.ofLiteral("100.64.0.3"))),
                FOLDER);
    }

    private static List<String> words(List<Command> commands) {
        return commands.stream().map(command -> String.join(" ", command.words())).toList();
    }

    @Test
    void leads_both_families_into_the_tunnel_and_the_providers_beside_it() {
        assertThat(words(plan("100.64.0.2/24", "fd77::2/64").apply()).subList(0, 9))
                .containsExactly(
                        NETSH
                                + "ipv4 add route prefix=203.0.113.9/32 interface=12"
                                + " nexthop=192.168.1.1 metric=0 store=active",
                        NETSH
                                + "ipv6 add route prefix=2001:db8:0:0:0:0:0:9/128 interface=12"
                                + " nexthop=fe80:0:0:0:0:0:0:1 metric=0 store=active",
                        NETSH
                                + "ipv4 add route prefix=192.168.1.77/32 interface=12"
                                + " nexthop=0.0.0.0 metric=0 store=active",
                        NETSH + "ipv4 set interface interface=flowshield metric=1 store=active",
                        NETSH
                                + "ipv4 add route prefix=0.0.0.0/1 interface=flowshield"
                                + " nexthop=0.0.0.0 metric=0 store=active",
                        NETSH
                                + "ipv4 add route prefix=128.0.0.0/1 interface=flowshield"
                                + " nexthop=0.0.0.0 metric=0 store=active",
                        NETSH + "ipv6 set interface interface=flowshield metric=1 store=active",
                        NETSH
                                + "ipv6 add route prefix=0:0:0:0:0:0:0:0/1 interface=flowshield"
                                + " nexthop=0:0:0:0:0:0:0:0 metric=0 store=active",
                        NETSH
                                + "ipv6 add route prefix=8000:0:0:0:0:0:0:0/1 interface=flowshield"
                                + " nexthop=0:0:0:0:0:0:0:0 metric=0 store=active");
    }

    @Test
    void a_family_that_is_not_carried_goes_nowhere() {
        assertThat(words(plan("100.64.0.2/24").apply()))
                .contains(
                        NETSH
                                + "ipv6 add route prefix=0:0:0:0:0:0:0:0/1 interface=1"
                                + " nexthop=0:0:0:0:0:0:0:0 metric=0 store=active")
                .noneMatch(words -> words.contains("ipv6 set interface"));
    }

    @Test
    void every_name_goes_to_the_tunnels_servers() {
        List<String> apply = words(plan("100.64.0.2/24", "fd77::2/64").apply());
        assertThat(apply.subList(9, apply.size()))
                .containsExactly(
                        NETSH
                                + "ipv4 set dnsservers name=flowshield source=static"
                                + " address=100.64.0.1 register=none validate=no",
                        NETSH
                                + "ipv4 add dnsservers name=flowshield address=100.64.0.3 index=2"
                                + " validate=no",
                        NETSH
                                + "ipv6 set dnsservers name=flowshield source=static"
                                + " address=fd77:0:0:0:0:0:0:1 register=none validate=no",
                        rule("Version /t REG_DWORD /d 1"),
                        rule("Name /t REG_MULTI_SZ /d ."),
                        rule(
                                "GenericDNSServers /t REG_SZ /d"
                                        + " 100.64.0.1;fd77:0:0:0:0:0:0:1;100.64.0.3"),
                        rule("ConfigOptions /t REG_DWORD /d 8"),
                        FOLDER + "\\sc.exe control Dnscache paramchange");
    }

    private static String rule(String value) {
        return FOLDER + "\\reg.exe add " + KEY + " /v " + value + " /f";
    }

    @Test
    void takes_everything_back_the_last_first() {
        List<String> undo = words(plan("100.64.0.2/24").undo());
        assertThat(undo)
                .startsWith(
                        FOLDER + "\\reg.exe delete " + KEY + " /f",
                        FOLDER + "\\sc.exe control Dnscache paramchange",
                        NETSH + "ipv6 set dnsservers name=flowshield source=dhcp",
                        NETSH + "ipv4 set dnsservers name=flowshield source=dhcp")
                .endsWith(
                        NETSH
                                + "ipv4 delete route prefix=0.0.0.0/1 interface=flowshield"
                                + " nexthop=0.0.0.0 store=active",
                        NETSH
                                + "ipv4 set interface interface=flowshield metric=automatic"
                                + " store=active",
                        NETSH
                                + "ipv4 delete route prefix=192.168.1.77/32 interface=12"
                                + " nexthop=0.0.0.0 store=active",
                        NETSH
                                + "ipv6 delete route prefix=2001:db8:0:0:0:0:0:9/128 interface=12"
                                + " nexthop=fe80:0:0:0:0:0:0:1 store=active",
                        NETSH
                                + "ipv4 delete route prefix=203.0.113.9/32 interface=12"
                                + " nexthop=192.168.1.1 store=active");
    }

    @Test
    void a_route_is_a_row_too() {
        ByteBuffer row = ByteBuffer.allocate(IpHelperRow.ROUTE_SIZE);
        ByteBuffer expected = ByteBuffer.allocate(IpHelperRow.ROUTE_SIZE);
        IpPrefix destination = IpPrefix.parse("203.0.113.9/32");
        InetAddress router = InetAddress.ofLiteral("192.168.1.1");
        new WindowsRoute(destination, "12", router, 3).put(row, 77);
        IpHelperRow.putRoute(expected, 77, destination, router, 3);
        assertThat(row.array()).isEqualTo(expected.array());
        assertThat(row.get(40)).isEqualTo((byte) 32);
    }

    @Test
    void a_route_stays_in_its_family_and_its_bounds() {
        IpPrefix destination = IpPrefix.parse("203.0.113.9/32");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new WindowsRoute(destination, "1", InetAddress.ofLiteral("::"), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new WindowsRoute(
                                        destination,
                                        "1",
                                        InetAddress.ofLiteral("0.0.0.0"),
                                        10_000));
    }
}
