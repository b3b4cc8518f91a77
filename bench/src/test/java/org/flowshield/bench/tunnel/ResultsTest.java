package org.flowshield.bench.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultsTest {

    private final Results results = new Results();

    @BeforeEach
    void three_rounds() {
        results.contender("wireguard-go", "1");
        results.contender("flowshield", "2 & <more>");
        for (int round = 0; round < 3; round++) {
            add(NetworkPath.DIRECT, "wireguard-go", round, Figure.THROUGHPUT_UP_1, 1000 + round);
            add(
                    NetworkPath.DIRECT,
                    "flowshield",
                    round,
                    Figure.THROUGHPUT_UP_1,
                    2 * (1000 + round));
            add(NetworkPath.LOSS_1, "wireguard-go", round, Figure.THROUGHPUT_DOWN_1, 10);
            add(NetworkPath.LOSS_1, "flowshield", round, Figure.THROUGHPUT_DOWN_1, 9);
        }
    }

    @Test
    void a_ratio_is_of_values_measured_in_the_same_round() {
        var ratio = results.ratio(NetworkPath.DIRECT, Figure.THROUGHPUT_UP_1).orElseThrow();
        assertThat(ratio.low()).isEqualTo(2);
        assertThat(ratio.high()).isEqualTo(2);
        assertThat(ratio.count()).isEqualTo(3);
    }

    @Test
    void a_round_that_only_one_of_them_ran_is_no_pair() {
        add(NetworkPath.DIRECT, "flowshield", 3, Figure.THROUGHPUT_UP_1, 9999);
        assertThat(results.ratio(NetworkPath.DIRECT, Figure.THROUGHPUT_UP_1).orElseThrow().count())
                .isEqualTo(3);
    }

    @Test
    void what_was_not_measured_has_no_ratio() {
        assertThat(results.ratio(NetworkPath.DIRECT, Figure.RTT_MEAN)).isEmpty();
    }

    @Test
    void targets_tell_what_was_reached_and_what_was_not() {
        assertThat(
                        Target.outcomes(results)
                                .map(
                                        outcome ->
                                                outcome.target().figure()
                                                        + " "
                                                        + outcome.verdict()))
                .containsExactly("THROUGHPUT_UP_1 met", "THROUGHPUT_DOWN_1 NOT MET");
    }

    @Test
    void less_is_better_for_round_trips() {
        add(NetworkPath.DIRECT, "wireguard-go", 0, Figure.RTT_MEAN, 1.0);
        add(NetworkPath.DIRECT, "flowshield", 0, Figure.RTT_MEAN, 0.6);
        assertThat(
                        Target.outcomes(results)
                                .filter(outcome -> outcome.target().figure() == Figure.RTT_MEAN)
                                .map(Target.Outcome::verdict))
                .containsExactly("aim met");
    }

    @Test
    void the_json_has_the_ratios_under_the_names_that_others_read() {
        JsonNode json = JsonMapper.builder().build().readTree(Report.json(results, true));
        assertThat(json.at("/ratios/throughput_up_1").asDouble()).isEqualTo(2);
        assertThat(json.at("/ratios/loss_1_throughput_down_1").asDouble()).isEqualTo(0.9);
        assertThat(json.at("/targets/throughput_up_1/meets_must").asBoolean()).isTrue();
        assertThat(json.at("/results/direct/flowshield/throughput_up_1/value").asDouble())
                .isEqualTo(2002);
    }

    @Test
    void the_picture_is_well_formed_whatever_names_hold() throws Exception {
        results.contender("<&>", "3");
        add(NetworkPath.DIRECT, "<&>", 0, Figure.THROUGHPUT_UP_1, 5);
        var document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(Picture.svg(results))));
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(1 + 3);
    }

    @Test
    void the_table_has_a_line_for_each_contender() {
        assertThat(Report.text(results))
                .contains("direct (Mb/s)")
                .contains("wireguard-go", "flowshield", "2.00 [2.00, 2.00]", "NOT MET");
    }

    private void add(NetworkPath path, String contender, int round, Figure figure, double value) {
        results.add(path, contender, round, Map.of(figure, value));
    }
}
