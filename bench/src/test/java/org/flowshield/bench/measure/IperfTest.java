package org.flowshield.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IperfTest {

    @Test
    void the_rate_is_what_arrived_and_the_volume_includes_what_was_omitted() throws Exception {
        String report =
                """
                {"intervals": [
                  {"sum": {"bytes": 1000000000, "omitted": true}},
                  {"sum": {"bytes": 2000000000, "omitted": false}}],
                 "end": {"sum_sent": {"bits_per_second": 9e9}, "sum_received": {"bits_per_second": 8e9}}}
                """;
        assertThat(Iperf.parse(report)).isEqualTo(new Iperf.Transfer(8000, 3));
    }

    @Test
    void an_error_is_passed_on() {
        assertThatThrownBy(
                        () ->
                                Iperf.parse(
                                        "{\"intervals\": [], \"end\": {}, \"error\": \"server is busy\"}"))
                .isInstanceOf(MalformedReportException.class)
                .hasMessageContaining("server is busy");
    }

    @Test
    void a_cut_off_report_is_no_figure() {
        assertThatThrownBy(() -> Iperf.parse("{\"intervals\": ["))
                .isInstanceOf(MalformedReportException.class);
    }
}
