package org.flowshield.node.restore;

import java.util.List;
import java.util.Optional;

/**
 * The network namespace in which routes, rules and settings are changed. Safe for use by any
 * thread; calls block.
 */
public interface Machine {

    /** The number of what is in no namespace of the network; no namespace has it. */
    long NO_NAMESPACE = 0;

    /** The number of the namespace: as long as the system runs no other one gets it. */
    long namespace();

    /**
     * Runs a program with its arguments; no shell is involved.
     *
     * @return what it printed
     * @throws MachineException if it can't be started, fails, or does not end in time
     */
    String run(List<String> command) throws MachineException;

    /** The same with something to read on its standard input. */
    String run(List<String> command, String input) throws MachineException;

    /**
     * A text that is another as soon as an address or a route is, and costs little to get.
     *
     * @return empty if nothing tells of that
     */
    default Optional<String> networkState() {
        return Optional.empty();
    }

    /**
     * The value of a kernel setting.
     *
     * @param path below the settings of the network, for instance {@code ipv4/ip_forward}
     * @return empty if there is no such setting
     */
    Optional<String> setting(String path) throws MachineException;

    /** Gives a kernel setting a value. */
    void set(String path, String value) throws MachineException;

    /** The names below a folder of settings, sorted; empty if there is none. */
    List<String> settings(String folder) throws MachineException;
}
