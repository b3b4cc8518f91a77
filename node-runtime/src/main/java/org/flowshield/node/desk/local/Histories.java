package org.flowshield.node.desk.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowshield.contracts.chain.Receipt;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.token.Transfer;
import org.flowshield.node.wallet.history.Fate;
import org.flowshield.node.wallet.history.History;
import org.flowshield.node.wallet.history.HistoryEntry;
import org.flowshield.node.wallet.history.HistoryFile;
import org.flowshield.node.wallet.history.SentRecord;
import org.jspecify.annotations.Nullable;

/** What the wallet kept, and what the chain says became of it. */
record Histories(Path wallet, OpenNetwork open) {

    /** Blocks that are searched for transfers unless more are asked for: two weeks of 12 s. */
    private static final long SEARCHED = 100_000;

    /**
     * All of an account, oldest first.
     *
     * @param since from which block on; null for the last hundred thousand
     */
    List<HistoryEntry> of(EvmAddress account, @Nullable Long since) throws IOException {
        List<SentRecord> sent =
                new HistoryFile(wallet)
                        .read().stream()
                                .filter(
                                        record ->
                                                record.from().equals(account)
                                                        && record.chain().equals(open.chain().id()))
                                .toList();
        long head = open.chain().head().number();
        long from =
                Math.max(
                        0,
                        since != null
                                ? since
                                : Math.max(open.network().firstBlock(), head - SEARCHED));
        List<Transfer> transfers =
                from <= head ? open.contracts().token().transfers(account, from, head) : List.of();
        long safe = head - open.network().confirmations() + 1;
        return History.merge(account, sent, fates(account, sent, safe), transfers, safe);
    }

    private Map<TransactionHash, Fate> fates(EvmAddress account, List<SentRecord> sent, long safe)
            throws RpcException {
        Map<TransactionHash, Fate> fates = new HashMap<>();
        if (sent.isEmpty()) {
            return fates;
        }
        long mined = open.chain().minedNonce(account);
        for (SentRecord record : sent) {
            fates.put(record.hash(), fate(record, mined, safe));
        }
        return fates;
    }

    private Fate fate(SentRecord record, long mined, long safe) throws RpcException {
        Optional<Receipt> receipt = open.chain().receipt(record.hash());
        if (receipt.isPresent()) {
            Receipt found = receipt.get();
            Fate.State state =
                    !found.succeeded()
                            ? Fate.State.REVERTED
                            : found.block() <= safe ? Fate.State.CONFIRMED : Fate.State.INCLUDED;
            return new Fate(state, found.block(), found.cost());
        }
        if (record.nonce() < mined) {
            return new Fate(Fate.State.REPLACED, null, null);
        }
        return new Fate(
                open.chain().knows(record.hash()) ? Fate.State.WAITING : Fate.State.DROPPED,
                null,
                null);
    }
}
