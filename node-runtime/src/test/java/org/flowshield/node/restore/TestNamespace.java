package org.flowshield.node.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowshield.node.restore.linux.LinuxMachine;
import org.junit.jupiter.api.Assumptions;

/** A network namespace of its own for one test, with nothing in it but what the test makes. */
public final class TestNamespace implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;
    private final Machine machine;

    public TestNamespace() throws IOException {
        Assumptions.assumeTrue(
                Files.isWritable(Path.of("/proc/sys/net/ipv4/ip_forward")),
                "makes network namespaces: needs root");
        name = "fstest" + ProcessHandle.current().pid() + "n" + NUMBER.incrementAndGet();
        LinuxMachine.own().run(List.of("ip", "netns", "add", name));
        long number =
                ((Number) Files.getAttribute(Path.of("/run/netns", name), "unix:ino")).longValue();
        machine = LinuxMachine.find(number).orElseThrow();
        run("ip link set lo up");
    }

    public String name() {
        return name;
    }

    public Machine machine() {
        return machine;
    }

    /** Runs a program in the namespace; its words are parted by blanks. */
    public String run(String command) throws MachineException {
        return machine.run(List.of(command.split(" ")));
    }

    /** All that a test must find again as it was: rules, routes, settings, filters. */
    public List<String> snapshot() throws MachineException {
        List<String> all = new ArrayList<>();
        for (String command :
                List.of(
                        "nft list ruleset",
                        "ip -4 rule",
                        "ip -6 rule",
                        "ip -4 route show table all",
                        "ip -6 route show table all")) {
            all.add("== " + command);
            run(command).lines().map(TestNamespace::withoutCarrier).forEach(all::add);
        }
        // Some can't be read, which is why the status does not count.
        machine.run(List.of("sh", "-c", "grep -rs . /proc/sys/net/ipv4 /proc/sys/net/ipv6; true"))
                .lines()
                .sorted()
                .forEach(all::add);
        return all;
    }

    /** A cable that comes up meanwhile changes nothing that somebody has set. */
    private static String withoutCarrier(String line) {
        return line.replace(" linkdown", "");
    }

    /** What has come and what has gone since an earlier snapshot; empty if all is as it was. */
    public List<String> changedSince(List<String> before) throws MachineException {
        List<String> now = snapshot();
        List<String> changed = new ArrayList<>();
        before.stream().filter(line -> !now.contains(line)).forEach(l -> changed.add("gone " + l));
        now.stream().filter(line -> !before.contains(line)).forEach(l -> changed.add("new " + l));
        if (changed.isEmpty() && !now.equals(before)) {
            changed.add("the order: " + now);
        }
        return changed;
    }

    @Override
    public void close() throws IOException {
        LinuxMachine.own().run(List.of("ip", "netns", "del", name));
    }
}
