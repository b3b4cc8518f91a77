package org.flowshield.node.exit.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.flowshield.node.exit.Egress;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LinuxExitMachineTest {

    /** Three commands find out how a machine reaches the internet. */
    private static final int COMMANDS = 3;

    /** A machine of which nothing but its networks can be asked. */
    private static final class Networks implements Machine {
        private Optional<String> state = Optional.of("one");
        private String address = "203.0.113.2";
        private int commands;

        @Override
        public Optional<String> networkState() {
            return state;
        }

        @Override
        public String run(List<String> command) {
            commands++;
            return command.contains("address")
                    ? """
                    [{"ifname":"eth0","mtu":1500,"link_type":"ether","addr_info":[
                        {"family":"inet","local":"%s","prefixlen":24,"scope":"global"}]}]
                    """
                            .formatted(address)
                    : "[]";
        }

        @Override
        public String run(List<String> command, String input) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long namespace() {
            return NO_NAMESPACE;
        }

        @Override
        public Optional<String> setting(String path) {
            return Optional.empty();
        }

        @Override
        public void set(String path, String value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> settings(String folder) {
            return List.of();
        }
    }

    @TempDir private Path data;

    private final Networks networks = new Networks();

    private LinuxExitMachine machine() {
        return new LinuxExitMachine(networks, new ChangeJournal(data));
    }

    @Test
    void starts_no_program_while_nothing_has_changed() throws Exception {
        LinuxExitMachine machine = machine();

        Egress first = machine.egress();

        assertThat(machine.egress()).isEqualTo(first);
        assertThat(networks.commands).isEqualTo(COMMANDS);
    }

    @Test
    void asks_again_as_soon_as_something_has_changed() throws Exception {
        LinuxExitMachine machine = machine();
        Egress first = machine.egress();
        networks.address = "203.0.113.9";
        networks.state = Optional.of("two");

        assertThat(machine.egress()).isNotEqualTo(first);
        assertThat(networks.commands).isEqualTo(2 * COMMANDS);
    }

    @Test
    void asks_each_time_where_nothing_tells_of_changes() throws Exception {
        networks.state = Optional.empty();
        LinuxExitMachine machine = machine();
        for (int look = 1; look <= 3; look++) {
            var _ = machine.egress();
            assertThat(networks.commands).isEqualTo(look * COMMANDS);
        }
    }

    @Test
    void asks_now_and_then_even_if_nothing_seems_to_have_changed() throws Exception {
        LinuxExitMachine machine = machine();
        for (int look = 0; look <= LinuxExitMachine.LOOKS_BY_STATE + 1; look++) {
            var _ = machine.egress();
        }
        assertThat(networks.commands).isEqualTo(2 * COMMANDS);
    }
}
