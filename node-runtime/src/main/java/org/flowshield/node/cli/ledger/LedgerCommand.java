package org.flowshield.node.cli.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.daemon.DataDirectory;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.Opening;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.ledger.sqlite.SqliteLedger;
import org.flowshield.node.settlement.VoucherFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks after the ledger of a daemon that does not run. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = "Checks, mends or copies the record of money of a daemon that does not run.")
public final class LedgerCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's model");
        }
        throw new ParameterException(spec.commandLine(), "a verb is missing");
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Checks every voucher and row, and puts right what a crash has left.",
                "Says \"sound\", \"repaired\" or \"damaged\". The daemon does the same when it starts."
            })
    int check(@Mixin Output output, @Mixin Where where) throws CommandFailedException {
        return told(output, opened(where.folder(), false)).code();
    }

    @Command(
            name = "rebuild",
            mixinStandardHelpOptions = true,
            description = {
                "Makes the database anew out of the second copy of the vouchers.",
                "The damaged one is kept in a folder beside it. Sessions and spending caps are lost."
            })
    int rebuild(@Mixin Output output, @Mixin Where where) throws CommandFailedException {
        return told(output, opened(where.folder(), true)).code();
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = {
                "Writes a copy of the last voucher of each channel, for a watchtower.",
                "They are the channels that this node is paid in. There is nothing secret in the copy:"
                        + " whoever redeems it pays this node."
            })
    int export(
            @Mixin Output output,
            @Mixin Where where,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "DIR",
                            description = "Where the files go; made if it does not exist.")
                    Path to)
            throws CommandFailedException {
        try (Ledger ledger = usable(opened(where.folder(), false))) {
            List<String> written = export(ledger, to);
            output.print(
                    written.isEmpty()
                            ? "no channel holds a voucher"
                            : String.join(System.lineSeparator(), written),
                    Map.of("files", written));
            return ExitStatus.OK.code();
        } catch (LedgerException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitStatus.FAILED,
                    "not_written",
                    "the copies can't be written to " + to + ": " + e.getMessage(),
                    "give another --to",
                    e);
        }
    }

    private static List<String> export(Ledger ledger, Path to) throws LedgerException, IOException {
        Files.createDirectories(to);
        List<String> written = new ArrayList<>();
        for (ChannelRecord channel : ledger.channels(Side.PAYEE)) {
            Optional<SignedVoucher> voucher = ledger.latest(channel.id(), Side.PAYEE);
            if (voucher.isPresent()) {
                Path file = to.resolve(channel.id() + ".json");
                Files.write(file, VoucherFile.of(channel, voucher.get()).encode());
                written.add(file.toString());
            }
        }
        return written;
    }

    // ------------------------------------------------------------ opening

    /** Where the ledger is. A mixin of each verb. */
    static final class Where {

        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "The daemon's data directory (default: ${DEFAULT-VALUE}).")
        private Path data = DataDirectory.SYSTEM;

        Path folder() throws CommandFailedException {
            Path folder = data.resolve("ledger");
            if (!Files.isDirectory(folder)) {
                throw new CommandFailedException(
                        ExitStatus.FAILED,
                        "no_ledger",
                        "there is no ledger in " + data,
                        "name the daemon's data directory with --data");
            }
            return folder;
        }
    }

    private static Opening opened(Path folder, boolean anew) throws CommandFailedException {
        try {
            return anew
                    ? SqliteLedger.rebuild(folder, Clock.systemUTC())
                    : SqliteLedger.open(folder, Clock.systemUTC());
        } catch (LedgerException e) {
            throw failed(e);
        }
    }

    private static Ledger usable(Opening opening) throws CommandFailedException {
        return switch (opening) {
            case Opening.Sound(Ledger ledger) -> ledger;
            case Opening.Repaired(Ledger ledger, List<String> _) -> ledger;
            case Opening.Damaged damaged ->
                    throw new CommandFailedException(
                            ExitStatus.FAILED,
                            "ledger_damaged",
                            "the ledger is damaged: %s (%s)"
                                    .formatted(damaged.what(), damaged.where()),
                            damaged.action());
        };
    }

    private static CommandFailedException failed(LedgerException e) {
        ExitStatus status =
                switch (e.reason()) {
                    case IN_USE, NEWER_SCHEMA -> ExitStatus.REFUSED;
                    case NO_PERMISSION -> ExitStatus.PERMISSION;
                    case READ_ONLY, DISK_FULL, DISK_FAILED, DAMAGED, CLOSED -> ExitStatus.FAILED;
                };
        return new CommandFailedException(
                status,
                "ledger_" + e.reason().name().toLowerCase(Locale.ROOT),
                String.valueOf(e.getMessage()),
                e.action(),
                e);
    }

    private static ExitStatus told(Output output, Opening opening) throws CommandFailedException {
        Map<String, Object> json = new LinkedHashMap<>();
        try (Ledger _ = usable(opening)) {
            List<String> repairs =
                    opening instanceof Opening.Repaired repaired ? repaired.what() : List.of();
            json.put("state", repairs.isEmpty() ? "sound" : "repaired");
            json.put("repairs", repairs);
            output.print(
                    repairs.isEmpty() ? "sound" : "repaired:\n  " + String.join("\n  ", repairs),
                    json);
            return ExitStatus.OK;
        }
    }
}
