package org.flowshield.node.routing.linux;

import java.util.List;

/**
 * Many changes by one process, which reads them.
 *
 * @param command the program and its arguments
 * @param input what it is given to read
 */
record Batch(List<String> command, String input) {
    Batch {
        command = List.copyOf(command);
    }
}
