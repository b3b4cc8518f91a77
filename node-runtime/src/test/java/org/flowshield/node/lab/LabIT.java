package org.flowshield.node.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LabIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final List<String> progress = new ArrayList<>();

    @BeforeAll
    static void needs_root() {
        assumeTrue(
                "root".equals(System.getProperty("user.name")), "needs root: network namespaces");
    }

    @Test
    void packets_cross_the_router_in_both_families() throws Exception {
        try (Lab lab = Lab.create(progress::add)) {
            lab.run(
                    Namespace.CLIENT,
                    "ping",
                    "-c",
                    "1",
                    "-W",
                    "2",
                    Link.INTERNET.ipv4().getHostAddress());
            lab.run(
                    Namespace.CLIENT,
                    "ping",
                    "-c",
                    "1",
                    "-W",
                    "2",
                    Link.PROVIDER.ipv4().getHostAddress());
            lab.run(
                    Namespace.PROVIDER,
                    "ping",
                    "-c",
                    "1",
                    "-W",
                    "2",
                    Link.INTERNET.ipv6().getHostAddress());
            lab.run(
                    Namespace.CLIENT,
                    "ping",
                    "-c",
                    "1",
                    "-W",
                    "2",
                    Link.INTERNET.ipv6().getHostAddress());
        }
    }

    @Test
    void who_writes_dns_settings_in_a_namespace_writes_its_own() throws Exception {
        Path machines = Path.of("/etc/resolv.conf");
        byte[] before = Files.readAllBytes(machines);
        Path folder;
        try (Lab lab = Lab.create(progress::add)) {
            folder = Path.of("/etc/netns").resolve(lab.name(Namespace.CLIENT));
            lab.run(Namespace.CLIENT, "sh", "-c", "echo nameserver 192.0.2.9 > /etc/resolv.conf");
            assertThat(lab.run(Namespace.CLIENT, "cat", "/etc/resolv.conf").output())
                    .isEqualTo("nameserver 192.0.2.9\n");
            assertThat(Files.readAllBytes(machines)).isEqualTo(before);
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void close_leaves_no_namespace_no_link_and_no_process() throws Exception {
        List<String> linksBefore = linksOfTheHost();
        List<ProcStat> started;
        String namespace;
        Path record;
        try (Lab lab = Lab.create(progress::add)) {
            namespace = lab.name(Namespace.CLIENT);
            record = LabRecord.FOLDER.resolve(namespace.substring(3, 9));
            // One that obeys, one that ignores SIGTERM, and a grandchild that the lab was never
            // told of.
            LabProcess sleep = lab.start(Namespace.CLIENT, "sleep", "1000");
            LabProcess stubborn =
                    lab.start(
                            Namespace.INTERNET,
                            "sh",
                            "-c",
                            "trap '' TERM; sleep 1000 & echo $!; wait; wait");
            long grandchild = Long.parseLong(stubborn.awaitLine("a number", line -> true, SOON));
            started = List.of(stat(sleep.pid()), stat(stubborn.pid()), stat(grandchild));
            assertThat(record).exists();
            assertThat(namespaces()).contains(namespace);
        }
        assertThat(namespaces()).doesNotContain(namespace);
        assertThat(started).noneMatch(ProcStat::isAlive);
        assertThat(record).doesNotExist();
        assertThat(linksOfTheHost()).isEqualTo(linksBefore);
    }

    @Test
    void a_killed_lab_is_swept_by_the_next() throws Exception {
        LabProcess owner = LabProcess.start(Lab.javaCommand(HeldLab.class));
        String[] said =
                owner.awaitLine("ready", line -> line.startsWith("ready "), SOON).split(" ", -1);
        String namespace = said[1];
        ProcStat child = stat(Long.parseLong(said[2]));
        assertThat(namespaces()).contains(namespace);

        owner.kill();
        assertThat(child.isAlive()).as("outlives the killed JVM").isTrue();
        try (Lab next = Lab.create(progress::add)) {
            assertThat(namespaces())
                    .contains(next.name(Namespace.CLIENT))
                    .doesNotContain(namespace);
            assertThat(child.isAlive()).isFalse();
        }
    }

    @Test
    void an_interrupted_jvm_removes_its_lab() throws Exception {
        LabProcess owner = LabProcess.start(Lab.javaCommand(HeldLab.class));
        String[] said =
                owner.awaitLine("ready", line -> line.startsWith("ready "), SOON).split(" ", -1);
        ProcStat child = stat(Long.parseLong(said[2]));

        owner.terminate();
        assertThat(owner.await(SOON).exitCode()).isEqualTo(128 + 15);
        assertThat(namespaces()).doesNotContain(said[1]);
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void the_lab_of_a_running_process_is_not_swept() throws Exception {
        try (Lab lab = Lab.create(progress::add)) {
            Lab.sweep(progress::add);
            assertThat(namespaces()).contains(lab.name(Namespace.CLIENT));
        }
    }

    @Test
    void a_failing_command_says_what_it_said() throws Exception {
        try (Lab lab = Lab.create(progress::add)) {
            assertThatThrownBy(() -> lab.run(Namespace.CLIENT, "ip", "link", "show", "nowhere"))
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("does not exist");
        }
    }

    @Test
    void a_closed_lab_starts_nothing() throws Exception {
        Lab lab = Lab.create(progress::add);
        lab.close();
        assertThatThrownBy(() -> lab.start(Namespace.CLIENT, "true"))
                .hasMessage("the lab is closed");
    }

    @Test
    void the_web_server_tells_the_address_it_saw_and_moves_bytes_both_ways() throws Exception {
        try (Lab lab = Lab.create(progress::add)) {
            String url = lab.startWebServer().toString();
            assertThat(lab.run(Namespace.CLIENT, "curl", "-sS", "--max-time", "10", url).output())
                    .contains("<b id=\"address\">198.51.100.2</b>");
            assertThat(
                            lab.run(
                                            Namespace.CLIENT,
                                            "sh",
                                            "-c",
                                            "curl -sS --max-time 10 $0bytes?n=1000000 | wc -c",
                                            url)
                                    .output()
                                    .strip())
                    .isEqualTo("1000000");
            assertThat(
                            lab.run(
                                            Namespace.CLIENT,
                                            "sh",
                                            "-c",
                                            "head -c 3000000 /dev/zero | curl -sS --max-time 10 --data-binary @- $0sink",
                                            url)
                                    .output())
                    .isEqualTo("3000000");
        }
    }

    private static ProcStat stat(long pid) {
        return ProcStat.of(pid).orElseThrow(() -> new AssertionError("no process " + pid));
    }

    private static List<String> namespaces() throws Exception {
        try (var entries = Files.list(Path.of("/run/netns"))) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    // Only this host's own links count: other labs may come and go at the same time.
    private static List<String> linksOfTheHost() throws Exception {
        try (var entries = Files.list(Path.of("/sys/class/net"))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
