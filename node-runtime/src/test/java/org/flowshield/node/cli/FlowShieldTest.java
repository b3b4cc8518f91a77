package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
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

    @Test
    void every_verb_says_what_it_does_in_one_sentence() {
        assertThat(verbs(new CommandLine(new FlowShield())))
                .allSatisfy(
                        verb ->
                                assertThat(verb.getCommandSpec().usageMessage().description()[0])
                                        .as(verb.getCommandSpec().qualifiedName())
                                        .endsWith("."));
    }

    @Test
    void every_verb_that_tells_something_tells_it_to_programs_too() {
        assertThat(
                        verbs(new CommandLine(new FlowShield())).stream()
                                .filter(verb -> verb.getSubcommands().isEmpty())
                                .filter(verb -> verb.getCommandSpec().findOption("--json") == null)
                                .map(verb -> verb.getCommandSpec().qualifiedName()))
                .as("these print what is no value, or nothing")
                .isSubsetOf("flowshield help", "flowshield completion", "flowshield man");
    }

    /** All that a person is shown. */
    private static List<CommandLine> verbs(CommandLine parent) {
        List<CommandLine> all = new ArrayList<>();
        for (CommandLine verb : parent.getSubcommands().values()) {
            if (!verb.getCommandSpec().usageMessage().hidden()
                    && !verb.getCommandName().equals("help")) {
                all.add(verb);
                all.addAll(verbs(verb));
            }
        }
        return all;
    }

    private int run(String... arguments) {
        return FlowShield.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
