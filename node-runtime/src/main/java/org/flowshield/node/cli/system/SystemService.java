package org.flowshield.node.cli.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowshield.node.api.http.AccessPolicy;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.system.ServiceStatus.Source;
import org.flowshield.node.cli.system.ServiceStatus.State;
import org.flowshield.node.cli.system.UnitFile.Made;
import org.flowshield.node.daemon.DataDirectory;

/**
 * The daemon as a service of one system, which is the one that runs or lies in a directory. Each
 * call looks anew; one thread at a time. What fails halfway is undone before the failure is told.
 */
final class SystemService {

    /** The system that runs. */
    static final Path LIVE = Path.of("/");

    static final String UNIT = "flowshieldd.service";

    /** Where units of the administrator are, which go before those of packages. */
    private static final String OWN_UNITS = "etc/systemd/system";

    private static final List<String> PACKAGED_UNITS =
            List.of("usr/lib/systemd/system", "lib/systemd/system");

    /** Is there where systemd is process 1: sd_booted(3). */
    private static final String BOOTED = "run/systemd/system";

    private static final String GROUPS = "etc/group";

    private static final String FILE = "rw-r--r--";
    private static final String PRIVATE = "rwx------";

    private final Path root;
    private final boolean live;
    private final Programs programs;

    /** What was done, in words. */
    record Report(Path unit, List<String> did) {
        Report {
            did = List.copyOf(did);
        }
    }

    /** Undoes one step. */
    @FunctionalInterface
    private interface Undo {
        void run() throws IOException, CommandFailedException;
    }

    /**
     * @param root where its files are
     * @param live whether it runs; only files are changed otherwise
     */
    SystemService(Path root, boolean live, Programs programs) {
        this.root = root;
        this.live = live;
        this.programs = programs;
    }

    ServiceStatus status() throws CommandFailedException {
        try {
            Optional<Path> unit = unit();
            return new ServiceStatus(
                    unit.map(this::shown),
                    unit.isEmpty() ? Source.NONE : source(unit.get()),
                    unit.isPresent() && isEnabled(),
                    unit.isPresent() ? state() : State.STOPPED);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Makes the service and starts it; where a package has brought its unit, that one is switched
     * on.
     *
     * @param user who may steer the node from now on
     */
    Report install(DaemonProgram program, Optional<String> user) throws CommandFailedException {
        requireRights("install");
        requireSystemd();
        Deque<Undo> undo = new ArrayDeque<>();
        List<String> did = new ArrayList<>();
        try {
            Optional<Path> found = unit();
            if (found.isPresent() && source(found.get()) == Source.NONE) {
                throw notOurs(found.get());
            }
            boolean joins = user.isPresent() && !isMember(user.get());
            if (found.isPresent() && isEnabled() && !joins) {
                throw alreadyInstalled(found.get());
            }
            Path unit = found.isPresent() ? found.get() : write(program, undo, did);
            if (user.isPresent() && joins) {
                join(user.get(), undo, did);
            }
            if (!isEnabled()) {
                enable(undo, did);
            }
            return new Report(shown(unit), did);
        } catch (IOException e) {
            CommandFailedException failure = failed(e);
            undoAll(undo, failure);
            throw failure;
        } catch (CommandFailedException e) {
            undoAll(undo, e);
            throw e;
        }
    }

    /** Stops the service and takes away what {@link #install} made, but no data. */
    Report remove() throws CommandFailedException {
        requireRights("remove");
        List<String> did = new ArrayList<>();
        try {
            Path unit =
                    unit().orElseThrow(
                                    () ->
                                            new CommandFailedException(
                                                    ExitStatus.REFUSED,
                                                    "not_installed",
                                                    "the service is not installed: nothing was"
                                                            + " changed",
                                                    "flowshield service install installs it"));
            Source source = source(unit);
            if (source == Source.NONE) {
                throw notOurs(unit);
            }
            switchOff(did);
            if (source == Source.PACKAGE) {
                did.add(
                        "left the unit %s: it belongs to the package and goes with it"
                                .formatted(shown(unit)));
                return new Report(shown(unit), did);
            }
            Set<Made> made = new UnitFile(Files.readString(unit)).made();
            Files.delete(unit);
            did.add("removed the unit " + shown(unit));
            reload();
            if (made.contains(Made.GROUP) && hasGroup()) {
                removeGroup();
                did.add("removed the group " + AccessPolicy.GROUP);
            }
            leaveData(made, did);
            return new Report(shown(unit), did);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    // ------------------------------------------------------------ steps

    private Path write(DaemonProgram program, Deque<Undo> undo, List<String> did)
            throws IOException, CommandFailedException {
        if (live) {
            requireSeen(program);
        }
        Set<Made> made = EnumSet.noneOf(Made.class);
        if (!hasGroup()) {
            makeGroup();
            undo.push(this::removeGroup);
            made.add(Made.GROUP);
            did.add(
                    "made the group %s: who is in it may steer the node"
                            .formatted(AccessPolicy.GROUP));
        }
        Path data = inRoot(DataDirectory.SYSTEM);
        if (!Files.isDirectory(data)) {
            Files.createDirectories(data);
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString(PRIVATE));
            undo.push(() -> Files.deleteIfExists(data));
            made.add(Made.DATA);
            did.add("made the data directory " + shown(data));
        }
        Path unit = root.resolve(OWN_UNITS).resolve(UNIT);
        Files.createDirectories(root.resolve(OWN_UNITS));
        Files.writeString(
                unit,
                UnitFile.of(program, made).text(),
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE_NEW);
        undo.push(
                () -> {
                    Files.deleteIfExists(unit);
                    reload();
                });
        Files.setPosixFilePermissions(unit, PosixFilePermissions.fromString(FILE));
        did.add(
                "wrote the unit %s: it runs %s"
                        .formatted(shown(unit), program.command().getFirst()));
        return unit;
    }

    private void join(String user, Deque<Undo> undo, List<String> did)
            throws IOException, CommandFailedException {
        if (!hasGroup()) {
            throw new CommandFailedException(
                    ExitStatus.FAILED,
                    "no_group",
                    "there is no group %s: the package was not installed to its end"
                            .formatted(AccessPolicy.GROUP),
                    "install the package again: apt-get install --reinstall flowshield");
        }
        run(withPrefix("usermod", "-a", "-G", AccessPolicy.GROUP, user));
        undo.push(() -> run(withPrefix("gpasswd", "-d", user, AccessPolicy.GROUP)));
        did.add("put %s into the group %s".formatted(user, AccessPolicy.GROUP));
    }

    private void enable(Deque<Undo> undo, List<String> did)
            throws IOException, CommandFailedException {
        reload();
        run(systemctl("enable", UNIT));
        undo.push(() -> run(systemctl("disable", UNIT)));
        did.add("switched it on: it starts with the machine");
        if (live) {
            undo.push(() -> run(systemctl("stop", UNIT)));
            run(systemctl("restart", UNIT));
            did.add("started it");
        } else {
            did.add("started nothing: the system in %s does not run".formatted(root));
        }
    }

    private void switchOff(List<String> did) throws IOException, CommandFailedException {
        if (live && isBooted()) {
            run(systemctl("stop", UNIT));
            did.add("stopped the service");
        }
        if (isEnabled()) {
            run(systemctl("disable", UNIT));
            did.add("switched it off: it does not start with the machine any more");
        }
    }

    private void leaveData(Set<Made> made, List<String> did) throws IOException {
        Path data = inRoot(DataDirectory.SYSTEM);
        if (!Files.isDirectory(data)) {
            return;
        }
        if (made.contains(Made.DATA) && isEmpty(data)) {
            Files.delete(data);
            did.add("removed the empty data directory " + shown(data));
        } else {
            did.add(
                    "left the data in %s: delete it yourself if you want it gone"
                            .formatted(shown(data)));
        }
    }

    private void reload() throws IOException, CommandFailedException {
        if (live && isBooted()) {
            run(systemctl("daemon-reload"));
        }
    }

    private void makeGroup() throws IOException, CommandFailedException {
        Files.createDirectories(root.resolve("etc"));
        run(withPrefix("groupadd", "--system", AccessPolicy.GROUP));
    }

    private void removeGroup() throws IOException, CommandFailedException {
        run(withPrefix("groupdel", AccessPolicy.GROUP));
    }

    private static void undoAll(Deque<Undo> undo, CommandFailedException failure) {
        for (Undo step : undo) {
            try {
                step.run();
            } catch (IOException | CommandFailedException e) {
                failure.addSuppressed(e);
            }
        }
    }

    // ------------------------------------------------------------ looking

    /** As systemd looks: the administrator's first. */
    private Optional<Path> unit() {
        List<String> folders = new ArrayList<>(List.of(OWN_UNITS));
        folders.addAll(PACKAGED_UNITS);
        return folders.stream()
                .map(folder -> root.resolve(folder).resolve(UNIT))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private Source source(Path unit) throws IOException {
        if (!unit.startsWith(root.resolve(OWN_UNITS))) {
            return Source.PACKAGE;
        }
        return new UnitFile(Files.readString(unit)).isOurs() ? Source.VERB : Source.NONE;
    }

    private boolean isEnabled() throws IOException {
        return programs.run(systemctl("is-enabled", UNIT)).succeeded();
    }

    private State state() throws IOException {
        if (!live || !isBooted()) {
            return State.UNKNOWN;
        }
        return switch (programs.run(systemctl("is-active", UNIT)).output()) {
            case "active", "activating", "reloading" -> State.RUNNING;
            case "failed" -> State.FAILED;
            default -> State.STOPPED;
        };
    }

    private boolean hasGroup() throws IOException {
        return members().isPresent();
    }

    private boolean isMember(String user) throws IOException {
        return members().filter(members -> members.contains(user)).isPresent();
    }

    private Optional<List<String>> members() throws IOException {
        try {
            for (String line :
                    Files.readAllLines(root.resolve(GROUPS), StandardCharsets.ISO_8859_1)) {
                String[] fields = line.split(":", -1);
                if (fields.length == 4 && fields[0].equals(AccessPolicy.GROUP)) {
                    return Optional.of(Arrays.asList(fields[3].split(",", -1)));
                }
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            return !entries.iterator().hasNext();
        }
    }

    private boolean isBooted() {
        return Files.isDirectory(root.resolve(BOOTED));
    }

    private Path inRoot(Path absolute) {
        return root.resolve(LIVE.relativize(absolute));
    }

    /** As the system itself calls the file. */
    private Path shown(Path inRoot) {
        return LIVE.resolve(root.relativize(inRoot));
    }

    // ------------------------------------------------------------ requirements

    private void requireRights(String verb) throws CommandFailedException {
        if (live && !programs.isRoot()) {
            throw new CommandFailedException(
                    ExitStatus.PERMISSION,
                    "no_permission",
                    "services of this machine are root's to change; nothing was changed",
                    "sudo flowshield service " + verb);
        }
        if (!Files.isDirectory(root)) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "no_such_root",
                    "there is no directory " + root,
                    "name the directory that the system lies in: --root DIR");
        }
    }

    private void requireSystemd() throws CommandFailedException {
        if (live && !isBooted()) {
            throw new CommandFailedException(
                    ExitStatus.FAILED,
                    "no_systemd",
                    "this machine was not started by systemd, so nobody would start the service;"
                            + " nothing was changed",
                    "let what starts programs here run, as root: flowshield daemon");
        }
    }

    /** A service has its own /tmp. */
    private static void requireSeen(DaemonProgram program) throws CommandFailedException {
        for (Path folder : List.of(Path.of("/tmp"), Path.of("/var/tmp"))) {
            if (program.liesIn(folder)) {
                throw new CommandFailedException(
                        ExitStatus.REFUSED,
                        "program_in_tmp",
                        "parts of the program lie in %s, which a service does not see and which"
                                        .formatted(folder)
                                + " does not last; nothing was changed",
                        "put it elsewhere, for instance below /opt, or install a package");
            }
        }
    }

    private CommandFailedException alreadyInstalled(Path unit) {
        return new CommandFailedException(
                ExitStatus.REFUSED,
                "already_installed",
                "the service is installed already (%s); nothing was changed".formatted(shown(unit)),
                "flowshield service status; remove it first to install it anew");
    }

    private CommandFailedException notOurs(Path unit) {
        return new CommandFailedException(
                ExitStatus.REFUSED,
                "foreign_unit",
                "the unit %s was written by somebody else; nothing was changed"
                        .formatted(shown(unit)),
                "use it by systemctl, or delete it and run this again");
    }

    private static CommandFailedException failed(IOException e) {
        return e instanceof AccessDeniedException
                ? new CommandFailedException(
                        ExitStatus.PERMISSION,
                        "no_permission",
                        "%s can't be changed by this user".formatted(e.getMessage()),
                        "run it as root",
                        e)
                : new CommandFailedException(
                        ExitStatus.FAILED,
                        "service_failed",
                        "the service could not be changed: " + e.getMessage(),
                        "see the message; flowshield service status says how it is now",
                        e);
    }

    // ------------------------------------------------------------ programs

    private void run(List<String> command) throws IOException, CommandFailedException {
        Programs.Result result = programs.run(command);
        if (!result.succeeded()) {
            throw new CommandFailedException(
                    ExitStatus.FAILED,
                    "service_failed",
                    "'%s' failed: %s".formatted(String.join(" ", command), result.output()),
                    "what was done before it is undone; journalctl -u flowshieldd -e may say more");
        }
    }

    private List<String> systemctl(String... words) {
        List<String> command = new ArrayList<>(List.of("systemctl"));
        if (!live) {
            command.add("--root=" + root);
        }
        command.addAll(List.of(words));
        return command;
    }

    /** For programs that change users and groups. */
    private List<String> withPrefix(String program, String... words) {
        List<String> command = new ArrayList<>(List.of(program));
        if (!live) {
            command.add(program.equals("gpasswd") ? "--root" : "--prefix");
            command.add(root.toString());
        }
        command.addAll(List.of(words));
        return command;
    }
}
