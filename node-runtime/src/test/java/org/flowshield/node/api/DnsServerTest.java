package org.flowshield.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.flowshield.node.api.MalformedDnsServerException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which servers a person can choose, and what is said of others. */
final class DnsServerTest {

    @ParameterizedTest
    @ValueSource(strings = {"9.9.9.9", "10.0.0.53", "192.168.1.1", "100.64.0.1", "1.1.1.1"})
    void an_address_of_ipv4_is_read_and_written_alike(String text) throws Exception {
        assertThat(DnsServer.parse(text)).hasToString(text);
        assertThat(DnsServer.parse(text).isIpv4()).isTrue();
    }

    @Test
    void an_address_of_ipv6_is_the_same_however_it_is_written() throws Exception {
        assertThat(DnsServer.parse("2620:FE::FE")).isEqualTo(DnsServer.parse("2620:fe:0:0::fe"));
        assertThat(DnsServer.parse("fd00::53").isIpv4()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2620:fe::fe",
                "fd00::53",
                "2001:db8::1:0:0:1",
                "2001:db8:0:1:1:1:1:1",
                "2001:db8:1:1:1:1::",
                "2606:4700:4700::1111"
            })
    void an_address_of_ipv6_is_written_as_people_write_it(String text) throws Exception {
        assertThat(DnsServer.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dns.example",
                "9.9.9",
                "9.9.9.256",
                "9.9.9.9:53",
                "[2620:fe::fe]:53",
                "2620:fe::fe%eth0",
                "2620:fe::fe::1",
                "0x9090909",
                "https://dns.example/dns-query",
                "9.9.9.9/32",
                "١.١.١.١",
            })
    void what_is_no_address_is_refused_and_never_looked_up(String text) {
        refused(text, Reason.NOT_AN_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.53",
                "0.0.0.0",
                "0.1.2.3",
                "169.254.1.1",
                "224.0.0.251",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "ff02::fb",
                "::ffff:127.0.0.1",
            })
    void an_address_of_this_machine_or_its_link_can_not_be_asked_through_a_tunnel(String text)
            throws Exception {
        refused(text, Reason.NOT_ELSEWHERE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DnsServer(InetAddress.ofLiteral(text)));
    }

    @Test
    void several_are_parted_by_commas_or_spaces_and_keep_their_order() throws Exception {
        List<DnsServer> read = DnsServer.parseAll(" 9.9.9.9, 2620:fe::fe\t1.1.1.1,");
        assertThat(read).isEqualTo(servers("9.9.9.9", "2620:fe::fe", "1.1.1.1"));
        assertThat(DnsServer.parseAll(" ")).isEmpty();
    }

    @Test
    void more_than_three_or_one_twice_are_refused() {
        refusedAll("9.9.9.9 1.1.1.1 8.8.8.8 4.4.4.4", Reason.TOO_MANY);
        refusedAll("9.9.9.9 9.9.9.9", Reason.TWICE);
        refusedAll("9.9.9.9, quad9", Reason.NOT_AN_ADDRESS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientSettings(servers("9.9.9.9", "9.9.9.9"), false));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new ClientSettingsChange(
                                        servers("9.9.9.9", "1.1.1.1", "8.8.8.8", "4.4.4.4"), null));
    }

    @Test
    void what_is_said_of_a_long_one_is_short() {
        assertThatExceptionOfType(MalformedDnsServerException.class)
                .isThrownBy(() -> DnsServer.parse("1".repeat(100_000)))
                .satisfies(said -> assertThat(said.getMessage()).hasSizeLessThan(100));
    }

    @Test
    void a_change_leaves_what_it_does_not_name() throws Exception {
        ClientSettings before = new ClientSettings(servers("9.9.9.9"), true);
        assertThat(new ClientSettingsChange(null, null).over(before)).isEqualTo(before);
        assertThat(new ClientSettingsChange(List.of(), null).over(before))
                .isEqualTo(new ClientSettings(List.of(), true));
        assertThat(new ClientSettingsChange(null, false).over(before))
                .isEqualTo(new ClientSettings(servers("9.9.9.9"), false));
    }

    private static void refused(String text, Reason reason) {
        assertThatExceptionOfType(MalformedDnsServerException.class)
                .isThrownBy(() -> DnsServer.parse(text))
                .withMessageContaining("'" + text + "'")
                .satisfies(said -> assertThat(said.reason()).isEqualTo(reason));
    }

    private static void refusedAll(String text, Reason reason) {
        assertThatExceptionOfType(MalformedDnsServerException.class)
                .isThrownBy(() -> DnsServer.parseAll(text))
                .satisfies(said -> assertThat(said.reason()).isEqualTo(reason));
    }

    private static List<DnsServer> servers(String... addresses) {
        return Arrays.stream(addresses)
                .map(address -> new DnsServer(InetAddress.ofLiteral(address)))
                .toList();
    }
}
