package org.flowshield.node.cli.share;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.node.api.SellingStatus;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.cli.remote.DaemonOptions;
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
            "Stops selling: sessions end, and the daemon does not begin again by itself.",
            "What was staked stays staked: flowshield share unstake."
        })
final class OffCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Mixin private final DaemonOptions daemon = new DaemonOptions();

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        try (LocalDesk desk = new WalletOptions().desk(daemon.socket(), null)) {
            SellingStatus _ = desk.share().off();
        } catch (DeskException e) {
            throw CommandFailedException.of(e);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", "off");
        output.print(
                "not sharing any more. Your stake stays where it is; to have it back in 14 days:"
                        + " flowshield share unstake",
                json);
        return ExitStatus.OK.code();
    }
}
