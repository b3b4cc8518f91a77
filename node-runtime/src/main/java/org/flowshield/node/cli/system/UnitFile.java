package org.flowshield.node.cli.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The description of the service for systemd: that of the packages, for another program. At its end
 * it tells what was made beside it, so that no more than that is removed. Immutable.
 */
record UnitFile(String text) {

    /** What {@code install} makes where it is missing. */
    enum Made {
        /** The group of those who may steer the node. */
        GROUP,
        /** The data directory. */
        DATA
    }

    private static final String RESOURCE = "flowshieldd.service";

    /** A section that systemd passes over. */
    private static final String SECTION = "[X-FlowShield]";

    private static final String MADE = "Made=";
    private static final String START = "ExecStart=";
    private static final String HOMES = "ProtectHome=";

    /** Where users' files are, all of which a service does not see. */
    private static final List<Path> USERS =
            List.of(Path.of("/home"), Path.of("/root"), Path.of("/run/user"));

    /** That of the packages, as it stands. */
    static UnitFile ofPackages() {
        try (InputStream in = UnitFile.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing: the build is broken");
            }
            return new UnitFile(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same for a program that lies elsewhere. */
    static UnitFile of(DaemonProgram program, Set<Made> made) {
        UnitFile unit =
                ofPackages()
                        .with(
                                START,
                                program.command().stream()
                                        .map(UnitFile::quoted)
                                        .collect(Collectors.joining(" ")));
        if (USERS.stream().anyMatch(program::liesIn)) {
            unit = unit.with(HOMES, "read-only");
        }
        String list =
                made.stream()
                        .map(m -> m.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" "));
        return new UnitFile(
                "# By 'flowshield service install'; 'flowshield service remove' takes it away.\n"
                        + unit.text
                        + "\n"
                        + SECTION
                        + "\n"
                        + MADE
                        + list
                        + "\n");
    }

    /** What was made with it; nothing if somebody else wrote the file. */
    Set<Made> made() {
        Set<Made> made = EnumSet.noneOf(Made.class);
        int section = text.indexOf(SECTION);
        if (section < 0) {
            return made;
        }
        text.substring(section)
                .lines()
                .filter(line -> line.startsWith(MADE))
                .flatMap(line -> List.of(line.substring(MADE.length()).split(" ", -1)).stream())
                .forEach(
                        word -> {
                            for (Made known : Made.values()) {
                                if (known.name().toLowerCase(Locale.ROOT).equals(word)) {
                                    made.add(known);
                                }
                            }
                        });
        return made;
    }

    /** Whether {@code install} wrote it. */
    boolean isOurs() {
        return text.contains(SECTION);
    }

    private UnitFile with(String key, String value) {
        List<String> lines = text.lines().toList();
        if (lines.stream().filter(line -> line.startsWith(key)).count() != 1) {
            throw new IllegalStateException("the unit has not one line " + key);
        }
        return new UnitFile(
                lines.stream()
                        .map(line -> line.startsWith(key) ? key + value : line)
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    /** A word of a command line by systemd.service(5): no variables, no specifiers. */
    static String quoted(String word) {
        String escaped =
                word.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("%", "%%")
                        .replace("$", "$$");
        boolean plain =
                word.chars().noneMatch(c -> Character.isWhitespace(c) || c == ';' || c == '\'');
        return plain && !word.isEmpty() ? escaped : "\"" + escaped + "\"";
    }
}
