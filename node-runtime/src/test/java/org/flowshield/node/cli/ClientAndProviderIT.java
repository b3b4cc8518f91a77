package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flowshield.node.demo.Prerequisites;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Namespace;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One machine is a provider's client and a provider itself, with real processes: the lab's router
 * is the provider that it uses, the lab's client the client that it serves. The web server tells
 * whom it sees. Reverse paths are filtered strictly, which is the hardest case.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ClientAndProviderIT {

    private static final Duration STARTED_WITHIN = Duration.ofSeconds(60);
    private static final String SHARED = "203.0.113.2";
    private static final String ROUTER = "192.0.2.1";

    @BeforeEach
    void needs_root() {
        Assumptions.assumeTrue(Prerequisites.isRoot(), "makes network namespaces: needs root");
    }

    @Test
    void each_ones_traffic_leaves_where_it_should() throws Exception {
        try (Lab lab = Lab.create(_ -> {})) {
            var _ = lab.startWebServer();
            for (String device : List.of("all", Namespace.INTERFACE)) {
                lab.set(Namespace.PROVIDER, "net/ipv4/conf/" + device + "/rp_filter", "1");
            }
            List<String> before = snapshot(lab);
            LabProcess far = provider(lab, Namespace.ROUTER, "/ip4/203.0.113.1/tcp/4001");
            LabProcess own = client(lab, Namespace.PROVIDER, addressOf(far));
            JsonNode _ = event(own, "connected");
            LabProcess shared = provider(lab, Namespace.PROVIDER, "/ip4/" + SHARED + "/tcp/4002");
            LabProcess guest = client(lab, Namespace.CLIENT, addressOf(shared));
            JsonNode _ = event(guest, "connected");

            assertThat(seenFrom(lab, Namespace.PROVIDER)).isEqualTo(ROUTER);
            assertThat(seenFrom(lab, Namespace.CLIENT)).isEqualTo(SHARED);

            own.stop();
            assertThat(seenFrom(lab, Namespace.PROVIDER)).isEqualTo(SHARED);
            assertThat(seenFrom(lab, Namespace.CLIENT)).isEqualTo(SHARED);

            guest.stop();
            shared.stop();
            assertThat(snapshot(lab)).isEqualTo(before);
        }
    }

    private static LabProcess provider(Lab lab, Namespace where, String listen) throws Exception {
        return lab.startJava(
                where,
                FlowShield.class,
                "node",
                "provider",
                "--json",
                "--free",
                "--listen",
                listen,
                "--exit-allow",
                "192.0.2.0/24");
    }

    private static LabProcess client(Lab lab, Namespace where, String provider) throws Exception {
        return lab.startJava(where, FlowShield.class, "node", "client", "--json", provider);
    }

    private static String addressOf(LabProcess provider) throws Exception {
        return event(provider, "listening").get("multiaddrs").get(0).asString();
    }

    private static JsonNode event(LabProcess node, String event) throws Exception {
        String mark = "{\"event\":\"" + event + "\"";
        return JsonMapper.shared()
                .readTree(node.awaitLine(event, said -> said.startsWith(mark), STARTED_WITHIN));
    }

    /** The address that the web server sees. */
    private static String seenFrom(Lab lab, Namespace where) throws Exception {
        String script =
                """
                exec 3<>/dev/tcp/192.0.2.2/80
                printf 'GET /address HTTP/1.0\\r\\n\\r\\n' >&3
                timeout 20 cat <&3
                """;
        List<String> answer =
                new ArrayList<>(lab.run(where, "bash", "-c", script).output().lines().toList());
        return answer.getLast().strip();
    }

    private static List<String> snapshot(Lab lab) throws Exception {
        return lab.run(
                        Namespace.PROVIDER,
                        "sh",
                        "-c",
                        """
                        nft list ruleset
                        ip -4 rule; ip -6 rule
                        ip -4 route show table all; ip -6 route show table all
                        grep -rs . /proc/sys/net/ipv4 /proc/sys/net/ipv6 | sort
                        """)
                .output()
                .lines()
                .toList();
    }
}
