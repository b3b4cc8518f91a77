package org.flowshield.app.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CommandsTest {

    private static final Path NODE = Path.of("../node-runtime/src/main/java/org/flowshield/node");
    private static final Path TEXTS = Path.of("src/main/resources/org/flowshield/app");

    /** A literal of Java, or several that are put together. */
    private static final Pattern LITERALS =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"(?:\\s*\\+\\s*\"(?:[^\"\\\\]|\\\\.)*\")*");

    @Test
    void parts_that_are_for_a_command_line_go_as_a_whole() {
        assertThat(Commands.without("fill it: flowshield purse deposit")).isEmpty();
        assertThat(Commands.without("agree with --max-price, or set client.max-price")).isEmpty();
        assertThat(
                        Commands.without(
                                "get a little ETH and do it without --without-gas; nothing was done"))
                .isEqualTo("nothing was done");
        assertThat(Commands.without("it is empty; see flowshield status; nothing was sent"))
                .isEqualTo("it is empty; nothing was sent");
        assertThat(Commands.without("It is empty. Then `flowshield ledger rebuild`."))
                .isEqualTo("It is empty.");
        assertThat(Commands.without("nothing was sent; flowshield wallet history lists it"))
                .isEqualTo("nothing was sent");
    }

    @Test
    void all_else_stays_as_it_was_said() {
        for (String text :
                List.of(
                        "",
                        "members of the group flowshield may use it",
                        "the file /etc/flowshield/network.json is gone; get it anew",
                        "a well-known price - 5 FLOW -- is too high",
                        "it asks for 0.5 FLOW. That is more than was agreed to")) {
            assertThat(Commands.without(text)).isEqualTo(text);
        }
    }

    @Test
    void verbs_are_those_of_the_command_line() throws IOException {
        String all = Files.readString(NODE.resolve("cli/FlowShield.java"));
        Set<String> verbs = new TreeSet<>(Set.of("help")); // the library's own
        Matcher listed = Pattern.compile("(?m)^            (\\w+)\\.class,$").matcher(all);
        while (listed.find()) {
            if (!listed.group(1).equals("HelpCommand")) {
                verbs.add(verb(all, listed.group(1)));
            }
        }
        assertThat(Commands.VERBS).containsExactlyInAnyOrderElementsOf(verbs);
    }

    /** As the class of a command says that it is called. */
    private static String verb(String all, String command) throws IOException {
        Matcher imported =
                Pattern.compile("import org\\.flowshield\\.node\\.([\\w.]+\\." + command + ");")
                        .matcher(all);
        String place = imported.find() ? imported.group(1) : "cli." + command;
        Matcher name =
                Pattern.compile("name = \"([^\"]+)\"")
                        .matcher(Files.readString(NODE.resolve(place.replace('.', '/') + ".java")));
        assertThat(name.find()).as(command).isTrue();
        return name.group(1);
    }

    /** Whatever of it reaches the app, as a message or as what can be done. */
    @Test
    void nothing_of_what_the_node_says_is_left_with_a_command_in_it() throws IOException {
        TreeMap<String, String> left = new TreeMap<>();
        int met = 0;
        for (Path file : sources()) {
            Matcher literals = LITERALS.matcher(Files.readString(file));
            while (literals.find()) {
                String text = literals.group().replaceAll("\"\\s*\\+\\s*\"", "");
                if (text.matches("(?s).*(flowshield [a-z]|(?<!-)--[a-z]).*")) {
                    met++;
                    String shown = Commands.without(text);
                    for (String verb : Commands.VERBS) {
                        if (shown.contains("flowshield " + verb) || shown.contains(" --")) {
                            left.put(text, shown);
                        }
                    }
                }
            }
        }
        assertThat(met).isGreaterThan(50);
        assertThat(left).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(NODE)) {
            return files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.startsWith(NODE.resolve("cli")))
                    .toList();
        }
    }

    @Test
    void no_text_of_the_app_is_for_a_command_line() throws IOException {
        int seen = 0;
        for (Path file : texts()) {
            Properties texts = new Properties();
            try (Reader in = Files.newBufferedReader(file)) {
                texts.load(in);
            }
            for (String key : texts.stringPropertyNames()) {
                seen++;
                assertThat(texts.getProperty(key))
                        .as("%s: %s", file, key)
                        .doesNotContain("--")
                        .satisfies(text -> assertThat(Commands.areIn(text)).isFalse());
            }
        }
        assertThat(seen).isGreaterThan(3_000);
    }

    private static List<Path> texts() throws IOException {
        try (Stream<Path> files = Files.walk(TEXTS)) {
            return files.filter(path -> path.getFileName().toString().startsWith("texts_"))
                    .toList();
        }
    }
}
