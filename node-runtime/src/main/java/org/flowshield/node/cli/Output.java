package org.flowshield.node.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a verb prints: text for people, or with {@code --json} one JSON value per line. A mixin of
 * each verb. Safe for use by any thread; a line is never torn.
 */
public final class Output {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** True if a program reads what is printed. */
    public boolean json() {
        return json;
    }

    /** Prints one of the two forms of a result. */
    public void print(String text, Object value) {
        if (json) {
            json(value);
        } else {
            text(text);
        }
    }

    /** Prints a line for people; nothing with {@code --json}. */
    public void text(String line) {
        if (!json) {
            writeLine(out(), line);
        }
    }

    /** Prints a value (record, map, list, text or number) as one line of JSON. */
    public void json(Object value) {
        writeLine(out(), encode(value));
    }

    /** Tells people how a long command gets on: on standard error, which no program parses. */
    public void progress(String line) {
        writeLine(commandSpec().commandLine().getErr(), line);
    }

    static String encode(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    private static void writeLine(PrintWriter writer, String line) {
        synchronized (writer) { // keeps the lines of two threads apart
            writer.println(line);
            writer.flush();
        }
    }

    private PrintWriter out() {
        return commandSpec().commandLine().getOut();
    }

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("not mixed into a command");
        }
        return spec;
    }
}
