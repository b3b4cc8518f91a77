package org.flowshield.node.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads the configuration file. Pure but for the reading. */
final class TomlFile {

    /** A configuration is a page; nobody means to hand over more. */
    private static final int MAX_BYTES = 1 << 20;

    /** An amount of money has more digits than a double. */
    private static final TomlMapper MAPPER =
            TomlMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private static final Pattern HEADER = Pattern.compile("\\s*\\[\\s*([A-Za-z0-9_.-]+)\\s*].*");
    private static final Pattern ENTRY = Pattern.compile("\\s*([A-Za-z0-9_.-]+)\\s*=.*");

    private final String name;
    private final List<String> lines;
    private final List<String> problems;
    private final Map<String, Source.Said> said = new LinkedHashMap<>();

    private TomlFile(String name, String text, List<String> problems) {
        this.name = name;
        this.lines = text.lines().toList();
        this.problems = problems;
    }

    /**
     * Reads a file.
     *
     * @param problems gets a line for each thing that is wrong with its form
     */
    static Source read(Path file, List<String> problems) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            problems.add(file + ": larger than 1 MiB, this is no configuration");
            return new Source(Map.of());
        }
        return parse(file.toString(), new String(bytes, StandardCharsets.UTF_8), problems);
    }

    /** Reads what stands in a file of that name. */
    static Source parse(String name, String text, List<String> problems) {
        TomlFile file = new TomlFile(name, text, problems);
        try {
            file.collect("", MAPPER.readTree(text));
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            problems.add(file.at(line) + ": not TOML: " + e.getOriginalMessage());
        }
        return new Source(file.said);
    }

    private void collect(String path, JsonNode node) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String inner = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (field.getValue().isObject()) {
                collect(inner, field.getValue());
            } else {
                value(inner, field.getValue());
            }
        }
    }

    private void value(String path, JsonNode node) {
        String place = at(lineOf(path));
        List<String> words = new ArrayList<>();
        for (JsonNode element : node.isArray() ? node : List.of(node)) {
            if (!element.isValueNode()) {
                problems.add(place + ": " + path + ": a table or list is not allowed in a list");
                return;
            }
            words.add(
                    element.isBigDecimal()
                            ? element.decimalValue().toPlainString()
                            : element.asString());
        }
        boolean several = Keys.find(path).map(Key::list).orElse(true);
        if (node.isArray() && !several) {
            problems.add(place + ": " + path + " takes one value, not a list");
            return;
        }
        said.put(path, new Source.Said(words, place));
    }

    private String at(int line) {
        return line > 0 ? name + ":" + line : name;
    }

    /** The library tells no places of values; keys stand at the beginning of their lines. */
    private int lineOf(String path) {
        String table = "";
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            Matcher header = HEADER.matcher(line);
            Matcher entry = ENTRY.matcher(line);
            if (header.matches()) {
                table = header.group(1) + ".";
            } else if (entry.matches() && (table + entry.group(1)).equals(path)) {
                return number;
            }
        }
        return 0;
    }
}
