package org.flowshield.node.cli.share;

import org.flowshield.node.cli.remote.ScheduleCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sells this machine's bandwidth. */
@Command(
        name = "share",
        mixinStandardHelpOptions = true,
        description = {
            "Sells this machine's bandwidth for FLOW.",
            "The wallet stakes and takes the node as its own, the daemon serves. Every verb looks"
                    + " first what is done already, and does what is missing."
        },
        subcommands = {
            OnCommand.class,
            OffCommand.class,
            StatusCommand.class,
            ScheduleCommand.class,
            UnstakeCommand.class,
            WithdrawCommand.class,
        })
public final class ShareCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's model");
        }
        throw new ParameterException(
                spec.commandLine(), "say what: on, off, status, schedule, unstake or withdraw");
    }
}
