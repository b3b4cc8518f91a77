package org.flowshield.node.cli.system;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says whether the daemon is a service here, and how it does. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Says whether the service is installed, switched on and running.",
            "What the node itself does is told by 'flowshield status'."
        })
final class StatusCommand implements Callable<Integer> {

    private static final String LOG = "journalctl -u flowshieldd -e";

    @Mixin private final Output output = new Output();
    @Mixin private final RootOption root = new RootOption();

    @Override
    public Integer call() throws CommandFailedException {
        ServiceStatus status = root.service().status();
        if (output.json()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("installed", status.installed());
            all.put("unit", status.unit().map(Object::toString).orElse(null));
            all.put("by", status.source().name().toLowerCase(Locale.ROOT));
            all.put("enabled", status.enabled());
            all.put("state", status.state().name().toLowerCase(Locale.ROOT));
            all.put("log", LOG);
            output.json(all);
            return ExitStatus.OK.code();
        }
        if (!status.installed()) {
            output.text("the service is not installed; sudo flowshield service install");
            return ExitStatus.OK.code();
        }
        output.text(
                "installed: " + status.unit().map(Object::toString).orElse("") + origin(status));
        output.text(status.enabled() ? "starts with the machine" : "does not start by itself");
        output.text(
                switch (status.state()) {
                    case RUNNING -> "runs";
                    case STOPPED -> "does not run; sudo systemctl start flowshieldd";
                    case FAILED -> "has failed; its log says why";
                    case UNKNOWN -> "whether it runs can't be told: systemd does not run there";
                });
        output.text("log: " + LOG);
        return ExitStatus.OK.code();
    }

    private static String origin(ServiceStatus status) {
        return switch (status.source()) {
            case PACKAGE -> ", of a package";
            case VERB -> ", by 'flowshield service install'";
            case NONE -> "";
        };
    }
}
