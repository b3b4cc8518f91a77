package org.flowshield.node.wallet.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A history as a table for spreadsheets (RFC 4180), with a head line. Pure. */
public final class HistoryCsv {

    private static final String HEAD =
            "signed_at,block,direction,action,amount,coin,peer,fee,state,transaction";

    private HistoryCsv() {}

    /** Its lines, without their ends. */
    public static List<String> lines(List<HistoryEntry> entries) {
        List<String> lines = new ArrayList<>();
        lines.add(HEAD);
        for (HistoryEntry entry : entries) {
            Fate fate = entry.fate();
            lines.add(
                    String.join(
                            ",",
                            Objects.toString(entry.at(), ""),
                            Objects.toString(fate.block(), ""),
                            entry.incoming() ? "in" : "out",
                            quoted(entry.action()),
                            entry.coin().decimal(entry.units()),
                            entry.coin().label(),
                            entry.peer().toString(),
                            fate.fee() == null ? "" : fate.fee().decimal(),
                            fate.state().label(),
                            entry.hash().toString()));
        }
        return lines;
    }

    /** Quoted if need be; never a formula for a spreadsheet, which begins with one of these. */
    private static String quoted(String text) {
        String safe =
                !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.matches("[^\",\r\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
