package org.flowshield.node.cli.system;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Undoes what {@code install} did. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = {
            "Stops the service, switches it off and takes away what 'install' made.",
            "The node's data stays where it is: keys and what is owed to it lie there."
        })
final class RemoveCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();
    @Mixin private final RootOption root = new RootOption();

    @Override
    public Integer call() throws CommandFailedException {
        SystemService.Report report = root.service().remove();
        report.did().forEach(output::text);
        if (output.json()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("installed", false);
            all.put("unit", report.unit().toString());
            all.put("did", report.did());
            output.json(all);
        }
        return ExitStatus.OK.code();
    }
}
