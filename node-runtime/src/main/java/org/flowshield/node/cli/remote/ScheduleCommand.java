package org.flowshield.node.cli.remote;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.schedule.ScheduleChange;
import org.flowshield.node.api.schedule.ScheduleStatus;
import org.flowshield.node.hours.MalformedHoursException;
import org.flowshield.node.hours.WeeklyHours;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flowshield share schedule}: shows and changes the hours in which the daemon sells. */
@Command(
        name = "schedule",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows the hours in which the daemon shares, or has it share in other ones.",
            "It switches the provider role on and off by them, in the machine's local time, also"
                    + " after a restart. Sessions that are open when the hours end, end. What is"
                    + " switched by hand holds until the hours begin or end the next time."
        },
        footer = {
            "",
            "Example: in the night of working days, and all of the weekend:",
            "  flowshield share schedule mon-fri=22-7 sat-sun=0-24",
            "Example: no longer:",
            "  flowshield share schedule --off"
        })
public final class ScheduleCommand extends RemoteVerb {

    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "HOURS",
            arity = "0..*",
            description = {
                "Days and hours such as mon-fri=22-7 or sat=0-24, or never; hours that do not end"
                        + " after they begin end on the next day. Days that are not named have"
                        + " none."
            })
    private List<String> hours = new ArrayList<>();

    @ArgGroup private @Nullable Following following;

    /** Whether the daemon goes by the hours. */
    static final class Following {

        @Option(names = "--on", description = "Follows the hours that are kept, or named here.")
        private boolean on;

        @Option(
                names = "--off",
                description = "Follows none, and leaves sharing as it is; they are kept.")
        private boolean off;

        boolean isWanted() {
            return on && !off;
        }
    }

    @Override
    void run(NodeClient client) throws NoDaemonException, RefusedException, InterruptedException {
        WeeklyHours chosen = hours.isEmpty() ? null : parsed();
        Following said = following;
        ScheduleStatus schedule =
                chosen == null && said == null
                        ? client.schedule().status()
                        : client.schedule()
                                .change(
                                        new ScheduleChange(
                                                said == null || said.isWanted(), chosen));
        printLines(
                new ScheduleText(Instant.now(), ZoneId.of(schedule.zone())).table(schedule),
                schedule);
    }

    private WeeklyHours parsed() {
        try {
            return WeeklyHours.parse(String.join(",", hours));
        } catch (MalformedHoursException e) {
            if (spec == null) {
                throw new IllegalStateException("picocli did not set the command's model", e);
            }
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
