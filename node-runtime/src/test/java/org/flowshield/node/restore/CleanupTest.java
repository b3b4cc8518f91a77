package org.flowshield.node.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.flowshield.node.restore.Change.Family;
import org.flowshield.node.restore.Cleanup.Outcome;
import org.flowshield.node.restore.Cleanup.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CleanupTest {

    private static final List<Change> CHANGES =
            List.of(
                    new Change.Setting("a", "0", "1"),
                    new Change.RouteTable(Family.V4, 7),
                    new Change.Rule(Family.V6, List.of("pref", "9", "lookup", "7")),
                    new Change.NftTable("inet", "flowshield_exit"));

    @TempDir private Path folder;

    private final FakeMachine machine = new FakeMachine();

    @Test
    void the_changes_of_a_process_that_is_gone_are_put_back_last_first() throws Exception {
        machine.settings.put("a", "1");
        leaveBehind(CHANGES);
        assertThat(cleanup()).extracting(Result::outcome).containsExactly(Outcome.PUT_BACK);
        assertThat(machine.commands)
                .containsExactly(
                        "nft -f -",
                        "ip -4 -force -batch - < route flush table 7",
                        "ip -6 -force -batch - < rule del pref 9 lookup 7");
        assertThat(machine.settings).containsEntry("a", "0");
        assertThat(new ChangeJournal(folder).files()).isEmpty();
    }

    @Test
    void the_changes_of_a_running_process_are_its_own() throws Exception {
        new ChangeJournal(folder).record("the exit", CHANGES, machine);
        assertThat(cleanup()).extracting(Result::outcome).containsExactly(Outcome.IN_USE);
        assertThat(machine.commands).isEmpty();
        assertThat(new ChangeJournal(folder).files()).hasSize(1);
    }

    @Test
    void a_process_with_a_reused_id_is_another() throws Exception {
        new ChangeJournal(folder).record("the exit", CHANGES, machine);
        Path file = new ChangeJournal(folder).files().getFirst();
        String record = Files.readString(file);
        Files.writeString(file, record.replaceFirst("\"started\":\\d+", "\"started\":1"));
        assertThat(cleanup()).extracting(Result::outcome).containsExactly(Outcome.PUT_BACK);
    }

    @Test
    void a_record_whose_namespace_is_gone_is_forgotten() throws Exception {
        leaveBehind(CHANGES);
        machine.namespace = 5;
        assertThat(cleanup()).extracting(Result::outcome).containsExactly(Outcome.GONE);
        assertThat(machine.commands).isEmpty();
        assertThat(new ChangeJournal(folder).files()).isEmpty();
    }

    @Test
    void what_can_not_be_put_back_keeps_its_record_and_does_not_keep_from_the_rest()
            throws Exception {
        machine.settings.put("a", "1");
        machine.failing = "ip -6";
        leaveBehind(CHANGES);
        assertThat(cleanup()).extracting(Result::outcome).containsExactly(Outcome.FAILED);
        assertThat(machine.settings).containsEntry("a", "0");
        assertThat(new ChangeJournal(folder).files()).hasSize(1);
    }

    @Test
    void what_is_gone_already_is_no_failure() throws Exception {
        machine.failing = "ip -6";
        machine.refusal =
                """
                'ip -6 -force -batch -' failed with status 1: RTNETLINK answers: No such file or directory
                Command failed -:1
                Error: ipv6: FIB table does not exist.
                Flush terminated
                Command failed -:2\
                """;
        leaveBehind(CHANGES);
        assertThat(cleanup()).extracting(Result::outcome).containsExactly(Outcome.PUT_BACK);
    }

    @Test
    void a_failure_among_what_is_gone_is_a_failure() throws Exception {
        machine.failing = "ip -6";
        machine.refusal =
                """
                'ip -6 -force -batch -' failed with status 1: RTNETLINK answers: No such file or directory
                Command failed -:1
                RTNETLINK answers: Operation not permitted
                Command failed -:2\
                """;
        leaveBehind(CHANGES);
        assertThat(cleanup()).extracting(Result::outcome).containsExactly(Outcome.FAILED);
    }

    @Test
    void a_setting_that_somebody_else_has_changed_is_theirs() throws Exception {
        machine.settings.put("a", "2");
        leaveBehind(List.of(new Change.Setting("a", "0", "1")));
        cleanup();
        assertThat(machine.settings).containsEntry("a", "2");
    }

    @Test
    void a_setting_that_is_gone_is_left_alone() throws Exception {
        leaveBehind(List.of(new Change.Setting("a", "0", "1")));
        assertThat(cleanup()).extracting(Result::outcome).containsExactly(Outcome.PUT_BACK);
        assertThat(machine.settings).isEmpty();
    }

    @Test
    void a_record_that_can_not_be_understood_is_named() throws Exception {
        Files.writeString(folder.resolve("1-1.json"), "{\"format\":1,");
        List<Result> results = cleanup();
        assertThat(results).extracting(Result::outcome).containsExactly(Outcome.FAILED);
        assertThat(results.getFirst().what()).contains("1-1.json");
    }

    @Test
    void nothing_was_ever_recorded() throws Exception {
        assertThat(new ChangeJournal(folder.resolve("missing")).files()).isEmpty();
    }

    private List<Result> cleanup() throws Exception {
        return new Cleanup(
                        new ChangeJournal(folder),
                        number ->
                                number == machine.namespace
                                        ? Optional.of(machine)
                                        : Optional.empty())
                .run();
    }

    /** As a killed process does: the record is there, its process is not. */
    private void leaveBehind(List<Change> changes) throws Exception {
        ChangeJournal journal = new ChangeJournal(folder);
        journal.record("the exit", changes, machine);
        Path file = journal.files().getFirst();
        String record = Files.readString(file);
        Files.writeString(file, record.replaceFirst("\"process\":\\d+", "\"process\":999999999"));
    }

    /** Takes every command and remembers it. */
    private static final class FakeMachine implements Machine {

        private final List<String> commands = new ArrayList<>();
        private final Map<String, String> settings = new TreeMap<>();
        private String failing = "nothing";
        private String refusal = "no";
        private long namespace = 4;

        @Override
        public long namespace() {
            return namespace;
        }

        @Override
        public String run(List<String> command) throws MachineException {
            return run(command, "");
        }

        @Override
        public String run(List<String> command, String input) throws MachineException {
            String words = String.join(" ", command);
            if (words.startsWith(failing)) {
                throw new MachineException(MachineException.Reason.FAILED, refusal);
            }
            commands.add(words.startsWith("ip") ? words + " < " + input.strip() : words);
            return "";
        }

        @Override
        public Optional<String> setting(String path) {
            return Optional.ofNullable(settings.get(path));
        }

        @Override
        public void set(String path, String value) {
            settings.put(path, value);
        }

        @Override
        public List<String> settings(String folder) {
            return List.copyOf(settings.keySet());
        }
    }
}
