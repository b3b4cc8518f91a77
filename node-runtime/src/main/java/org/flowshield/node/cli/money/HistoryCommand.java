package org.flowshield.node.cli.money;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.LocalDesk;
import org.flowshield.node.wallet.history.HistoryCsv;
import org.flowshield.node.wallet.history.HistoryEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells what an account sent and received. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prints what an account sent, with what became of it, and the FLOW that it received.",
            "Needs no password."
        },
        footer = {
            "",
            "States: waiting (handed in), included (in a new block), confirmed, reverted (undone by"
                    + " the contract, only gas was paid), replaced (another one took its place),"
                    + " dropped (the chain has forgotten it or never got it)."
        })
public final class HistoryCommand extends ChainVerb {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    @Option(names = "--csv", description = "Print a table for spreadsheets.")
    private boolean csv;

    @Option(
            names = "--since-block",
            paramLabel = "N",
            description = "Search the chain from this block on (default: the last 100,000).")
    private long since = -1;

    @Override
    protected ExitStatus run(LocalDesk desk, EvmAddress account)
            throws DeskException, InterruptedException {
        print(
                desk.money().history(account, since < 0 ? null : since),
                desk.money().network().gasSymbol());
        return ExitStatus.OK;
    }

    private void print(List<HistoryEntry> entries, String gasSymbol) {
        if (output().json()) {
            output().json(entries.stream().map(HistoryCommand::json).toList());
        } else if (csv) {
            HistoryCsv.lines(entries).forEach(output()::text);
        } else {
            lines(entries, gasSymbol).forEach(output()::text);
        }
    }

    private static List<String> lines(List<HistoryEntry> entries, String gasSymbol) {
        List<String> lines = new ArrayList<>();
        for (HistoryEntry entry : entries) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%-16s  %-9s  %-3s  %s  %s %s  %s  %s",
                            when(entry),
                            entry.fate().state().label(),
                            entry.incoming() ? "in" : "out",
                            entry.coin().text(entry.units(), gasSymbol),
                            entry.incoming() ? "from" : "to",
                            entry.peer(),
                            entry.action(),
                            entry.hash()));
        }
        if (lines.isEmpty()) {
            lines.add("nothing was sent or received");
        }
        return lines;
    }

    private static String when(HistoryEntry entry) {
        if (entry.at() != null) {
            return TIME.format(entry.at().atZone(ZoneId.systemDefault()));
        }
        return entry.fate().block() == null ? "" : "block " + entry.fate().block();
    }

    private static Map<String, Object> json(HistoryEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (entry.at() != null) {
            json.put("signed_at", entry.at().toString());
        }
        if (entry.fate().block() != null) {
            json.put("block", entry.fate().block());
        }
        json.put("direction", entry.incoming() ? "in" : "out");
        json.put("action", entry.action());
        json.put("amount", entry.coin().decimal(entry.units()));
        json.put("coin", entry.coin().label());
        json.put("peer", entry.peer().toString());
        if (entry.fate().fee() != null) {
            json.put("fee", entry.fate().fee().decimal());
        }
        json.put("state", entry.fate().state().label());
        json.put("transaction", entry.hash().toString());
        return json;
    }
}
