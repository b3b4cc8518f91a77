package org.flowshield.bench.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DelayRelayIT {

    private static final Pattern RECEIVED = Pattern.compile("(\\d+) received");
    private static final Pattern SHORTEST = Pattern.compile("rtt min/avg/max/mdev = ([0-9.]+)/");

    @BeforeAll
    static void needs_root_and_a_tun() {
        assumeTrue(
                "root".equals(System.getProperty("user.name")), "needs root: network namespaces");
        assumeTrue(Files.exists(Path.of("/dev/net/tun")), "needs /dev/net/tun");
    }

    @Test
    void no_packet_is_faster_than_the_delay_and_without_loss_none_is_lost() throws Exception {
        try (Lab lab = Lab.create(_ -> {})) {
            NetworkPath.insertRelay(lab);
            NetworkPath.LOSS_0.apply(lab);
            String report = ping(lab, 50);
            assertThat(number(SHORTEST, report))
                    .isGreaterThanOrEqualTo(2.0 * NetworkPath.ONE_WAY.toMillis());
            assertThat(number(RECEIVED, report)).isEqualTo(50);
        }
    }

    @Test
    void loss_is_about_as_much_as_asked_for() throws Exception {
        try (Lab lab = Lab.create(_ -> {})) {
            NetworkPath.insertRelay(lab);
            NetworkPath.LOSS_1.apply(lab);
            // 2 % of 2000 there and back: less than 5 or more than 120 lost is one in millions.
            assertThat(2000 - number(RECEIVED, ping(lab, 2000))).isBetween(5.0, 120.0);
        }
    }

    private static String ping(Lab lab, int count) throws Exception {
        return lab.start(
                        Namespace.CLIENT,
                        "ping",
                        "-q",
                        "-i",
                        "0.002",
                        "-c",
                        Integer.toString(count),
                        Link.PROVIDER.ipv4().getHostAddress())
                .await(Duration.ofSeconds(60))
                .output();
    }

    private static double number(Pattern pattern, String report) {
        Matcher matcher = pattern.matcher(report);
        assertThat(matcher.find()).as(report).isTrue();
        return Double.parseDouble(matcher.group(1));
    }
}
