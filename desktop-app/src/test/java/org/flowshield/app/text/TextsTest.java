package org.flowshield.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All that is said, is said in each language. */
final class TextsTest {

    private static final Path ROOT = Path.of("src/main/resources/org/flowshield/app");
    private static final Pattern PLACE = Pattern.compile("\\{(\\d+)[^}]*}");

    static List<String> parts() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.endsWith("texts_en.properties"))
                    .map(file -> ROOT.relativize(file.getParent()).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("parts")
    void every_language_has_the_same_texts_with_the_same_places(String part) throws IOException {
        Properties english = texts(part, Language.ENGLISH);
        assertThat(english).isNotEmpty();
        for (Language language : Language.values()) {
            Properties other = texts(part, language);
            assertThat(other.stringPropertyNames())
                    .as(part + " in " + language.ownName())
                    .isEqualTo(english.stringPropertyNames());
            for (String key : english.stringPropertyNames()) {
                assertThat(places(other.getProperty(key)))
                        .as(part + ": " + key + " in " + language.ownName())
                        .isEqualTo(places(english.getProperty(key)));
                assertThat(other.getProperty(key)).as(key).isNotBlank();
            }
        }
    }

    /** Half as wide they look like a mistake. */
    @ParameterizedTest
    @MethodSource("parts")
    void marks_beside_chinese_characters_are_as_wide_as_these(String part) throws IOException {
        Properties chinese = texts(part, Language.CHINESE);
        for (String key : chinese.stringPropertyNames()) {
            assertThat(chinese.getProperty(key))
                    .as(part + ": " + key)
                    .doesNotContainPattern("\\p{IsHan}[,;:!?()]|[,;:!?()]\\p{IsHan}");
        }
    }

    private static Properties texts(String part, Language language) throws IOException {
        Properties texts = new Properties();
        Path file = ROOT.resolve(part).resolve("texts_" + language.code() + ".properties");
        try (Reader in = Files.newBufferedReader(file)) {
            texts.load(in);
        }
        return texts;
    }

    private static Set<String> places(String text) {
        Set<String> places = new TreeSet<>();
        Matcher matcher = PLACE.matcher(text);
        while (matcher.find()) {
            places.add(matcher.group(1));
        }
        return places;
    }
}
