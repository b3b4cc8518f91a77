package org.flowshield.node.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.flowshield.node.demo.DemoReport.Check;
import org.flowshield.node.demo.DemoReport.Rtt;
import org.flowshield.node.demo.DemoReport.Throughput;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DemoReportTest {

    private static final Check HELD = new Check("connected", true, "yes");
    private static final Check BROKEN = new Check("a page came", false, "timeout");

    @Test
    void is_ok_only_if_every_check_held() {
        assertThat(report(List.of(HELD, HELD)).ok()).isTrue();
        assertThat(report(List.of(HELD, BROKEN)).ok()).isFalse();
        assertThatThrownBy(
                        () ->
                                new DemoReport(
                                        true,
                                        List.of(BROKEN),
                                        new Throughput(1, 2),
                                        new Rtt(1, 2),
                                        Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void as_json_has_the_names_that_programs_know() {
        JsonNode json = JsonMapper.shared().valueToTree(report(List.of(HELD)));
        assertThat(json.propertyNames())
                .containsExactly("ok", "checks", "throughput_mbit", "rtt_ms", "session");
        assertThat(json.get("checks").get(0).propertyNames())
                .containsExactly("name", "ok", "detail");
        assertThat(json.get("throughput_mbit").propertyNames()).containsExactly("up", "down");
        assertThat(json.get("rtt_ms").propertyNames()).containsExactly("p50", "p99");
    }

    @Test
    void the_table_names_what_failed() {
        assertThat(report(List.of(HELD, BROKEN)).table())
                .anyMatch(line -> line.contains("FAIL") && line.contains("a page came"))
                .endsWith("A check failed.");
    }

    @Test
    void quantiles_are_measured_times() {
        List<Double> times = IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList();
        assertThat(Rtt.of(times.reversed())).isEqualTo(new Rtt(50, 99));
        assertThat(Rtt.of(List.of(7.0))).isEqualTo(new Rtt(7, 7));
    }

    private static DemoReport report(List<Check> checks) {
        return DemoReport.of(checks, new Throughput(1, 2), new Rtt(0.5, 1), Map.of("lanes", 1));
    }
}
