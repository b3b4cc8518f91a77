package org.flowshield.installers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScriptsTest {

    @TempDir private Path folder = Path.of("");

    @Test
    void what_runs_as_root_on_a_users_machine_has_no_known_mistakes() throws Exception {
        assumeTrue(
                Sources.isInstalled("shellcheck"),
                "shellcheck is not installed (./dev setup installs it)");
        List<String> command = new ArrayList<>(List.of("shellcheck"));
        scripts().stream().map(Path::toString).forEach(command::add);
        assertThat(scripts()).hasSizeGreaterThan(6);
        Sources.Result result = Sources.run(command);
        assertThat(result.status()).as(result.output()).isZero();
    }

    @Test
    void maintainer_scripts_know_each_way_that_they_are_called() throws Exception {
        for (String script : List.of("preinst", "postinst", "prerm", "postrm")) {
            Path file = Sources.INSTALLERS.resolve("linux/debian").resolve(script);
            Sources.Result unknown = Sources.run(List.of("sh", file.toString(), "nonsense"));
            assertThat(unknown.status()).as(script).isNotZero();
            assertThat(unknown.output()).contains("nonsense");
        }
        for (String quiet : List.of("preinst abort-upgrade", "prerm upgrade", "postrm upgrade")) {
            List<String> words = List.of(quiet.split(" ", -1));
            Path file = Sources.INSTALLERS.resolve("linux/debian").resolve(words.getFirst());
            assertThat(Sources.run(List.of("sh", file.toString(), words.getLast())).status())
                    .as(quiet)
                    .isZero();
        }
    }

    @Test
    void the_scriptlets_of_the_rpm_are_shell() throws Exception {
        String spec = Files.readString(Sources.INSTALLERS.resolve("linux/rpm/flowshield.spec"));
        for (String section : List.of("%post", "%preun", "%postun")) {
            String script =
                    spec.lines()
                            .dropWhile(line -> !line.equals(section))
                            .skip(1)
                            .takeWhile(line -> !line.startsWith("%") || line.startsWith("%{"))
                            .reduce("", (all, line) -> all + line + "\n");
            assertThat(script).as(section).isNotBlank();
            Path file = Files.writeString(folder.resolve("script"), script);
            Sources.Result result = Sources.run(List.of("sh", "-n", file.toString()));
            assertThat(result.status()).as(section + result.output()).isZero();
        }
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> all = Files.walk(Sources.INSTALLERS)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(Sources.INSTALLERS.resolve("target")))
                    .filter(ScriptsTest::isScript)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isScript(Path file) {
        try (java.io.InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(9), java.nio.charset.StandardCharsets.ISO_8859_1)
                    .equals("#!/bin/sh");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
