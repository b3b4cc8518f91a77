package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class FlowShieldTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void version_names_the_build_and_the_java_it_runs_on() {
        assertThat(run("version")).isZero();
        assertThat(out.toString()).matches("flowshield \\d+\\.\\d+\\.\\d+\\S* \\(Java 25.*\\)\\R");
    }

    @Test
    void version_as_json_is_one_object() {
        assertThat(run("version", "--json")).isZero();
        JsonNode version = JsonMapper.shared().readTree(out.toString());
        assertThat(version.get("version").asString()).matches("\\d+\\.\\d+\\.\\d+\\S*");
        assertThat(version.propertyNames()).containsExactly("version", "java", "os", "arch");
    }

    @Test
    void a_missing_verb_is_a_usage_error() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("verb is missing").contains("flowshield --help");
    }

    @Test
    void an_unknown_verb_is_a_usage_error_also_as_json() {
        assertThat(run("fly", "--json")).isEqualTo(2);
        JsonNode error = JsonMapper.shared().readTree(out.toString()).get("error");
        assertThat(error.propertyNames()).containsExactly("code", "message", "action");
        assertThat(error.get("code").asString()).isEqualTo("usage");
    }

    private int run(String... arguments) {
        return FlowShield.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
