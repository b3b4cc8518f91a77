package org.flowshield.node.restore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts changes back on one machine. What somebody else has changed meanwhile is left to them. */
final class Restorer {

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
        for (Change change : changes.reversed()) {
            try {
                switch (change) {
                    case Change.NftTable table -> remove(table);
                    case Change.Rule rule -> remove(rule);
                    case Change.RouteTable table -> remove(table);
                    case Change.Setting setting -> settings.addFirst(setting);
                    case Change.SettingsFile file -> putBack(file);
                }
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

    private void remove(Change.Rule rule) throws MachineException {
        List<String> command =
                new ArrayList<>(List.of("ip", rule.family().option(), "rule", "del"));
        command.addAll(rule.words());
        runUnlessGone(command, "No such file or directory");
    }

    private void remove(Change.RouteTable table) throws MachineException {
        runUnlessGone(
                List.of(
                        "ip",
                        table.family().option(),
                        "route",
                        "flush",
                        "table",
                        Integer.toString(table.number())),
                "FIB table does not exist");
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

    private void runUnlessGone(List<String> command, String wordsOfGone) throws MachineException {
        try {
            machine.run(command);
        } catch (MachineException e) {
            if (!String.valueOf(e.getMessage()).contains(wordsOfGone)) {
                throw e;
            }
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
