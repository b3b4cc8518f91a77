package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One command line in this process, and what it printed. */
record CommandLineRun(int status, String out, String err) {

    static CommandLineRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = FlowShield.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new CommandLineRun(status, out.toString(), err.toString());
    }

    /** Asserts that it succeeded. */
    CommandLineRun ok() {
        assertThat(status).as(out + err).isZero();
        return this;
    }

    /** Asserts that it failed so. */
    CommandLineRun failed(ExitStatus expected, String... words) {
        assertThat(status).as(out + err).isEqualTo(expected.code());
        assertThat(err).contains(words);
        return this;
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }
}
