package org.flowshield.installers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** What can be told on Linux of the definitions for Windows and macOS. */
final class DefinitionsTest {

    /** Windows knows an installed FlowShield by it: with another one, upgrades install a second. */
    private static final String UPGRADE_CODE = "6f1c5a0e-3b8e-4d57-9a64-2f0c4f6f7d21";

    private static final Set<String> TOKENS =
            Set.of(
                    "APPLICATION_LAUNCHER",
                    "APPLICATION_LAUNCHER_ID",
                    "SERVICE_NAME",
                    "SERVICE_DESCRIPTION",
                    "LABEL",
                    "DEPLOY_LAUNCHER_NAME",
                    "DEPLOY_ICON_FILE",
                    "DEPLOY_BUNDLE_IDENTIFIER",
                    "DEPLOY_BUNDLE_NAME",
                    "DEPLOY_BUNDLE_SHORT_VERSION",
                    "DEPLOY_BUNDLE_CFBUNDLE_VERSION",
                    "DEPLOY_BUNDLE_COPYRIGHT");

    private static final Pattern TOKEN =
            Pattern.compile("\\b(?:APPLICATION|SERVICE|DEPLOY)_[A-Z_]+\\b|\\bLABEL\\b");

    /** Names that jpackage looks for, by its manual. */
    private static final Set<String> RESOURCES =
            Set.of(
                    "flowshieldd-service-install.wxi",
                    "flowshieldd-service-config.wxi",
                    "overrides.wxi",
                    "FlowShield-flowshieldd.plist",
                    "FlowShield.entitlements",
                    "Info.plist",
                    "preinstall",
                    "postinstall");

    @Test
    void all_xml_is_well_formed() throws Exception {
        List<Path> files =
                Sources.files(
                        Sources.INSTALLERS,
                        ".xml",
                        ".wxi",
                        ".plist",
                        ".entitlements",
                        ".policy",
                        ".svg");
        assertThat(files).hasSizeGreaterThanOrEqualTo(9);
        for (Path file : files) {
            assertThatCode(() -> parse(file)).as(file.toString()).doesNotThrowAnyException();
        }
    }

    @Test
    void jpackage_knows_every_option() throws Exception {
        List<Path> files = Sources.files(Sources.JPACKAGE, ".args");
        assertThat(files).hasSize(4);
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                assertThat(line).as(file.toString()).startsWith("--");
                List<String> words = List.of(line.split(" ", 2));
                assertThat(answer(words)).as(line).doesNotContain("Invalid Option: [--");
            }
        }
        assertThat(answer(List.of("--win-upgrade-uid", "x")))
                .as("an option that it does not know is seen")
                .contains("Invalid Option: [--");
    }

    @Test
    void files_that_options_name_exist() throws Exception {
        for (Path file : Sources.files(Sources.JPACKAGE, ".args")) {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("--icon") || line.startsWith("--license-file")) {
                    assertThat(Sources.ROOT.resolve(line.split(" ", -1)[1])).as(line).exists();
                }
            }
        }
    }

    @Test
    void windows_finds_the_version_before() throws Exception {
        assertThat(Files.readAllLines(Sources.JPACKAGE.resolve("windows/msi.args")))
                .contains("--win-upgrade-uuid " + UPGRADE_CODE)
                .doesNotContain("--win-per-user-install");
    }

    @Test
    void resources_have_names_and_tokens_that_jpackage_looks_for() throws Exception {
        List<Path> folders =
                List.of(
                        Sources.INSTALLERS.resolve("windows/resources"),
                        Sources.INSTALLERS.resolve("macos/resources"));
        List<String> names = new ArrayList<>();
        for (Path folder : folders) {
            for (Path file : Sources.files(folder, "")) {
                names.add(String.valueOf(file.getFileName()));
                assertThat(TOKENS).as(file.toString()).containsAll(tokens(file));
            }
        }
        assertThat(names).containsExactlyInAnyOrderElementsOf(RESOURCES);
    }

    private static Set<String> tokens(Path file) throws IOException {
        Set<String> tokens = new TreeSet<>();
        Matcher matcher = TOKEN.matcher(Files.readString(file));
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    /** On Linux it refuses options of other systems by name, and unknown ones otherwise. */
    private static String answer(List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jpackage").toString());
        command.addAll(words);
        return Sources.run(command).output();
    }

    private static void parse(Path file) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setEntityResolver((name, place) -> new InputSource(new java.io.StringReader("")));
        builder.setErrorHandler(null);
        builder.parse(file.toFile());
    }
}
