package org.flowshield.node.restore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowshield.node.restore.Change.Family;

/** Puts changes back on one machine. What somebody else has changed meanwhile is left to them. */
final class Restorer {

    /** Of iproute2, where what is to be removed is not there; the last two follow on a reason. */
    private static final List<String> WORDS_OF_GONE =
            List.of(
                    "No such file or directory",
                    "FIB table does not exist",
                    "Flush terminated",
                    "Command failed -:");

    private final Machine machine;

    Restorer(Machine machine) {
        this.machine = machine;
    }

    /**
     * Puts back all that it can, the last change first.
     *
     * @throws MachineException if something stays; the message says what
     */
    void putBack(List<Change> changes) throws MachineException {
        List<MachineException> failures = new ArrayList<>();
        List<Change.Setting> settings = new ArrayList<>();
        Map<Family, List<String>> routing = new EnumMap<>(Family.class);
        for (Change change : changes.reversed()) {
            try {
                switch (change) {
                    case Change.NftTable table -> remove(table);
                    case Change.Rule(Family family, List<String> words) ->
                            line(routing, family, "rule del " + String.join(" ", words));
                    case Change.RouteTable(Family family, int number) ->
                            line(routing, family, "route flush table " + number);
                    case Change.Setting setting -> settings.addFirst(setting);
                    case Change.SettingsFile file -> putBack(file);
                }
            } catch (MachineException e) {
                failures.add(e);
            }
        }
        for (Map.Entry<Family, List<String>> entry : routing.entrySet()) {
            try {
                remove(entry.getKey(), entry.getValue());
            } catch (MachineException e) {
                failures.add(e);
            }
        }
        try {
            putBackSettings(settings);
        } catch (MachineException e) {
            failures.add(e);
        }
        if (!failures.isEmpty()) {
            MachineException first = failures.removeFirst();
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }

    private void remove(Change.NftTable table) throws MachineException {
        String name = table.family() + " " + table.name();
        // Adding first makes the removal succeed whether the table exists or not.
        machine.run(
                List.of("nft", "-f", "-"), "add table %s\ndelete table %s\n".formatted(name, name));
    }

    private static void line(Map<Family, List<String>> routing, Family family, String line) {
        routing.computeIfAbsent(family, _ -> new ArrayList<>()).add(line);
    }

    /** By one process, since each takes some ten milliseconds; it goes on where a line fails. */
    private void remove(Family family, List<String> lines) throws MachineException {
        try {
            String _ =
                    machine.run(
                            List.of("ip", family.option(), "-force", "-batch", "-"),
                            String.join("\n", lines) + "\n");
        } catch (MachineException e) {
            boolean gone =
                    e.reason() == MachineException.Reason.FAILED
                            && String.valueOf(e.getMessage()).lines().allMatch(Restorer::isOfGone);
            if (!gone) {
                throw e;
            }
        }
    }

    /** Whether a line that the program printed only says that something was gone already. */
    private static boolean isOfGone(String line) {
        return WORDS_OF_GONE.stream().anyMatch(line::contains);
    }

    private static void putBack(Change.SettingsFile file) throws MachineException {
        Path path = Path.of(file.path());
        try {
            if (FileState.of(path).equals(file.ours())) {
                file.before().write(path);
            }
        } catch (IOException e) {
            throw new MachineException(
                    MachineException.Reason.FAILED, "can't put " + path + " back: " + e, e);
        }
    }

    /**
     * One setting can change others (forwarding resets those of each interface), so what each is to
     * be is found out first, then each is written, and then once more where it did not stay.
     */
    private void putBackSettings(List<Change.Setting> settings) throws MachineException {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (Change.Setting setting : settings) {
            Optional<String> current = machine.setting(setting.path());
            if (current.isPresent()) {
                boolean untouched = current.orElseThrow().equals(setting.ours());
                wanted.put(setting.path(), untouched ? setting.before() : current.orElseThrow());
            }
        }
        for (int pass = 0; pass < 2; pass++) {
            for (Map.Entry<String, String> entry : wanted.entrySet()) {
                Optional<String> current = machine.setting(entry.getKey());
                if (current.isPresent() && !current.orElseThrow().equals(entry.getValue())) {
                    machine.set(entry.getKey(), entry.getValue());
                }
            }
        }
    }
}
