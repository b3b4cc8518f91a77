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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

    /**
     * What a browser shows.
     *
     * @param page as it is after its script has run; empty unless it was asked for
     * @param console what it had to complain about
     */
    private record Seen(String page, List<String> console) {}

    private Seen browse(String url, String... options) throws IOException, InterruptedException {
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
        command.add(url);
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
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return new Seen(
                    Files.readString(out), lines.filter(line -> line.contains("CONSOLE")).toList());
        }
    }

    @Test
    void what_a_browser_complains_about_would_be_seen() throws Exception {
        Seen seen = browse("data:text/html,<script>console.error('oh')</script>", "--dump-dom");
        assertThat(seen.console()).hasSize(1).first().asString().contains("oh");
    }

    @Test
    void shows_the_market_without_a_word_in_the_console() throws Exception {
        try (SomeMarketServer market = new SomeMarketServer(folder, 70, Instant.now())) {
            Seen seen = browse(market.server.url(), "--dump-dom");
            String page = seen.page();
            assertThat(seen.console()).isEmpty();
            assertThat(page).contains("In order", "Providers online", "Netherlands", "median");
            assertThat(page.split("<tr>", -1)).hasSizeGreaterThan(50);
            assertThat(page).contains("Show more");
        }
    }

    @Test
    void says_why_there_is_nothing() throws Exception {
        try (SomeMarketServer market = new SomeMarketServer(folder, 3, Instant.now())) {
            market.trouble = Optional.of("the chain is not heard of");
            Seen seen = browse(market.server.url(), "--dump-dom");
            assertThat(seen.page()).contains("the chain is not heard of");
            assertThat(seen.console()).allMatch(line -> line.contains("503"));
        }
    }

    @Test
    void is_drawn_on_a_desk_and_on_a_phone() throws Exception {
        try (SomeMarketServer market = new SomeMarketServer(folder, 70, Instant.now())) {
            for (String size : List.of("1280,1500", "500,1600")) {
                Path image = folder.resolve(size + ".png");
                Seen seen =
                        browse(
                                market.server.url(),
                                "--window-size=" + size,
                                "--screenshot=" + image);
                assertThat(seen.console()).isEmpty();
                assertThat(ImageIO.read(image.toFile()).getWidth())
                        .isEqualTo(Integer.parseInt(size.split(",", 2)[0]));
            }
        }
    }
}
