package org.flowshield.node.lab;

/**
 * How a command ended.
 *
 * @param exitCode as the command gave it; 128 and the signal's number if it was killed
 * @param output its standard output, only the last {@link LabProcess#MAX_OUTPUT} characters of it
 * @param errors its standard error, bounded likewise
 */
public record Completed(int exitCode, String output, String errors) {

    public boolean succeeded() {
        return exitCode == 0;
    }
}
