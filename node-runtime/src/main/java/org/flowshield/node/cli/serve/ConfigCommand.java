package org.flowshield.node.cli.serve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.config.Config;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks a configuration and shows what holds, and why. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Checks the configuration and prints every key.",
            "Says what each is for, what is allowed, its value and where that comes from. What is"
                    + " printed is a valid flowshield.toml."
        })
public final class ConfigCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();
    @Mixin private final ConfigSource source = new ConfigSource();

    @Override
    public Integer call() throws CommandFailedException {
        List<Config.Entry> entries = source.read().describe();
        if (output.json()) {
            output.json(Map.of("config", entries.stream().map(ConfigCommand::fields).toList()));
        } else {
            output.text(toml(entries));
        }
        return ExitStatus.OK.code();
    }

    private static Map<String, Object> fields(Config.Entry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", entry.path());
        fields.put("value", entry.words());
        fields.put("source", entry.place());
        fields.put("allowed", entry.allowed());
        fields.put("help", entry.help());
        return fields;
    }

    private static String toml(List<Config.Entry> entries) {
        StringBuilder text = new StringBuilder();
        String table = "";
        for (Config.Entry entry : entries) {
            int dot = entry.path().indexOf('.');
            if (!entry.path().substring(0, dot).equals(table)) {
                table = entry.path().substring(0, dot);
                text.append(text.isEmpty() ? "" : "\n").append('[').append(table).append("]\n");
            }
            text.append("# ").append(entry.help()).append('\n');
            text.append("# Allowed: ").append(entry.allowed());
            text.append(". From: ").append(entry.place()).append(".\n");
            text.append(entry.words().isEmpty() && !entry.list() ? "# " : "");
            text.append(entry.path().substring(dot + 1)).append(" = ").append(value(entry));
            text.append('\n');
        }
        return text.toString().stripTrailing();
    }

    private static String value(Config.Entry entry) {
        String words =
                entry.words().stream()
                        .map(word -> word.matches("\\d+") ? word : "\"" + word + "\"")
                        .collect(Collectors.joining(", "));
        if (entry.list()) {
            return "[" + words + "]";
        }
        return words.isEmpty() ? "\"\"" : words;
    }
}
