package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.ledger.Acceptance;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.Opening;
import org.flowshield.node.ledger.SessionId;
import org.flowshield.node.ledger.SessionRecord.Metered;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.ledger.sqlite.SqliteLedger;
import org.flowshield.node.settlement.ChainLab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a provider's ledger to a stranger who redeems for it, by the command line alone. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class LedgerVerbsIT {

    private static final TokenAmount TENTH = TokenAmount.of(100_000_000_000_000_000L);

    @TempDir private Path data;

    private record Ran(int status, String out, String err) {}

    private static Ran run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        int status = FlowShield.run(new PrintWriter(out), new PrintWriter(err), words);
        return new Ran(status, out.toString(), err.toString());
    }

    private Path folder() {
        return data.resolve("ledger");
    }

    private Ledger ledger() throws Exception {
        return ((Opening.Sound) SqliteLedger.open(folder(), Clock.systemUTC())).ledger();
    }

    @Test
    void a_copy_of_a_voucher_is_all_that_a_watchtower_needs() throws Exception {
        try (ChainLab lab = ChainLab.open()) {
            ChannelRecord channel = lab.openChannel();
            try (Ledger ledger = ledger()) {
                ledger.put(channel);
                SessionId session =
                        ledger.begin(channel.id(), Side.PAYEE, Optional.empty(), Optional.empty());
                Acceptance _ = ledger.accept(session, lab.voucher(channel, TENTH));
                ledger.end(session, Metered.NOTHING, Metered.NOTHING, "done");
            }
            Path copies = data.resolve("copies");
            assertThat(run("ledger", "export", "--data", data, "--to", copies).status()).isZero();
            Path key = data.resolve("gas.key");
            Files.createFile(
                    key,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.write(key, lab.operator.encode());
            TokenAmount before = lab.earned();
            lab.run(lab.client, lab.channels.calls().startClose(channel.key()));
            Ran watched =
                    run(
                            "watchtower",
                            "--voucher",
                            copies.resolve(channel.id() + ".json"),
                            "--rpc",
                            lab.anvil.uri(),
                            "--key",
                            key,
                            "--confirmations",
                            1,
                            "--json");
            assertThat(watched.status()).as(watched.err()).isZero();
            assertThat(
                            watched.out()
                                    .lines()
                                    .map(
                                            line ->
                                                    line.replaceAll(
                                                            "^.*\"event\":\"(\\w+)\".*$", "$1")))
                    .containsExactly("watching", "closing", "redeemed", "paid");
            assertThat(lab.earned().minus(before)).isEqualTo(TENTH);
        }
    }

    @Test
    void a_ledger_is_checked_and_told_what_it_is() throws Exception {
        ledger().close();
        assertThat(run("ledger", "check", "--data", data).out()).startsWith("sound");
        byte[] database = Files.readAllBytes(folder().resolve("ledger.db"));
        Files.write(folder().resolve("ledger.db"), Arrays.copyOf(database, 9000));
        Ran damaged = run("ledger", "check", "--data", data);
        assertThat(damaged.status()).isEqualTo(ExitStatus.FAILED.code());
        assertThat(damaged.err()).contains("damaged", "flowshield ledger rebuild");
        assertThat(run("ledger", "rebuild", "--data", data).status()).isZero();
        assertThat(run("ledger", "check", "--data", data).out()).startsWith("sound");
    }

    @Test
    void a_ledger_in_use_and_a_missing_one_are_told() throws Exception {
        Ran missing = run("ledger", "check", "--data", data);
        assertThat(missing.err()).contains("no ledger");
        try (Ledger _ = ledger()) {
            Ran used = run("ledger", "check", "--data", data);
            assertThat(used.status()).isEqualTo(ExitStatus.REFUSED.code());
            assertThat(used.err()).contains("another process");
        }
    }

    @Test
    void a_file_that_is_no_voucher_is_refused_with_a_reason() throws Exception {
        Path file = Files.writeString(data.resolve("bad.json"), "{\"format\":\"other\"}");
        Ran refused =
                run("watchtower", "--voucher", file, "--rpc", "http://127.0.0.1:9", "--key", "x");
        assertThat(refused.status()).isEqualTo(ExitStatus.FAILED.code());
        assertThat(refused.err()).contains("no voucher", "new copy");
        assertThat(List.of(data.toFile().list())).doesNotContain("x");
    }
}
