package org.flowshield.node.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Writes the manual page of a command and all its verbs, in the language of man pages, from what
 * picocli knows of them: so that it is never behind the help texts.
 */
final class ManPage {

    private final String version;
    private final StringBuilder page = new StringBuilder();

    ManPage(String version) {
        this.version = version;
    }

    /** The whole page. For one use. */
    String of(CommandSpec root) {
        line(".TH FLOWSHIELD 1 \"\" \"flowshield " + escape(version) + "\" \"User Commands\"");
        section("NAME");
        text(
                List.of(
                        "flowshield - a decentralised VPN: a market for bandwidth without an operator"));
        section("SYNOPSIS");
        line(".B flowshield");
        line("VERB [\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]");
        section("VERBS");
        verbs(root);
        section("EXIT STATUS");
        for (ExitStatus status : ExitStatus.values()) {
            item("\\fB" + status.code() + "\\fR", List.of(meaning(status)));
        }
        section("FILES");
        item("\\fI/run/flowshield/api.sock\\fR", List.of("The socket of the daemon's local API."));
        item(
                "\\fI/var/lib/flowshield\\fR",
                List.of("Its data directory: flowshield.toml, the node's key."));
        section("EXAMPLES");
        example("flowshield providers --country NL --max-price 0.05");
        example("flowshield connect --country NL");
        example("flowshield connect /ip4/203.0.113.7/tcp/4001/p2p/12D3KooW...");
        example("flowshield status --watch");
        example("curl --unix-socket /run/flowshield/api.sock http://localhost/v1/status");
        return page.toString();
    }

    private void verbs(CommandSpec command) {
        for (CommandLine child : command.subcommands().values()) {
            CommandSpec spec = child.getCommandSpec();
            if (spec.usageMessage().hidden() || spec.helpCommand()) {
                continue;
            }
            line(".SS \"" + escape(spec.qualifiedName()) + arguments(spec) + "\"");
            text(List.of(spec.usageMessage().description()));
            for (PositionalParamSpec parameter : spec.positionalParameters()) {
                if (!parameter.hidden()) {
                    item("\\fI" + escape(parameter.paramLabel()) + "\\fR", words(parameter));
                }
            }
            for (OptionSpec option : spec.options()) {
                if (!option.hidden() && !option.usageHelp() && !option.versionHelp()) {
                    item(names(option), words(option));
                }
            }
            text(List.of(spec.usageMessage().footer()));
            verbs(spec);
        }
    }

    private static String arguments(CommandSpec spec) {
        StringBuilder arguments = new StringBuilder();
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            arguments.append(' ').append(escape(parameter.paramLabel()));
        }
        return arguments.toString();
    }

    private static List<String> words(CommandLine.Model.ArgSpec argument) {
        return List.of(argument.description());
    }

    private static String names(OptionSpec option) {
        String names = "\\fB" + escape(String.join(", ", option.names())) + "\\fR";
        boolean takesValue = option.arity().max() > 0;
        return takesValue ? names + " \\fI" + escape(option.paramLabel()) + "\\fR" : names;
    }

    private static String meaning(ExitStatus status) {
        return switch (status) {
            case OK -> "It is done.";
            case FAILED -> "It was tried and did not succeed.";
            case USAGE -> "The command line, or a value in it, is wrong.";
            case NO_DAEMON -> "No daemon answers.";
            case REFUSED -> "The daemon or the peer refused.";
            case PERMISSION -> "The user lacks a right.";
        };
    }

    private void section(String name) {
        line(".SH \"" + name + "\"");
    }

    private void item(String term, List<String> description) {
        line(".TP");
        line(term);
        text(description);
    }

    private void example(String command) {
        line(".PP");
        line(".nf");
        line("\\fB" + escape(command) + "\\fR");
        line(".fi");
    }

    private void text(List<String> lines) {
        for (String each : lines) {
            String plain = Ansi.OFF.string(each);
            line(plain.isBlank() ? ".PP" : guard(escape(plain)));
        }
    }

    private void line(String line) {
        page.append(line).append('\n');
    }

    /** A line that begins with a dot or an apostrophe would be a command. */
    private static String guard(String line) {
        return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
    }

    private static String escape(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
    }
}
