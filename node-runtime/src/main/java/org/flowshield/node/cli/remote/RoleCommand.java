package org.flowshield.node.cli.remote;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Switches what the daemon does. */
@Command(
        name = "role",
        mixinStandardHelpOptions = true,
        description = "Switches a role of the daemon on or off: client, provider or fullnode.",
        subcommands = {RoleCommand.Enable.class, RoleCommand.Disable.class})
public final class RoleCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's model");
        }
        throw new ParameterException(spec.commandLine(), "say which: enable or disable");
    }

    /** The roles by the names that people write. */
    static final class RoleConverter implements ITypeConverter<RoleName> {
        @Override
        public RoleName convert(String value) {
            return RoleName.parse(value)
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "'"
                                                    + value
                                                    + "' is no role; roles: "
                                                    + String.join(", ", labels())));
        }
    }

    /** For shell completion. */
    static final class RoleLabels implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return labels().iterator();
        }
    }

    private static List<String> labels() {
        return Arrays.stream(RoleName.values()).map(RoleName::label).toList();
    }

    /** One of the two. */
    abstract static class Switch extends RemoteVerb {

        @Parameters(
                paramLabel = "ROLE",
                converter = RoleConverter.class,
                completionCandidates = RoleLabels.class,
                description = "One of: ${COMPLETION-CANDIDATES}.")
        private @Nullable RoleName role;

        abstract RoleStatus apply(NodeClient client, RoleName role)
                throws NoDaemonException, RefusedException, InterruptedException;

        @Override
        final void run(NodeClient client)
                throws NoDaemonException, RefusedException, InterruptedException {
            if (role == null) {
                throw new IllegalStateException("picocli did not set the role");
            }
            RoleStatus now = apply(client, role);
            print(new StatusText(Instant.now(), ZoneId.systemDefault()).role(now), now);
        }
    }

    /** {@code flowshield role enable}. */
    @Command(
            name = "enable",
            mixinStandardHelpOptions = true,
            description = "Switches a role on; returns when it runs.")
    static final class Enable extends Switch {
        @Override
        RoleStatus apply(NodeClient client, RoleName role)
                throws NoDaemonException, RefusedException, InterruptedException {
            return client.enable(role);
        }
    }

    /** {@code flowshield role disable}. */
    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = "Switches a role off; returns when all that it changed is put back.")
    static final class Disable extends Switch {
        @Override
        RoleStatus apply(NodeClient client, RoleName role)
                throws NoDaemonException, RefusedException, InterruptedException {
            return client.disable(role);
        }
    }
}
