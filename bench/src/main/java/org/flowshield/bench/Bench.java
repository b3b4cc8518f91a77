package org.flowshield.bench;

import java.io.IOException;
import org.flowshield.bench.clients.ClientsBench;
import org.flowshield.bench.clients.SharingBench;
import org.flowshield.bench.connect.ConnectBench;
import org.flowshield.bench.connect.MarketBench;
import org.flowshield.bench.directory.DirectoryBench;
import org.flowshield.bench.libp2p.Libp2pBench;
import org.flowshield.bench.payment.PaymentBench;
import org.flowshield.bench.tunnel.TunnelBench;
import org.flowshield.bench.udp.UdpBench;
import org.flowshield.bench.vouchers.VoucherBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./dev bench}: benchmarks against real peers, one subcommand each. */
@Command(
        name = "bench",
        description = "Benchmarks against real peers.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "NAME",
        subcommands = {
            TunnelBench.class,
            UdpBench.class,
            ConnectBench.class,
            MarketBench.class,
            ClientsBench.class,
            SharingBench.class,
            Libp2pBench.class,
            VoucherBench.class,
            PaymentBench.class,
            DirectoryBench.class
        })
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new Bench())
                        .setExecutionExceptionHandler((e, _, _) -> failed(e))
                        .execute(arguments));
    }

    // What went wrong outside is told in a sentence; a mistake of ours with its trace.
    private static int failed(Exception e) throws Exception {
        if (!(e instanceof IOException)) throw e;
        System.err.println("bench: " + e.getMessage());
        return 1;
    }
}
