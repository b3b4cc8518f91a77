package org.flowshield.node.cli.system;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the daemon a service, switches it on and starts it. */
@Command(
        name = "install",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes the daemon a service, which starts now and with the machine.",
            "Makes the group flowshield and the data directory /var/lib/flowshield if they are"
                    + " missing, and says all that it does; 'remove' undoes that."
        })
final class InstallCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();
    @Mixin private final RootOption root = new RootOption();

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Puts this user into the group flowshield: may steer the node then.")
    private @Nullable String user;

    @Override
    public Integer call() throws CommandFailedException {
        SystemService.Report report =
                root.service().install(DaemonProgram.ofThisProcess(), Optional.ofNullable(user));
        report.did().forEach(output::text);
        if (output.json()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("installed", true);
            all.put("unit", report.unit().toString());
            all.put("did", report.did());
            output.json(all);
        } else {
            output.text("look at it: flowshield service status; flowshield status");
        }
        return ExitStatus.OK.code();
    }
}
