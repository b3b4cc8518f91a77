package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flowshield.node.demo.Prerequisites;
import org.flowshield.node.lab.Lab;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo as a user runs it, and as one that is killed in the midst of it. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
final class DemoIT {

    private static final Pattern LAB = Pattern.compile("\\((fs-[0-9a-f]{6}-)client");

    /** From the lab's making to the end of a demo, roughly. */
    private static final int DEMO_MILLIS = 15_000;

    @BeforeEach
    void needs_root() {
        Assumptions.assumeTrue(Prerequisites.isRoot(), "makes network namespaces: needs root");
        Assumptions.assumeTrue(
                Prerequisites.missingPackages().isEmpty(),
                "needs the packages " + Prerequisites.missingPackages());
    }

    @Test
    void a_demo_killed_at_any_moment_is_mended_by_cleanup_and_the_next_one_works()
            throws Exception {
        long seed = new SecureRandom().nextLong();
        System.out.println("DemoIT: seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 3; i++) {
            String lab = killDemoAfter(random.nextInt(DEMO_MILLIS));
            assertThat(exitOf(start("cleanup"))).isZero();
            assertThat(namespaces(lab)).isEmpty();
        }
        Process demo = start("demo", "--json");
        String said = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(exitOf(demo)).as(said).isZero();
        JsonNode report = JsonMapper.shared().readTree(said);
        assertThat(report.get("ok").asBoolean()).isTrue();
        assertThat(report.get("throughput_mbit").get("down").asDouble()).isPositive();
    }

    @Test
    void a_demo_that_is_asked_to_stop_cleans_up_itself() throws Exception {
        Process demo = start("demo");
        String lab = labOf(demo);
        demo.toHandle().destroy();
        assertThat(exitOf(demo)).isNotZero();
        assertThat(namespaces(lab)).isEmpty();
    }

    private static String killDemoAfter(int millis) throws Exception {
        Process demo = start("demo");
        String lab = labOf(demo);
        // No synchronisation: the moment is meant to be any.
        boolean ended = demo.waitFor(millis, TimeUnit.MILLISECONDS);
        System.out.println("DemoIT: killed after " + millis + " ms, ended already: " + ended);
        demo.toHandle().destroyForcibly();
        int _ = demo.waitFor();
        return lab;
    }

    private static Process start(String... words) throws IOException {
        Process process =
                new ProcessBuilder(Lab.javaCommand(FlowShield.class, words))
                        .redirectErrorStream(words[0].equals("demo") && words.length == 1)
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .start();
        if (words.length > 1 || !words[0].equals("demo")) {
            drain(process);
        }
        return process;
    }

    /** Standard error goes where the test's does, so that the pipe is never full. */
    private static void drain(Process process) {
        Thread.startVirtualThread(() -> process.errorReader().lines().forEach(System.err::println));
    }

    /**
     * The prefix of the lab's namespaces, as the demo tells it; its output is drained from then on.
     */
    private static String labOf(Process demo) throws IOException {
        BufferedReader said = demo.inputReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher matcher = LAB.matcher(line);
            if (matcher.find()) {
                Thread.startVirtualThread(() -> said.lines().forEach(System.err::println));
                return matcher.group(1);
            }
        }
        throw new IOException("the demo made no lab");
    }

    private static int exitOf(Process process) throws InterruptedException {
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private static List<String> namespaces(String prefix) throws IOException {
        try (Stream<Path> names = Files.list(Path.of("/run/netns"))) {
            return names.map(name -> String.valueOf(name.getFileName()))
                    .filter(name -> name.startsWith(prefix))
                    .toList();
        }
    }
}
