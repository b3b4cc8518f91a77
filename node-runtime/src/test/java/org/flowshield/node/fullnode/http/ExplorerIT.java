package org.flowshield.node.fullnode.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The explorer in a real browser. */
@Timeout(120)
final class ExplorerIT {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    /** In the page's own time: it asks, and shows what it was told. */
    private static final int PAGE_MILLIS = 8_000;

    @TempDir private Path folder;

    @BeforeEach
    void requireBrowser() {
        assumeTrue(Files.isExecutable(CHROMIUM), "chromium is not installed: ./dev setup");
    }

    private String browse(SomeMarketServer market, String path, String... options)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                CHROMIUM.toString(),
                                "--headless=new",
                                "--no-sandbox", // as root there is none
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--user-data-dir=" + folder.resolve("profile"),
                                "--virtual-time-budget=" + PAGE_MILLIS,
                                "--enable-logging=stderr"));
        command.addAll(List.of(options));
        command.add(market.server.url() + path);
        Path out = folder.resolve("out");
        Path log = folder.resolve("log");
        Process browser =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(log.toFile())
                        .start();
        try {
            assertThat(browser.waitFor(90, TimeUnit.SECONDS)).as("the browser ended").isTrue();
        } finally {
            browser.destroyForcibly();
        }
        assertThat(Files.readString(log, StandardCharsets.ISO_8859_1))
                .doesNotContain("CONSOLE", "Content Security Policy");
        return Files.readString(out);
    }

    @Test
    void shows_the_market_without_a_word_in_the_console() throws Exception {
        try (SomeMarketServer market = new SomeMarketServer(folder, 70, Instant.now())) {
            String page = browse(market, "", "--dump-dom");
            assertThat(page).contains("In order", "Providers online", "Netherlands", "median");
            assertThat(page.split("<tr>", -1)).hasSizeGreaterThan(50);
            assertThat(page).contains("Show more");
        }
    }

    @Test
    void says_why_there_is_nothing() throws Exception {
        try (SomeMarketServer market = new SomeMarketServer(folder, 3, Instant.now())) {
            market.trouble = java.util.Optional.of("the chain is not heard of");
            Path log = folder.resolve("log");
            try {
                String _ = browse(market, "", "--dump-dom");
            } catch (AssertionError e) {
                // a refused request is a line of the console; nothing else is
                assertThat(
                                Files.readAllLines(log).stream()
                                        .filter(line -> line.contains("CONSOLE")))
                        .allMatch(line -> line.contains("503"));
            }
            assertThat(Files.readString(folder.resolve("out")))
                    .contains("the chain is not heard of");
        }
    }

    @Test
    void is_drawn_on_a_desk_and_on_a_phone() throws Exception {
        try (SomeMarketServer market = new SomeMarketServer(folder, 70, Instant.now())) {
            for (String size : List.of("1280,1500", "500,1600")) {
                Path image = folder.resolve(size + ".png");
                String _ = browse(market, "", "--window-size=" + size, "--screenshot=" + image);
                assertThat(ImageIO.read(image.toFile()).getWidth())
                        .isEqualTo(Integer.parseInt(size.split(",", 2)[0]));
            }
        }
    }
}
