package org.flowshield.node.ledger.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a disk holds after the power was cut. What was flushed is there; of what was written since,
 * anything may be there and anything may not, by sectors; a new file's name is there once its
 * folder was flushed.
 */
final class SimulatedDisk {

    /** The least that a disk writes as a whole. */
    private static final int SECTOR = 512;

    /** What becomes of writes that were not flushed. */
    enum Unflushed {
        LOST,
        KEPT,
        /** Some of their sectors are there. */
        TORN
    }

    private static final class File {
        byte[] flushed = {};
        final List<TracedCall> pending = new ArrayList<>();
    }

    private final Path folder;
    private final Map<Path, File> files = new HashMap<>();

    /** Files whose names would outlast a power cut. */
    private final Set<Path> named = new HashSet<>();

    /** A disk with what is in a folder, all of it flushed. */
    SimulatedDisk(Path initial, Path folder) throws IOException {
        this.folder = folder;
        for (String name : CrashLab.files()) {
            if (Files.exists(initial.resolve(name))) {
                File file = new File();
                file.flushed = Files.readAllBytes(initial.resolve(name));
                files.put(folder.resolve(name), file);
                named.add(folder.resolve(name));
            }
        }
    }

    void apply(TracedCall call) {
        if (call.file().equals(folder)) {
            named.addAll(files.keySet());
            return;
        }
        File file = files.computeIfAbsent(call.file(), _ -> new File());
        switch (call.name()) {
            case "fsync", "fdatasync" -> {
                file.flushed = after(file, file.pending, null);
                file.pending.clear();
            }
            case "unlink" -> {
                // the name may outlast the power cut: the file is kept as it is
            }
            default -> file.pending.add(call);
        }
    }

    /** Writes what would be found into a folder. */
    void cutPower(Path into, Unflushed unflushed, Random random) throws IOException {
        Files.createDirectories(into);
        for (Map.Entry<Path, File> entry : files.entrySet()) {
            if (named.contains(entry.getKey()) || survives(unflushed, random)) {
                File file = entry.getValue();
                byte[] found =
                        switch (unflushed) {
                            case LOST -> file.flushed;
                            case KEPT -> after(file, file.pending, null);
                            case TORN -> after(file, file.pending, random);
                        };
                Files.write(into.resolve(entry.getKey().getFileName()), found);
            }
        }
    }

    private static boolean survives(Unflushed unflushed, Random random) {
        return switch (unflushed) {
            case LOST -> false;
            case KEPT -> true;
            case TORN -> random.nextBoolean();
        };
    }

    private static byte[] after(File file, List<TracedCall> calls, @Nullable Random random) {
        byte[] content = file.flushed.clone();
        for (TracedCall call : calls) {
            if (call.name().equals("ftruncate")) {
                if (random == null || random.nextBoolean()) {
                    content = Arrays.copyOf(content, Math.toIntExact(call.number()));
                }
                continue;
            }
            int offset = Math.toIntExact(call.number());
            byte[] bytes = call.bytes();
            for (int from = 0; from < bytes.length; ) {
                int to =
                        Math.min(bytes.length, (offset + from) / SECTOR * SECTOR + SECTOR - offset);
                if (random == null || random.nextBoolean()) {
                    content = Arrays.copyOf(content, Math.max(content.length, offset + to));
                    System.arraycopy(bytes, from, content, offset + from, to - from);
                }
                from = to;
            }
        }
        return content;
    }
}
