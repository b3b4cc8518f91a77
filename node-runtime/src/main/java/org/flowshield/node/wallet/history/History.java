package org.flowshield.node.wallet.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.token.Transfer;

/** Puts a wallet's own record and the chain's together. Pure. */
public final class History {

    private static final Fate UNKNOWN = new Fate(Fate.State.UNKNOWN, null, null);

    private History() {}

    /**
     * All that an account sent and received, oldest first; what is in no block comes last.
     *
     * @param sent by the account, as the wallet kept it
     * @param fates what became of these
     * @param transfers of FLOW to and from the account, as the chain has them
     * @param safeBlock the newest block that is not reorganised any more
     */
    public static List<HistoryEntry> merge(
            EvmAddress account,
            List<SentRecord> sent,
            Map<TransactionHash, Fate> fates,
            List<Transfer> transfers,
            long safeBlock) {
        List<HistoryEntry> entries = new ArrayList<>();
        Set<TransactionHash> own = new HashSet<>();
        for (SentRecord record : sent) {
            own.add(record.hash());
            entries.add(
                    new HistoryEntry(
                            record.at(),
                            false,
                            record.action(),
                            record.to(),
                            record.units(),
                            record.coin(),
                            record.hash(),
                            fates.getOrDefault(record.hash(), UNKNOWN)));
        }
        for (Transfer transfer : transfers) {
            boolean incoming = transfer.to().equals(account);
            if (!incoming && own.contains(transfer.log().transaction())) {
                continue; // told by the wallet's own record, and better
            }
            entries.add(entry(transfer, incoming, safeBlock));
        }
        entries.sort(Comparator.comparingLong(History::place));
        return entries;
    }

    private static HistoryEntry entry(Transfer transfer, boolean incoming, long safeBlock) {
        long block = transfer.log().block();
        return new HistoryEntry(
                null,
                incoming,
                incoming ? "receive" : "send",
                incoming ? transfer.from() : transfer.to(),
                transfer.amount().units(),
                Coin.FLOW,
                transfer.log().transaction(),
                new Fate(
                        block <= safeBlock ? Fate.State.CONFIRMED : Fate.State.INCLUDED,
                        block,
                        null));
    }

    private static long place(HistoryEntry entry) {
        Long block = entry.fate().block();
        return block == null ? Long.MAX_VALUE : block;
    }
}
