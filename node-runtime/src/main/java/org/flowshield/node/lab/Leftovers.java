package org.flowshield.node.lab;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a lab leaves behind when nobody clears up: processes, namespaces, its record. */
final class Leftovers {

    private static final Path NAMESPACES = Path.of("/run/netns");
    private static final Duration IP_TIMEOUT = Duration.ofSeconds(20);

    private Leftovers() {}

    /** Labs of which there are namespaces or records while the process that made them is gone. */
    static List<LabId> find() throws LabException {
        Set<LabId> ids = new LinkedHashSet<>(LabRecord.all());
        for (String name : namespaces()) LabId.ofNamespace(name).ifPresent(ids::add);
        List<LabId> abandoned = new ArrayList<>();
        for (LabId id : ids) {
            if (LabRecord.of(id).owner().filter(ProcStat::isAlive).isEmpty()) abandoned.add(id);
        }
        return abandoned;
    }

    /**
     * Ends the processes of a lab, deletes its namespaces with all their links, then its record.
     */
    static void remove(LabId id) throws LabException, InterruptedException {
        LabRecord lab = LabRecord.of(id);
        end(lab.children());
        for (Namespace namespace : Namespace.values()) {
            String name = id.name(namespace);
            if (!Files.exists(NAMESPACES.resolve(name))) {
                OwnFiles.delete(name);
                continue;
            }
            end(processesIn(name));
            Completed deleted =
                    LabProcess.start(List.of("ip", "netns", "delete", name)).await(IP_TIMEOUT);
            // Another FlowShield may have swept it at the same time.
            if (!deleted.succeeded() && Files.exists(NAMESPACES.resolve(name))) {
                throw new LabException(
                        "can't delete the network namespace %s: %s"
                                .formatted(name, deleted.errors().strip()));
            }
            OwnFiles.delete(name);
        }
        lab.delete();
    }

    private static List<String> namespaces() throws LabException {
        List<String> names = new ArrayList<>();
        if (!Files.isDirectory(NAMESPACES)) return names;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(NAMESPACES)) {
            for (Path entry : entries) names.add(entry.getFileName().toString());
            return names;
        } catch (IOException e) {
            throw new LabException("can't read " + NAMESPACES + ": " + e, e);
        }
    }

    private static List<ProcStat> processesIn(String namespace)
            throws LabException, InterruptedException {
        Completed pids =
                LabProcess.start(List.of("ip", "netns", "pids", namespace)).await(IP_TIMEOUT);
        return pids.output()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .flatMap(pid -> ProcStat.of(Long.parseLong(pid)).stream())
                .toList();
    }

    private static void end(List<ProcStat> processes) throws LabException, InterruptedException {
        List<ProcessHandle> alive =
                processes.stream()
                        .filter(ProcStat::isAlive)
                        .flatMap(process -> ProcessHandle.of(process.pid()).stream())
                        .toList();
        alive.forEach(ProcessHandle::destroy);
        if (gone(alive, LabProcess.TERM_GRACE)) return;
        alive.forEach(ProcessHandle::destroyForcibly);
        if (!gone(alive, LabProcess.KILL_GRACE)) {
            throw new LabException("these processes can't be killed: " + alive);
        }
    }

    private static boolean gone(List<ProcessHandle> processes, Duration within)
            throws LabException, InterruptedException {
        var all =
                CompletableFuture.allOf(
                        processes.stream()
                                .map(ProcessHandle::onExit)
                                .toArray(CompletableFuture<?>[]::new));
        try {
            all.get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new LabException("can't wait for the end of " + processes, e);
        }
    }
}
