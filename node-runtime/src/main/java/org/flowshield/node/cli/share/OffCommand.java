package org.flowshield.node.cli.share;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.cli.remote.DaemonOptions;
import org.flowshield.node.cli.remote.ScheduleText;
import org.flowshield.node.cli.wallet.WalletOptions;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.LocalDesk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops selling. */
@Command(
        name = "off",
        mixinStandardHelpOptions = true,
        description = {
            "Stops selling: sessions end, and the daemon does not begin again by itself, unless there"
                    + " is a schedule, whose hours begin: flowshield share schedule --off.",
            "What was staked stays staked: flowshield share unstake."
        })
final class OffCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Mixin private final DaemonOptions daemon = new DaemonOptions();

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        RoleStatus off;
        try (LocalDesk desk = new WalletOptions().desk(daemon.socket(), null)) {
            off = desk.share().off();
        } catch (DeskException e) {
            throw CommandFailedException.of(e);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", "off");
        json.put("until", off.until() == null ? null : off.until().toString());
        String state = new ScheduleText(Instant.now(), ZoneId.systemDefault()).state(off);
        output.print(
                (off.until() == null
                                ? "not sharing any more."
                                : state + "; to end that: flowshield share schedule --off.")
                        + " Your stake stays where it is; to have it back in 14 days:"
                        + " flowshield share unstake",
                json);
        return ExitStatus.OK.code();
    }
}
