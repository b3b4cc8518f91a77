package org.flowshield.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FreeTextTest {

    private static final String BASE58 =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "198.51.100.7",
                "/198.51.100.7:4001",
                "exit/198.51.100.7:4001",
                "::ffff:198.51.100.7",
                "[2001:db8::7]:4001",
                "2001:db8:0:0:0:0:0:7",
                "fe80::1%eth0",
                "fe80::f:1%wlp2s0/64",
                "::",
                "64:ff9b::c633:6407",
                "de:ad:be:ef:00:01",
                "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN",
                "peer=12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN",
                "12D3KooW…4kx6nXTN",
                "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N",
                "bafzaajaiaejcbwvtd7ccwvzvvn7mn6mlvxrvq4vvq4",
                "0x90F79bf6EB2c4f870365E785982E1f101E93b906",
                "0X90F79BF6",
                "0x9",
                "90F79bf6EB2c4f870365",
                "/ip4/198.51.100.7/tcp/4001/p2p/12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN",
                "/dns4/exit.example.org/tcp/4001",
                "/unknown-protocol/ann.example.org/tcp/1",
                "https://rpc.example.org/v3/9aa3d95b3bc440fa",
                "HTTPS://RPC.EXAMPLE.ORG/KEY",
                "wss://ann:hunter2@rpc.example.org:8546/?key=1",
                "rpc.example.org",
                "RPC.Example.ORG:8545",
                "anns-laptop.fritz.box",
                "ann@example.org",
                "/home/ann/.config/flowshield/app.json",
                "/home/ann",
                "/root/wallet.json",
                "~/wallet.json",
                "C:\\Users\\Ann\\wallet.json",
                "file:///home/ann/x",
                "c2VjcmV0LXRva2VuLTEyMzQ1Njc4OTA=",
                "aGVsbG8/d29ybGQ+Zm9v",
                "12.5 FLOW",
                "20000000000 wei",
                "1234567",
                "AB:CD:EF:01:23:45:67:89",
                "org.flowshield.example.org",
                "java.example.org"
            })
    void what_names_somebody_is_left_out_wherever_it_stands(String secret) {
        for (String said :
                List.of(
                        "it says %s, and ends",
                        "it says (%s), and ends",
                        "it says \"%s\": and ends",
                        "it says peer=%s and ends",
                        "it says <%s>; and ends",
                        "it says [%s] and ends")) {
            String left = FreeText.of(said.formatted(secret));
            assertThat(left).startsWith("it says ").endsWith("and ends");
            assertThat(left.toLowerCase(Locale.ROOT))
                    .doesNotContain(secret.toLowerCase(Locale.ROOT))
                    .doesNotContain("ann", "example", "hunter2", "198", "d3koo", "90f79", "db8");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the provider does not answer",
                "role provider is failed: the port 4001 is taken",
                "a session ended (timeout): 3 of 4 lanes were there",
                "java.io.IOException: Connection reset by peer",
                "Caused by: java.lang.IllegalStateException: it broke!",
                "\tat org.flowshield.node.client.ClientActor.run(ClientActor.java:229)",
                "\tat java.base/java.lang.VirtualThread.run(VirtualThread.java:456)",
                "\tat org.flowshield.node.daemon.Node$Inner.lambda$new$0(Node.java:12)",
                "\t... 12 more",
                "code=chain_unreachable after 250ms",
                "NoRouteToHostException: Keine Route zum Zielrechner",
                "没有到主机的路由",
                "IPv4 only; the kernel's table isn't there",
                "names are asked -> nobody answers"
            })
    void what_helps_is_left(String said) {
        assertThat(FreeText.of(said)).isEqualTo(said);
    }

    @Test
    void what_stands_instead_says_of_what_kind_it_was() {
        assertThat(FreeText.of("not connected to /ip4/198.51.100.7/tcp/4001: no answer"))
                .isEqualTo("not connected to [network address] no answer");
        assertThat(FreeText.of("the file /var/lib/x1.db of ann.org is gone"))
                .isEqualTo("the file […] of […] is gone");
        assertThat(FreeText.of("seen: a.b c.d e.f")).isEqualTo("seen: […]");
    }

    /** Makes something that names somebody. */
    interface Secret extends Function<Random, String> {}

    static List<Secret> secrets() {
        return List.of(
                random -> ipv4(random),
                random -> ipv4(random) + ":" + random.nextInt(65536),
                FreeTextTest::ipv6,
                random -> compressed(ipv6(random)),
                random -> "[" + compressed(ipv6(random)) + "]:" + random.nextInt(65536),
                random -> ipv6(random) + "%eth" + random.nextInt(10),
                random -> "::ffff:" + ipv4(random),
                random -> "12D3KooW" + base58(random, 44),
                random -> "16Uiu2HA" + base58(random, 45),
                random -> "Qm" + base58(random, 44),
                random -> "0x" + hex(random, 20),
                random -> "0x" + hex(random, 32).toUpperCase(Locale.ROOT),
                random -> "/ip6/" + ipv6(random) + "/tcp/" + random.nextInt(65536) + "/ws",
                random -> "/dns/" + host(random) + "/udp/443/quic-v1",
                random -> "https://" + host(random) + "/" + base58(random, 20),
                random -> host(random) + ":" + random.nextInt(65536),
                random -> "/home/" + base58(random, 8) + "/" + base58(random, 12) + ".txt",
                random -> "key=" + base58(random, 30));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void nothing_of_what_is_made_at_random_comes_through(Secret secret) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] before = {"", "(", "\"", "<", "[", "at=", "'", "{", "to:"};
        String[] behind = {"", ")", "\"", ">", "]", ",", ".", ":", ";", "'", "}", "...", "?!"};
        for (int i = 0; i < 3000; i++) {
            String made = secret.apply(random);
            String said =
                    "lost "
                            + before[random.nextInt(before.length)]
                            + made
                            + behind[random.nextInt(behind.length)]
                            + " again";
            String left = FreeText.of(said);
            assertThat(left).as("seed %d: %s", seed, said).startsWith("lost ").endsWith("again");
            for (int at = 0; at + 6 <= made.length(); at++) {
                String part = made.substring(at, at + 6);
                if (part.chars().anyMatch(Character::isDigit)) {
                    assertThat(left).as("seed %d: %s", seed, said).doesNotContain(part);
                }
            }
        }
    }

    @Test
    void whatever_it_is_given_it_ends_soon() {
        Random random = new Random(7);
        String signs = "at org.flowshield.a$A(:.%/[]… 1aZé=\t";
        for (int i = 0; i < 300; i++) {
            StringBuilder line = new StringBuilder();
            for (int j = 0; j < 8192; j++) {
                line.append(signs.charAt(random.nextInt(signs.length())));
            }
            assertThat(FreeText.of(line.toString())).isNotNull();
        }
        assertThat(FreeText.of("\tat org.flowshield" + ".a".repeat(4000))).isEqualTo("at […]");
    }

    private static String ipv4(Random random) {
        return "%d.%d.%d.%d"
                .formatted(
                        random.nextInt(256),
                        random.nextInt(256),
                        random.nextInt(256),
                        random.nextInt(256));
    }

    private static String ipv6(Random random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        bytes[random.nextInt(16)] = 0;
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** With its middle groups left out. */
    private static String compressed(String address) {
        String[] groups = address.split(":", -1);
        return groups[0] + ":" + groups[1] + "::" + groups[7];
    }

    private static String base58(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(BASE58.charAt(random.nextInt(BASE58.length())));
        }
        return text.toString();
    }

    private static String hex(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String host(Random random) {
        return base58(random, 1 + random.nextInt(9)).toLowerCase(Locale.ROOT)
                + "."
                + base58(random, 1 + random.nextInt(9)).toLowerCase(Locale.ROOT)
                + ".org";
    }
}
