package org.flowshield.node.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.flowshield.node.demo.Demo;
import org.flowshield.node.demo.DemoReport;
import org.flowshield.node.demo.Playground;
import org.flowshield.node.demo.Prerequisites;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the product at work on one machine, in network namespaces. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Shows all of it in a small internet of network namespaces; needs root.",
            "Connects a client to a provider there, fetches a page and copies 200 MB each way through"
                    + " the tunnel, and checks all of it. Nothing of the machine's own network is"
                    + " touched.",
            "Given a command, it makes the same network and leaves it to that command, which runs"
                    + " on the client's machine until it ends."
        })
final class DemoCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Parameters(
            arity = "0..*",
            paramLabel = "COMMAND",
            description =
                    "What runs in the demo's network, with its arguments, behind --. It finds"
                            + " FLOWSHIELD_SOCKET, FLOWSHIELD_WALLET and FLOWSHIELD_NETWORK in its"
                            + " environment, a home of its own for what it is set to, and accounts"
                            + " of that wallet are given money. Where no clone has a chain, the"
                            + " variable FLOWSHIELD_ANVIL names the program.")
    private List<String> command = List.of();

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        prepare();
        try {
            if (!command.isEmpty()) {
                try (Playground playground = Playground.open(FlowShield.class, this::progress)) {
                    return playground.run(command);
                }
            }
            DemoReport report = new Demo(FlowShield.class, this::progress).run();
            if (output.json()) {
                output.json(report);
            } else {
                output.text("");
                report.table().forEach(output::text);
            }
            return (report.ok() ? ExitStatus.OK : ExitStatus.FAILED).code();
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitStatus.FAILED,
                    "demo_failed",
                    "the demo came to no end: " + e.getMessage(),
                    "nothing was left behind; if in doubt: flowshield cleanup",
                    e);
        }
    }

    private void prepare() throws CommandFailedException, InterruptedException {
        List<String> missing = Prerequisites.missingPackages();
        if (!Prerequisites.isRoot()) {
            throw new CommandFailedException(
                    ExitStatus.PERMISSION,
                    "no_permission",
                    "the demo makes network namespaces and needs root"
                            + (missing.isEmpty()
                                    ? ""
                                    : "; it would also install " + String.join(" ", missing)),
                    "sudo ./flowshield demo");
        }
        if (missing.isEmpty()) {
            return;
        }
        try {
            Prerequisites.install(missing, this::progress);
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitStatus.FAILED,
                    "not_installed",
                    "what the demo needs could not be installed: " + e.getMessage(),
                    "install these by hand and run it again: " + String.join(" ", missing),
                    e);
        }
    }

    private void progress(String line) {
        output.progress("demo: " + line);
    }
}
