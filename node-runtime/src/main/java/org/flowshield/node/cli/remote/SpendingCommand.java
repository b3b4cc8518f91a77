package org.flowshield.node.cli.remote;

import java.time.ZoneId;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.client.NodePayments;
import org.flowshield.node.api.payment.Spending;
import org.flowshield.node.api.payment.SpendingCaps;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows and changes how much the daemon may spend. */
@Command(
        name = "spending",
        mixinStandardHelpOptions = true,
        description = "Shows what the daemon has spent, and the caps that it keeps to.",
        subcommands = {SpendingCommand.Show.class, SpendingCommand.Set.class})
public final class SpendingCommand extends RemoteVerb {

    @Override
    void run(NodeClient client) throws NoDaemonException, RefusedException, InterruptedException {
        show(this, client.payments().spending());
    }

    private static void show(RemoteVerb verb, Spending spending) {
        verb.printLines(new MoneyText(ZoneId.systemDefault()).spending(spending), spending);
    }

    /** {@code flowshield spending show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows what was spent, and the caps.")
    static final class Show extends RemoteVerb {
        @Override
        void run(NodeClient client)
                throws NoDaemonException, RefusedException, InterruptedException {
            show(this, client.payments().spending());
        }
    }

    /** {@code flowshield spending set}. */
    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Changes caps; those that are not named stay.",
                "They hold at once, for a session that is open too, and after a restart. 0 spends"
                        + " nothing."
            },
            footer = {
                "",
                "Example: at most 2 FLOW a day, 30 a month:",
                "  flowshield spending set --per-day 2 --per-month 30"
            })
    static final class Set extends RemoteVerb {

        @Spec private @Nullable CommandSpec spec;

        @Option(
                names = "--per-session",
                paramLabel = "FLOW",
                converter = AmountConverter.class,
                description = "The most in one session.")
        private @Nullable TokenAmount perSession;

        @Option(
                names = "--per-day",
                paramLabel = "FLOW",
                converter = AmountConverter.class,
                description = "The most in one day, UTC.")
        private @Nullable TokenAmount perDay;

        @Option(
                names = "--per-month",
                paramLabel = "FLOW",
                converter = AmountConverter.class,
                description = "The most in one month, UTC.")
        private @Nullable TokenAmount perMonth;

        @Override
        void run(NodeClient client)
                throws NoDaemonException, RefusedException, InterruptedException {
            if (spec != null && perSession == null && perDay == null && perMonth == null) {
                throw new ParameterException(
                        spec.commandLine(), "say which: --per-session, --per-day or --per-month");
            }
            NodePayments payments = client.payments();
            SpendingCaps before = payments.spending().caps();
            show(
                    this,
                    payments.cap(
                            new SpendingCaps(
                                    perSession == null ? before.perSession() : perSession,
                                    perDay == null ? before.perDay() : perDay,
                                    perMonth == null ? before.perMonth() : perMonth)));
        }
    }
}
