package org.flowshield.node.wallet.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.flowshield.contracts.chain.Log;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.token.Transfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {

    private static final EvmAddress ME = address(1);
    private static final EvmAddress BOB = address(2);

    @TempDir private Path folder;

    @Test
    void what_was_kept_is_read_again() throws Exception {
        HistoryFile file = new HistoryFile(folder);
        assertThat(file.read()).isEmpty();
        file.append(sent(1));
        file.append(sent(2));
        assertThat(file.read()).containsExactly(sent(1), sent(2));
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("history.jsonl"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_line_that_was_cut_off_takes_no_other_with_it() throws Exception {
        HistoryFile file = new HistoryFile(folder);
        file.append(sent(1));
        Path path = folder.resolve("history.jsonl");
        byte[] content = Files.readAllBytes(path);
        for (int cut = 1; cut < content.length - 2; cut++) {
            Files.write(path, content);
            Files.write(path, java.util.Arrays.copyOf(content, cut), StandardOpenOption.APPEND);
            file.append(sent(2));
            assertThat(file.read()).containsExactly(sent(1), sent(2));
        }
        Files.write(path, "{\"at\":\"now\"}\n".getBytes(StandardCharsets.UTF_8));
        assertThat(file.read()).isEmpty();
    }

    @Test
    void own_record_and_chain_become_one_list_by_blocks() {
        List<HistoryEntry> entries =
                History.merge(
                        ME,
                        List.of(sent(1), sent(2)),
                        Map.of(
                                hash(1), new Fate(Fate.State.CONFIRMED, 10L, Wei.of(7)),
                                hash(2), new Fate(Fate.State.WAITING, null, null)),
                        List.of(
                                transfer(ME, BOB, 10, hash(1)),
                                transfer(BOB, ME, 5, hash(3)),
                                transfer(BOB, ME, 12, hash(4)),
                                transfer(ME, BOB, 11, hash(5))),
                        11);
        assertThat(entries)
                .extracting(
                        e ->
                                (e.incoming() ? "in " : "out ")
                                        + e.fate().state().label()
                                        + " "
                                        + e.fate().block())
                .containsExactly(
                        "in confirmed 5",
                        "out confirmed 10",
                        "out confirmed 11",
                        "in included 12",
                        "out waiting null");
    }

    @Test
    void a_payment_to_oneself_is_told_from_both_sides() {
        List<HistoryEntry> entries =
                History.merge(
                        ME, List.of(sent(1)), Map.of(), List.of(transfer(ME, ME, 3, hash(1))), 9);
        assertThat(entries).extracting(HistoryEntry::incoming).containsExactly(true, false);
        assertThat(entries.getLast().fate().state()).isEqualTo(Fate.State.UNKNOWN);
    }

    @Test
    void the_table_has_a_head_and_no_formula_in_it() {
        HistoryEntry entry =
                new HistoryEntry(
                        Instant.parse("2026-01-02T03:04:05Z"),
                        false,
                        "=2+2, \"evil\"",
                        BOB,
                        BigInteger.TEN.pow(18),
                        Coin.FLOW,
                        hash(1),
                        new Fate(Fate.State.CONFIRMED, 7L, Wei.of(1_000_000_000_000_000_000L)));
        assertThat(HistoryCsv.lines(List.of(entry)))
                .containsExactly(
                        "signed_at,block,direction,action,amount,coin,peer,fee,state,transaction",
                        "2026-01-02T03:04:05Z,7,out,\"'=2+2, \"\"evil\"\"\",1,flow,"
                                + BOB
                                + ",1,confirmed,"
                                + hash(1));
    }

    private static SentRecord sent(int number) {
        return new SentRecord(
                Instant.parse("2026-01-02T03:04:05Z"),
                new ChainId(31337),
                ME,
                hash(number),
                number,
                "send",
                BOB,
                BigInteger.valueOf(number),
                Coin.FLOW,
                null);
    }

    private static Transfer transfer(
            EvmAddress from, EvmAddress to, long block, TransactionHash transaction) {
        return new Transfer(
                from,
                to,
                TokenAmount.of(1),
                new Log(address(9), List.of(), new byte[0], block, Bytes32.ZERO, transaction, 0));
    }

    private static TransactionHash hash(int number) {
        byte[] bytes = new byte[Bytes32.LENGTH];
        bytes[0] = (byte) number;
        return new TransactionHash(new Bytes32(bytes));
    }

    private static EvmAddress address(int last) {
        byte[] bytes = new byte[EvmAddress.LENGTH];
        bytes[EvmAddress.LENGTH - 1] = (byte) last;
        return new EvmAddress(bytes);
    }
}
