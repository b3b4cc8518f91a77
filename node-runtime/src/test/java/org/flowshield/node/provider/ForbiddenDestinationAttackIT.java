package org.flowshield.node.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowshield.node.demo.Prerequisites;
import org.flowshield.node.lab.Completed;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.Namespace;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The attack: a client sends through its provider where it should not get: into the provider's own
 * network, to the provider itself, to other clients, to special-purpose ranges, to mail servers,
 * and from addresses that are not its own.
 *
 * <ol>
 *   <li>A provider runs in a lab, with its real device, exit and lanes; two clients have sessions.
 *   <li>One sends 10,000 packets to each kind of destination, through its lane.
 *   <li>Detectors stand behind the provider's filter, on its link, and at the other client. Each is
 *       first shown to see packets that are allowed.
 *   <li>Not one packet may be seen that was not allowed, and the provider's status must have
 *       counted each by its reason.
 * </ol>
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ForbiddenDestinationAttackIT {

    private static final Duration DONE_WITHIN = Duration.ofMinutes(2);
    private static final Pattern COUNTER =
            Pattern.compile("counter (\\w+) \\{\\s+packets (\\d+) bytes");
    private static final Pattern SAID = Pattern.compile("(\\S+) sent 10000 refused \\{(.*)}");

    /** Attack, and the reason by which it must be counted. */
    private static final Map<String, String> ATTACKS = new LinkedHashMap<>();

    static {
        ATTACKS.put("allowed4=udp:192.0.2.2", "");
        ATTACKS.put("allowed6=udp:2001:db8:3::2", "");
        for (String range :
                List.of(
                        "0.0.0.0/8",
                        "10.0.0.0/8",
                        "100.64.0.0/10",
                        "127.0.0.0/8",
                        "169.254.0.0/16",
                        "172.16.0.0/12",
                        "192.168.0.0/16",
                        "224.0.0.0/4",
                        "240.0.0.0/4",
                        "fc00::/7",
                        "fe80::/10",
                        "ff0e::/16",
                        "64:ff9b::/96",
                        "2002::/16")) {
            ATTACKS.put(range.replaceAll("[:./]", "_") + "=udp:" + range, "special_purpose");
        }
        ATTACKS.put("mapped=mapped:", "special_purpose");
        ATTACKS.put("lan4=udp:203.0.113.0/24", "local_network");
        ATTACKS.put("lan6=udp:2001:db8:2::/64", "local_network");
        ATTACKS.put("own4=udp:203.0.113.2", "local_network");
        ATTACKS.put("own6=udp:2001:db8:2::2", "local_network");
        ATTACKS.put("own_elsewhere=udp:192.0.2.99", "local_network");
        ATTACKS.put("gateway4=gateway:4", "own_service");
        ATTACKS.put("gateway6=gateway:6", "own_service");
        ATTACKS.put("others4=others:4", "other_session");
        ATTACKS.put("others6=others:6", "other_session");
        ATTACKS.put("mail4=mail:192.0.2.2", "port");
        ATTACKS.put("mail6=mail:2001:db8:3::2", "port");
        ATTACKS.put("forged4=forged:192.0.2.0/24", "forged_source");
        ATTACKS.put("forged6=forged:2001:db8:3::/64", "forged_source");
        ATTACKS.put("forged_pool=forged:100.64.0.0/10", "forged_source");
    }

    @Test
    void not_one_packet_gets_where_it_should_not_and_each_is_counted() throws Exception {
        Assumptions.assumeTrue(Prerequisites.isRoot(), "makes network namespaces: needs root");
        try (Lab lab = Lab.create(_ -> {})) {
            // An address that is the provider's own and in none of its networks.
            lab.ip(Namespace.PROVIDER, List.of("addr add 192.0.2.99/32 dev lo"));
            lab.nft(Namespace.ROUTER, ON_THE_LINK);
            lab.nft(Namespace.PROVIDER, BEHIND_THE_FILTER);

            List<String> said = attack(lab);

            assertThat(counted(said)).isEqualTo(expected());
            // A refusal and two answers for names before the attacks began, and nothing since.
            assertThat(said).contains("victim received 3");
            Map<String, Long> onTheLink = counters(lab, Namespace.ROUTER);
            assertThat(onTheLink)
                    .containsEntry("allowed", 2L * AttackedProvider.PACKETS)
                    .containsEntry("forbidden", 0L);
            Map<String, Long> behind = counters(lab, Namespace.PROVIDER);
            assertThat(behind)
                    .containsEntry("allowed", 2L * AttackedProvider.PACKETS)
                    .containsEntry("into_provider", 2L) // the victim's questions for names
                    .containsEntry("into_sessions", 0L)
                    .containsEntry("elsewhere", 0L);
        }
    }

    /** Counts what the provider sends, whatever source it has. */
    private static final String ON_THE_LINK =
            """
            table inet detector {
                counter allowed { }
                counter forbidden { }
                chain arrive {
                    type filter hook prerouting priority -400; policy accept;
                    iifname "provider" meta l4proto { tcp, udp } jump judge
                }
                chain judge {
                    ip daddr 192.0.2.2 udp dport 7777 counter name allowed drop
                    ip6 daddr 2001:db8:3::2 udp dport 7777 counter name allowed drop
                    counter name forbidden drop
                }
            }
            """;

    /** Counts what has passed the exit's own chains. */
    private static final String BEHIND_THE_FILTER =
            """
            table inet detector {
                counter allowed { }
                counter elsewhere { }
                counter into_provider { }
                counter into_sessions { }
                chain input {
                    type filter hook input priority 100; policy accept;
                    iifname "flowshield-exit" meta l4proto { tcp, udp } counter name into_provider
                }
                chain forward {
                    type filter hook forward priority 100; policy accept;
                    iifname "flowshield-exit" meta l4proto { tcp, udp } jump judge
                }
                chain judge {
                    oifname "flowshield-exit" counter name into_sessions accept
                    ip daddr 192.0.2.2 udp dport 7777 counter name allowed accept
                    ip6 daddr 2001:db8:3::2 udp dport 7777 counter name allowed accept
                    counter name elsewhere
                }
            }
            """;

    private static List<String> attack(Lab lab) throws Exception {
        List<String> arguments = new ArrayList<>(ATTACKS.keySet());
        Completed completed =
                lab.startJava(
                                Namespace.PROVIDER,
                                AttackedProvider.class,
                                arguments.toArray(String[]::new))
                        .awaitSuccess(DONE_WITHIN);
        List<String> said = completed.output().lines().toList();
        assertThat(said).as(completed.errors()).contains("done");
        return said;
    }

    private static Map<String, String> expected() {
        Map<String, String> expected = new LinkedHashMap<>();
        ATTACKS.forEach(
                (attack, reason) ->
                        expected.put(
                                attack.substring(0, attack.indexOf('=')),
                                reason.isEmpty() ? "" : reason + "=10000"));
        return expected;
    }

    private static Map<String, String> counted(List<String> said) {
        Map<String, String> counted = new LinkedHashMap<>();
        for (String line : said) {
            Matcher matcher = SAID.matcher(line);
            if (matcher.matches()) {
                counted.put(matcher.group(1), matcher.group(2));
            }
        }
        return counted;
    }

    private static Map<String, Long> counters(Lab lab, Namespace where) throws Exception {
        Matcher matcher =
                COUNTER.matcher(
                        lab.run(where, "nft", "list", "counters", "table", "inet", "detector")
                                .output());
        Map<String, Long> counters = new LinkedHashMap<>();
        while (matcher.find()) {
            counters.put(matcher.group(1), Long.valueOf(matcher.group(2)));
        }
        return counters;
    }
}
