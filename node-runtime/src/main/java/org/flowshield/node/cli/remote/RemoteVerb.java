package org.flowshield.node.cli.remote;

import java.util.List;
import java.util.concurrent.Callable;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.json.ApiJson;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import picocli.CommandLine.Mixin;

/** A verb that a running daemon carries out: what all of them have in common. */
abstract class RemoteVerb implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Mixin private final DaemonOptions daemon = new DaemonOptions();

    @Override
    public final Integer call() throws CommandFailedException, InterruptedException {
        try (NodeClient client = new NodeClient(daemon.socket())) {
            run(client);
            return ExitStatus.OK.code();
        } catch (NoDaemonException e) {
            throw DaemonOptions.failed(e);
        } catch (RefusedException e) {
            throw CommandFailedException.of(e);
        }
    }

    /** Does it and prints what came of it. */
    abstract void run(NodeClient client)
            throws NoDaemonException,
                    RefusedException,
                    CommandFailedException,
                    InterruptedException;

    final Output output() {
        return output;
    }

    /** Prints text for people, or the value as the API writes it. */
    final void print(String text, Object value) {
        if (output.json()) {
            output.json(ApiJson.strict().valueToTree(value));
        } else {
            output.text(text);
        }
    }

    /** Prints lines for people, or the value as the API writes it. */
    final void printLines(List<String> lines, Object value) {
        print(String.join(System.lineSeparator(), lines), value);
    }
}
