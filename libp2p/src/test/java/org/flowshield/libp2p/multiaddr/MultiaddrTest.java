package org.flowshield.libp2p.multiaddr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.flowshield.libp2p.Vectors;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException.Reason;
import org.flowshield.libp2p.peer.PeerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class MultiaddrTest {

    private static final String ALICE = "12D3KooWQCkBm1BYtkHpocxCwMgR8yjitEeHGx8spzcDLGt2gkBm";
    private static final String RELAY = "12D3KooWSMDFN5DeFADosuV7UEwjHWQv1ioLEUqgzjGjxYQzxFX6";

    static Stream<JsonNode> vectors() {
        return Vectors.list("multiaddr");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void reads_and_writes_every_vector(JsonNode vector) throws Exception {
        Multiaddr address = address(vector.get("text").asString());
        assertThat(address).hasToString(vector.get("canonical").asString());
        assertThat(address.encode()).isEqualTo(Vectors.hex(vector.get("hex")));
        assertThat(Multiaddr.parse(Vectors.hex(vector.get("hex"))))
                .isEqualTo(address)
                .hasSameHashCodeAs(address);
    }

    @ParameterizedTest
    @CsvSource({
        "/ip4/127.0.0.1/tcp/4001/, /ip4/127.0.0.1/tcp/4001",
        "/ip6/2001:0DB8:0:0:0:0:0:1/tcp/1, /ip6/2001:db8::1/tcp/1",
        "/ip6/1:0:0:2:0:0:0:3, /ip6/1:0:0:2::3",
        "/ip6/::, /ip6/::",
        "/ip6/::ffff:1.2.3.4, /ip6/::ffff:1.2.3.4",
        "/ipfs/" + ALICE + ", /p2p/" + ALICE,
        "/p2p/bafzaajaiaejcbvn7ji74zzyxwa4ixtbhjhv4csfntfu3ep2f5ynwax6vq54fo2we, /p2p/" + ALICE,
        "/ip4/192.0.2.0/ipcidr/24, /ip4/192.0.2.0/ipcidr/24",
        "/dns/a/tcp/1/http/http-path/a%2fb%20c, /dns/a/tcp/1/http/http-path/a%2Fb%20c",
        "/dns/a/tcp/1/tls/sni/b.c/ws, /dns/a/tcp/1/tls/sni/b.c/ws",
        "/ip4/1.2.3.4/udp/0/webrtc-direct/certhash/f12020102, /ip4/1.2.3.4/udp/0/webrtc-direct/certhash/uEgIBAg"
    })
    void prints_the_canonical_text(String text, String canonical) throws Exception {
        assertThat(address(text)).hasToString(canonical);
        assertThat(Multiaddr.parse(address(text).encode())).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"\", EMPTY, '' is no address: it is empty",
                "/, EMPTY, '/' is no address: it is empty",
                "ip4/1.2.3.4, NO_LEADING_SLASH, must begin with a slash",
                "/ip4, MISSING_VALUE, /ip4 needs a value",
                "/ip4/1.2.3.4/tcp/, MISSING_VALUE, /tcp needs a value",
                "/ip4/1.2.3.4/tpc/1, UNKNOWN_PROTOCOL, 'tpc' is no protocol",
                "/ip4/1.2.3.4//tcp/1, UNKNOWN_PROTOCOL, empty part",
                "/ip4/1.2.3/tcp/1, BAD_VALUE, '1.2.3' is no IPv4 address",
                "/ip4/1.2.3.04/tcp/1, BAD_VALUE, '1.2.3.04' is no IPv4 address",
                "/ip4/1.2.3.256/tcp/1, BAD_VALUE, '1.2.3.256' is no IPv4 address",
                "/ip4/::1/tcp/1, BAD_VALUE, '::1' is no IPv4 address",
                "/ip6/1.2.3.4/tcp/1, BAD_VALUE, '1.2.3.4' is no IPv6 address",
                "/ip6/fe80::1%eth0/tcp/1, BAD_VALUE, is no IPv6 address",
                "/ip6/[::1]/tcp/1, BAD_VALUE, is no IPv6 address",
                "/ip6/1::2::3, BAD_VALUE, is no IPv6 address",
                "/ip4/1.2.3.4/tcp/65536, BAD_VALUE, '65536' is no number from 0 to 65535",
                "/ip4/1.2.3.4/tcp/-1, BAD_VALUE, '-1' is no number",
                "/ip4/1.2.3.4/tcp/+1, BAD_VALUE, '+1' is no number",
                "/ip4/1.2.3.4/tcp/01, BAD_VALUE, '01' is no number",
                "/ip4/1.2.3.4/tcp/99999999999999999999, BAD_VALUE, is no number",
                "/ip4/1.2.3.4/tcp/http, BAD_VALUE, 'http' is no number",
                "/ip4/1.2.3.4/ipcidr/256, BAD_VALUE, is no number from 0 to 255",
                "/dns//tcp/1, BAD_VALUE, the value of /dns is empty",
                "/p2p/somebody, BAD_VALUE, 'somebody' is no peer id",
                "/unix/%2, BAD_VALUE, has a %",
                "/unix/%zz, BAD_VALUE, has a %",
                "/unix/%ff, BAD_VALUE, is no UTF-8",
                "/certhash/u, BAD_VALUE, is no multihash"
            })
    void says_which_part_of_a_text_is_wrong(String text, Reason reason, String words) {
        assertThatThrownBy(() -> Multiaddr.parse(text))
                .isInstanceOfSatisfying(
                        MalformedMultiaddrException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(words)
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY",
        "047f0000, TRUNCATED",
        "06, TRUNCATED",
        "84, BAD_VARINT",
        "8400, BAD_VARINT",
        "ffffffffffffffff7f, UNKNOWN_PROTOCOL",
        "03, UNKNOWN_PROTOCOL",
        "35, BAD_VARINT",
        "3500, BAD_VALUE",
        "3502c328, BAD_VALUE",
        "3503612f62, BAD_VALUE",
        "350161ff, BAD_VARINT",
        "3505616263, TRUNCATED",
        "35ffffffffffffffff7f, TRUNCATED",
        "a503021201, BAD_VALUE",
        "d203021201, BAD_VALUE"
    })
    void refuses_bytes_that_are_no_address(String hex, Reason reason) {
        assertThatThrownBy(() -> Multiaddr.parse(HexFormat.of().parseHex(hex)))
                .isInstanceOfSatisfying(
                        MalformedMultiaddrException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void refuses_what_is_longer_than_any_address() {
        String step = "/tls";
        int most = Multiaddr.MAX_ENCODED / 2;
        assertThat(catchReason(step.repeat(most))).isNull();
        assertThat(catchReason(step.repeat(most + 1))).isEqualTo(Reason.TOO_LONG);
        assertThat(catchReason(step.repeat(Multiaddr.MAX_TEXT))).isEqualTo(Reason.TOO_LONG);
        assertThat(catchReason("/dns/" + "a".repeat(257))).isEqualTo(Reason.BAD_VALUE);
        assertThatThrownBy(() -> Multiaddr.parse(new byte[Multiaddr.MAX_ENCODED + 1]))
                .isInstanceOf(MalformedMultiaddrException.class);
    }

    private static @org.jspecify.annotations.Nullable Reason catchReason(String text) {
        try {
            Multiaddr.parse(text);
            return null;
        } catch (MalformedMultiaddrException e) {
            return e.reason();
        }
    }

    @Test
    void encapsulates_and_decapsulates_at_the_last_occurrence() throws Exception {
        Multiaddr tcp = address("/ip4/1.2.3.4/tcp/80");
        Multiaddr twice = address("/ip4/1.2.3.4/tcp/80/ws/tcp/80");
        assertThat(tcp.encapsulate(address("/ws"))).hasToString("/ip4/1.2.3.4/tcp/80/ws");
        assertThat(twice.decapsulate(address("/tcp/80")))
                .contains(address("/ip4/1.2.3.4/tcp/80/ws"));
        assertThat(tcp.decapsulate(address("/udp/80"))).contains(tcp);
        assertThat(tcp.decapsulate(address("/ip4/1.2.3.4"))).isEmpty();
    }

    @Test
    void knows_which_peer_must_answer() throws Exception {
        PeerId alice = PeerId.parse(ALICE);
        assertThat(address("/ip4/1.2.3.4/tcp/1").peerId()).isEmpty();
        assertThat(address("/ip4/1.2.3.4/tcp/1/p2p/" + ALICE).peerId()).contains(alice);
        assertThat(address("/p2p/" + RELAY + "/p2p-circuit/p2p/" + ALICE).peerId()).contains(alice);
        assertThat(address("/p2p/" + RELAY + "/p2p-circuit").peerId()).isEmpty();
    }

    @Test
    void puts_a_peer_at_the_end_and_takes_it_away() throws Exception {
        PeerId alice = PeerId.parse(ALICE);
        Multiaddr bare = address("/ip4/1.2.3.4/tcp/1");
        Multiaddr full = address("/ip4/1.2.3.4/tcp/1/p2p/" + ALICE);
        assertThat(bare.withPeer(alice)).isEqualTo(full);
        assertThat(full.withPeer(alice)).isEqualTo(full);
        assertThat(address("/ip4/1.2.3.4/tcp/1/p2p/" + RELAY).withPeer(alice)).isEqualTo(full);
        assertThat(full.withoutPeer()).isEqualTo(bare);
        assertThat(bare.withoutPeer()).isEqualTo(bare);
        assertThat(address("/p2p/" + ALICE).withoutPeer()).isEqualTo(address("/p2p/" + ALICE));
    }

    @Test
    void gives_the_socket_address() throws Exception {
        assertThat(address("/ip4/192.0.2.1/tcp/80/p2p/" + ALICE).socketAddress())
                .contains(new InetSocketAddress("192.0.2.1", 80));
        assertThat(address("/ip6/2001:db8::1/udp/443/quic-v1").socketAddress())
                .contains(new InetSocketAddress("2001:db8::1", 443));
        assertThat(address("/ip6zone/none9/ip6/fe80::1/tcp/1").socketAddress())
                .contains(new InetSocketAddress("fe80::1", 1));
        assertThat(address("/dns/a.b/tcp/1").socketAddress()).isEmpty();
        assertThat(address("/ip4/192.0.2.1").socketAddress()).isEmpty();
        assertThat(address("/ip4/192.0.2.1/tls").socketAddress()).isEmpty();
        assertThat(address("/memory/1").socketAddress()).isEmpty();
    }

    @Test
    void gives_name_and_port_of_a_dns_address() throws Exception {
        assertThat(address("/dns6/a.b/tcp/7").dnsName()).contains("a.b");
        assertThat(address("/dns6/a.b/tcp/7").port()).hasValue(7);
        assertThat(address("/dnsaddr/a.b").dnsName()).isEmpty();
        assertThat(address("/ip4/1.2.3.4/tcp/7").dnsName()).isEmpty();
        assertThat(address("/tls/tcp/7").port()).isEmpty();
    }

    @Test
    void is_made_of_a_socket_address() throws Exception {
        assertThat(Multiaddr.of(new InetSocketAddress("192.0.2.1", 80)))
                .hasToString("/ip4/192.0.2.1/tcp/80");
        assertThat(Multiaddr.of(new InetSocketAddress("2001:db8::1", 0)))
                .hasToString("/ip6/2001:db8::1/tcp/0");
        InetAddress named = InetAddress.getByAddress("a.b", new byte[] {1, 2, 3, 4});
        assertThat(Multiaddr.of(new InetSocketAddress(named, 9))).hasToString("/ip4/1.2.3.4/tcp/9");
        assertThatThrownBy(() -> Multiaddr.of(InetSocketAddress.createUnresolved("a.b", 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ip4/1.2.3.4/tcp/1",
                "/ip6zone/e/ip6/fe80::1/tcp/1",
                "/dns4/a/tcp/1/p2p/" + ALICE
            })
    void knows_plain_tcp(String text) throws Exception {
        assertThat(address(text).isTcp()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ip4/1.2.3.4/tcp/1/ws",
                "/ip4/1.2.3.4/udp/1/quic-v1",
                "/dnsaddr/a/tcp/1",
                "/tcp/1",
                "/ip4/1.2.3.4/tls/tcp/1",
                "/ip4/1.2.3.4/tcp/1/p2p/" + RELAY + "/p2p-circuit/p2p/" + ALICE
            })
    void knows_what_is_not_plain_tcp(String text) throws Exception {
        assertThat(address(text).isTcp()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/ip4/127.9.9.9/tcp/1, loopback",
        "/ip6/::1/tcp/1, loopback",
        "/ip4/0.0.0.0/tcp/1, unspecified",
        "/ip6/::/tcp/1, unspecified",
        "/ip4/10.0.0.1, private",
        "/ip4/172.31.0.1, private",
        "/ip4/192.168.0.1, private",
        "/ip4/100.64.0.1, private",
        "/ip4/169.254.0.1, private",
        "/ip6/fd00::1, private",
        "/ip6/fe80::1, private",
        "/ip4/100.128.0.1, public",
        "/ip4/172.32.0.1, public",
        "/ip4/8.8.8.8, public",
        "/ip6/2600::1, public",
        "/dns/localhost, public"
    })
    void knows_where_an_address_reaches(String text, String kind) throws Exception {
        Multiaddr address = address(text);
        assertThat(List.of(address.isLoopback(), address.isUnspecified(), address.isPrivate()))
                .containsExactly(
                        kind.equals("loopback"),
                        kind.equals("unspecified"),
                        kind.equals("private"));
    }

    private static Multiaddr address(String text) throws MalformedMultiaddrException {
        return Multiaddr.parse(text);
    }
}
