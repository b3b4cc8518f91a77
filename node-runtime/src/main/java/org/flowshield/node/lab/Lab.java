package org.flowshield.node.lab;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Four machines on one: network namespaces, joined by virtual cables to a router that forwards.
 *
 * <pre>
 *   client  198.51.100.2 ---.                .--- 192.0.2.2  internet (web server)
 *           2001:db8:1::2    \              /     2001:db8:3::2
 *                             +-- router --+
 *                             |            addresses .1 and ::1 everywhere
 *   provider  203.0.113.2 ----'
 *             2001:db8:2::2
 * </pre>
 *
 * Nothing of the host's own network is touched. The cables' offloads stay as the system has them.
 * Whatever was started in a lab ends with it: on {@link #close}, on Ctrl-C, or, if the JVM itself
 * was killed, by the next lab or {@link #sweep}. Needs root. Any thread may use it.
 */
public final class Lab implements AutoCloseable {

    private static final Duration IP_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration RUN_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration JVM_START_TIMEOUT = Duration.ofSeconds(30);
    private static final int WEB_PORT = 80;

    private final LabId id;
    private final LabRecord state;
    private final Consumer<String> progress;
    private final ReentrantLock lock = new ReentrantLock(); // guards children and closed
    private final List<LabProcess> children = new ArrayList<>();
    private final Thread onShutdown;
    private boolean closed;

    private Lab(LabId id, LabRecord state, Consumer<String> progress) {
        this.id = id;
        this.state = state;
        this.progress = progress;
        this.onShutdown = new Thread(this::closeOnShutdown, "lab-" + id.value() + "-shutdown");
    }

    /**
     * Clears up after labs whose process is gone, then makes one.
     *
     * @param progress told in a line what is going on
     */
    public static Lab create(Consumer<String> progress) throws LabException, InterruptedException {
        requireRoot();
        require("ip", "iproute2");
        require("nft", "nftables");
        sweep(progress);
        LabId id = LabId.random(new SecureRandom());
        ProcStat self = ProcStat.of(ProcessHandle.current().pid()).orElseThrow();
        Lab lab = new Lab(id, LabRecord.create(id, self), progress);
        Runtime.getRuntime().addShutdownHook(lab.onShutdown);
        try {
            progress.accept(
                    "making a lab of four network namespaces ("
                            + id.name(Namespace.CLIENT)
                            + " ...)");
            lab.build();
            return lab;
        } catch (LabException | InterruptedException | RuntimeException e) {
            try (lab) {
                throw e;
            }
        }
    }

    /**
     * Removes what killed labs have left behind; labs of running processes stay.
     *
     * @return how many labs were removed
     */
    public static int sweep(Consumer<String> progress) throws LabException, InterruptedException {
        List<LabId> abandoned = Leftovers.find();
        if (abandoned.isEmpty()) return 0;
        requireRoot();
        for (LabId id : abandoned) {
            progress.accept("removing the lab " + id.value() + ", left by a process that is gone");
            Leftovers.remove(id);
        }
        return abandoned.size();
    }

    private static void requireRoot() throws LabException {
        try {
            if (Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
                    && uid == 0) return;
        } catch (IOException | UnsupportedOperationException e) {
            throw new LabException("a lab of network namespaces needs Linux", e);
        }
        throw new LabException("a lab of network namespaces needs root: run it again with sudo");
    }

    private static void require(String program, String debianPackage) throws LabException {
        if (Programs.find(program).isPresent()) return;
        throw new LabException(
                "the program '%s' is missing: run ./dev setup (or: apt-get install %s)"
                        .formatted(program, debianPackage));
    }

    private void build() throws LabException, InterruptedException {
        for (Namespace namespace : Namespace.values()) {
            OwnFiles.create(name(namespace));
            host(List.of("ip", "netns", "add", name(namespace)), "");
            // Before the links exist, so that they inherit: no duplicate address detection, which
            // would delay
            // IPv6 by seconds; no reverse path filter, which would drop what policy routes send
            // another way.
            set(namespace, "net/ipv6/conf/default/accept_dad", "0");
            set(namespace, "net/ipv6/conf/all/disable_ipv6", "0");
            set(namespace, "net/ipv4/conf/all/rp_filter", "0");
            set(namespace, "net/ipv4/conf/default/rp_filter", "0");
        }
        set(Namespace.ROUTER, "net/ipv4/ip_forward", "1");
        set(Namespace.ROUTER, "net/ipv6/conf/all/forwarding", "1");
        ip(Namespace.ROUTER, List.of("link set lo up"));
        for (Link link : Link.values()) connect(link);
    }

    private void connect(Link link) throws LabException, InterruptedException {
        String port = link.machine().label();
        ip(
                Namespace.ROUTER,
                List.of(
                        "link add %s type veth peer name %s netns %s"
                                .formatted(port, Namespace.INTERFACE, name(link.machine())),
                        "addr add %s/24 dev %s".formatted(link.routerIpv4().getHostAddress(), port),
                        "addr add %s/64 dev %s nodad"
                                .formatted(link.routerIpv6().getHostAddress(), port),
                        "link set %s up".formatted(port)));
        ip(
                link.machine(),
                List.of(
                        "link set lo up",
                        "addr add %s/24 dev %s"
                                .formatted(link.ipv4().getHostAddress(), Namespace.INTERFACE),
                        "addr add %s/64 dev %s nodad"
                                .formatted(link.ipv6().getHostAddress(), Namespace.INTERFACE),
                        "link set %s up".formatted(Namespace.INTERFACE),
                        "route add default via " + link.routerIpv4().getHostAddress(),
                        "-6 route add default via " + link.routerIpv6().getHostAddress()));
    }

    /** Six hexadecimal digits that tell this lab from the others of the machine. */
    public String tag() {
        return id.value();
    }

    /** The namespace's name, as {@code ip netns} knows it. */
    public String name(Namespace namespace) {
        return id.name(namespace);
    }

    /** A directory for the data of the namespace's processes; it goes with the lab. */
    public Path data(Namespace namespace) {
        return OwnFiles.data(name(namespace));
    }

    /** Runs lines of {@code ip -batch} in a namespace; the first that fails is an error. */
    public void ip(Namespace namespace, List<String> lines)
            throws LabException, InterruptedException {
        for (String line : lines) {
            List<String> command = new ArrayList<>(List.of("ip", "-n", name(namespace)));
            command.addAll(List.of(line.split(" ", -1)));
            host(command, "");
        }
    }

    /** Sets a kernel parameter in a namespace, for instance {@code net/ipv4/ip_forward}. */
    public void set(Namespace namespace, String parameter, String value)
            throws LabException, InterruptedException {
        run(namespace, "sh", "-c", "echo \"$1\" > \"/proc/sys/$0\"", parameter, value);
    }

    /** Loads an nft script in a namespace, in one transaction. */
    public void nft(Namespace namespace, String script) throws LabException, InterruptedException {
        host(List.of("ip", "netns", "exec", name(namespace), "nft", "-f", "-"), script);
    }

    /**
     * Runs a command in a namespace and waits for it, at most 30 s.
     *
     * @throws LabException if it fails, with what it said
     */
    public Completed run(Namespace namespace, String... command)
            throws LabException, InterruptedException {
        return start(namespace, command).awaitSuccess(RUN_TIMEOUT);
    }

    /** Starts a command in a namespace. It ends with the lab at the latest. */
    public LabProcess start(Namespace namespace, String... command) throws LabException {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", name(namespace)));
        whole.addAll(List.of(command));
        return start(whole, "");
    }

    /**
     * Starts a class's main method in a namespace, in a JVM like this one: class path and options.
     */
    public LabProcess startJava(Namespace namespace, Class<?> main, String... arguments)
            throws LabException {
        return start(namespace, javaCommand(main, arguments).toArray(String[]::new));
    }

    /**
     * The beginnings of the options that the launcher gives to a node; paths are those of natives,
     * which an installed node has outside of its jars.
     */
    private static final List<String> FOR_CHILDREN =
            List.of(
                    "--enable-native-access",
                    "--sun-misc-unsafe-memory-access",
                    "-Dio.netty.",
                    "-Djava.library.path",
                    "-Djna.boot.library.path",
                    "-Dorg.sqlite.lib.path",
                    "-XX:+UseSerialGC",
                    "-Xms",
                    "-Xmn",
                    "-XX:MetaspaceSize");

    /**
     * The command that runs a class's main method in a JVM with the options and class path of this
     * one.
     */
    public static List<String> javaCommand(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(Lab::isForChildren)
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    // The others (agents of test tools, ports of debuggers, the largest heap) are the parent's own
    // business.
    private static boolean isForChildren(String option) {
        return FOR_CHILDREN.stream().anyMatch(option::startsWith);
    }

    /** Starts the web server of the internet; it listens when this returns. */
    public URI startWebServer() throws LabException, InterruptedException {
        String address = Link.INTERNET.ipv4().getHostAddress();
        LabProcess server =
                startJava(Namespace.INTERNET, WebServer.class, Integer.toString(WEB_PORT));
        var _ = server.awaitLine(WebServer.READY, WebServer.READY::equals, JVM_START_TIMEOUT);
        return URI.create("http://" + address + "/");
    }

    private void host(List<String> command, String input)
            throws LabException, InterruptedException {
        start(command, input).awaitSuccess(IP_TIMEOUT);
    }

    private LabProcess start(List<String> command, String input) throws LabException {
        lock.lock();
        try {
            if (closed) throw new LabException("the lab is closed");
            children.removeIf(child -> !child.isAlive());
            LabProcess started = LabProcess.start(command, input);
            children.add(started);
            var running = ProcStat.of(started.pid());
            if (running.isPresent()) state.addChild(running.get());
            return started;
        } finally {
            lock.unlock();
        }
    }

    /** Ends every process that was started here and removes the namespaces. Idempotent. */
    @Override
    public void close() throws LabException {
        boolean interrupted = Thread.interrupted(); // clearing up is not to be cut short
        lock.lock();
        try {
            if (closed) return;
            closed = true;
            progress.accept("removing the lab");
            endChildren();
            Leftovers.remove(id);
        } catch (InterruptedException e) {
            interrupted = true;
            throw new LabException(
                    "interrupted while removing the lab "
                            + id.value()
                            + ": the next one will do it",
                    e);
        } finally {
            lock.unlock();
            if (interrupted) Thread.currentThread().interrupt();
        }
        forgetShutdown();
    }

    private void endChildren() throws InterruptedException {
        // The last started first, as they may stand on the others.
        for (LabProcess child : children.reversed()) child.terminate();
        long deadline = System.nanoTime() + LabProcess.TERM_GRACE.toNanos();
        for (LabProcess child : children) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            if (!child.awaitEnd(left)) child.kill();
        }
    }

    private void forgetShutdown() {
        if (Thread.currentThread().equals(onShutdown)) return;
        try {
            Runtime.getRuntime().removeShutdownHook(onShutdown);
        } catch (IllegalStateException e) {
            progress.accept("the lab was removed while the JVM shuts down");
        }
    }

    private void closeOnShutdown() {
        try {
            close();
        } catch (LabException e) {
            progress.accept(e.getMessage());
        }
    }
}
