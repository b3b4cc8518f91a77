package org.flowshield.node.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.channels.PaymentChannels;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.SenderSettings;
import org.flowshield.contracts.sending.Time;
import org.flowshield.contracts.sending.TransactionSigner;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.web3j.Contracts;
import org.flowshield.node.payment.channel.SessionSigner;
import org.flowshield.node.settlement.MalformedVoucherFileException;
import org.flowshield.node.settlement.VoucherFile;
import org.flowshield.node.settlement.Watchtower;
import org.flowshield.node.settlement.Watchtower.End;
import org.flowshield.node.settlement.Watchtower.Sight;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Watches a channel for a payee who may be away. */
@Command(
        name = "watchtower",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Watches a payment channel for a payee who may be away.",
            "Redeems a copy of the last voucher when the payer begins to close the channel. Anybody"
                    + " can run it: the money goes to the payee, the gas is paid by the key that is"
                    + " given here."
        },
        footer = {
            "",
            "It ends when nothing more can come of the voucher: exit status 0 if the payee got all"
                    + " that the voucher promises.",
            "",
            "--json prints one object a line, each with the key \"event\":",
            "watching, closing, redeemed, trouble, paid, closed, no_channel."
        })
final class WatchtowerCommand implements Callable<Integer> {

    private static final int DEFAULT_SECONDS = 600;
    private static final int DEFAULT_CONFIRMATIONS = 3;

    @Mixin private final Output output = new Output();

    @Option(
            names = "--voucher",
            required = true,
            paramLabel = "FILE",
            description = "The copy of the voucher, as the payee exported it.")
    private Path voucherFile = Path.of("voucher.json");

    @Option(
            names = "--rpc",
            required = true,
            paramLabel = "URL",
            description =
                    "Where the chain can be asked; can be given several times, the next is asked"
                            + " when one is in trouble.")
    private List<URI> rpcs = List.of();

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description =
                    "File with the key that pays the gas (32 bytes, readable by its owner alone, like"
                            + " a node's operator.key); made if it does not exist.")
    private Path keyFile = Path.of("watchtower.key");

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            description =
                    "How often to look (default: ${DEFAULT-VALUE}); a payer must leave a day.")
    private int seconds = DEFAULT_SECONDS;

    @Option(
            names = "--confirmations",
            paramLabel = "BLOCKS",
            description = "How many blocks make a transaction count (default: ${DEFAULT-VALUE}).")
    private int confirmations = DEFAULT_CONFIRMATIONS;

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        if (seconds < 1 || confirmations < 1) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "usage",
                    "--every and --confirmations are at least 1",
                    "leave them out to get what is usual");
        }
        VoucherFile voucher = voucher();
        try (SessionSigner key = SessionSigner.loadOrCreate(keyFile, new SecureRandom());
                RpcChain chain = RpcChain.of(voucher.domain().chain(), rpcs, RpcLimits.DEFAULT)) {
            return watch(voucher, chain, key).code();
        } catch (RpcException e) {
            throw new CommandFailedException(
                    ExitStatus.FAILED,
                    "chain_not_believable",
                    "the chain can't be believed: " + e.getMessage(),
                    "give another --rpc; the voucher is as good as before",
                    e);
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitStatus.FAILED,
                    "no_key",
                    "the key file " + keyFile + " can't be used: " + e.getMessage(),
                    "give another --key",
                    e);
        }
    }

    private VoucherFile voucher() throws CommandFailedException {
        try {
            return VoucherFile.read(voucherFile);
        } catch (MalformedVoucherFileException e) {
            throw new CommandFailedException(
                    ExitStatus.FAILED,
                    "bad_voucher",
                    voucherFile + ": " + e.getMessage(),
                    "get a new copy from the payee",
                    e);
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitStatus.FAILED,
                    "no_voucher",
                    "the voucher " + voucherFile + " can't be read: " + e.getMessage(),
                    "give another --voucher",
                    e);
        }
    }

    private ExitStatus watch(VoucherFile voucher, RpcChain chain, SessionSigner key)
            throws RpcException, InterruptedException {
        PaymentChannels channels = Contracts.channels(chain, voucher.domain().contract());
        Sender sender =
                new Sender(
                        chain,
                        signer(key),
                        SenderSettings.of(confirmations, "gas coin"),
                        Time.SYSTEM);
        tell(
                "watching",
                "watching channel %s for %s, who is promised %s; gas is paid by %s"
                        .formatted(
                                voucher.voucher().voucher().channel(),
                                voucher.key().payee(),
                                voucher.voucher().voucher().cumulative(),
                                key.address()),
                Map.of(
                        "channel", voucher.voucher().voucher().channel().toString(),
                        "payee", voucher.key().payee().toString(),
                        "promised", voucher.voucher().voucher().cumulative().decimal(),
                        "gasKey", key.address().toString()));
        return told(
                new Watchtower(channels, sender, Duration.ofSeconds(seconds), Time.SYSTEM)
                        .watch(voucher, this::tell));
    }

    private static TransactionSigner signer(SessionSigner key) {
        return new TransactionSigner() {
            @Override
            public EvmAddress address() {
                return key.address();
            }

            @Override
            public Signature sign(Bytes32 digest) {
                return key.sign(digest);
            }
        };
    }

    private void tell(Sight sight) {
        switch (sight) {
            case Sight.Open _ -> {
                // nothing has happened
            }
            case Sight.Closing closing ->
                    tell(
                            "closing",
                            "the payer closes the channel at %s: redeeming %s"
                                    .formatted(closing.closesAt(), closing.payable()),
                            Map.of(
                                    "closesAt", closing.closesAt().toString(),
                                    "payable", closing.payable().decimal()));
            case Sight.Redeemed redeemed ->
                    tell(
                            "redeemed",
                            "redeemed in transaction " + redeemed.transaction(),
                            Map.of("transaction", redeemed.transaction().toString()));
            case Sight.Trouble trouble ->
                    tell(
                            "trouble",
                            "it did not work, and is tried again: " + trouble.what(),
                            Map.of("what", trouble.what()));
        }
    }

    private ExitStatus told(End end) {
        return switch (end) {
            case End.Paid paid -> {
                tell(
                        "paid",
                        "the payee has all that the voucher can bring: " + paid.inAll(),
                        Map.of("paid", paid.inAll().decimal()));
                yield ExitStatus.OK;
            }
            case End.Closed closed -> {
                tell(
                        "closed",
                        "the channel is closed; the payee did not get "
                                + closed.missing()
                                + " of what the voucher promises",
                        Map.of("missing", closed.missing().decimal()));
                yield ExitStatus.FAILED;
            }
            case End.NoChannel _ -> {
                tell(
                        "no_channel",
                        "there is no such channel at this contract: the voucher is worth nothing",
                        Map.of());
                yield ExitStatus.FAILED;
            }
        };
    }

    private void tell(String event, String text, Map<String, Object> more) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", event);
        json.putAll(more);
        output.print(text, json);
    }
}
