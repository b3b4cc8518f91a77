package org.flowshield.bench.vouchers;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.bench.Statistics;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.contracts.signing.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./dev bench vouchers}: a client signs a voucher, a provider makes its digest anew and
 * checks whose signature it is. No network and no disk.
 */
@Command(
        name = "vouchers",
        description = "Signing a voucher, and checking it, in microseconds.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class VoucherBench implements Callable<Integer> {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MUST_MICROS = 600;
    private static final double NEAR_WORST = 0.99;

    /** The JIT compilers have done most by then. */
    private static final int WARM_UP = 5_000;

    @Option(
            names = "--vouchers",
            paramLabel = "N",
            defaultValue = "20000",
            description = "How many are measured (${DEFAULT-VALUE}).")
    private int vouchers;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        List<Double> signing = new ArrayList<>();
        List<Double> checking = new ArrayList<>();
        List<Double> both = new ArrayList<>();
        try (SigningKey key = SigningKey.generate(new SecureRandom())) {
            ChannelDomain domain = new ChannelDomain(new ChainId(1), key.address());
            ChannelId id =
                    new ChannelKey(EvmAddress.ZERO, key.address(), key.address(), Bytes32.ZERO)
                            .id(domain);
            for (int i = -WARM_UP; i < vouchers; i++) {
                Voucher voucher = new Voucher(id, TokenAmount.of(i + WARM_UP), i + WARM_UP);
                long start = System.nanoTime();
                SignedVoucher signed = SignedVoucher.sign(voucher, domain, key);
                long between = System.nanoTime();
                boolean sound = signed.isBy(key.address(), domain);
                long end = System.nanoTime();
                if (!sound) throw new IllegalStateException("a sound voucher was refused");
                if (i < 0) continue;
                signing.add((between - start) / NANOS_PER_MICRO);
                checking.add((end - between) / NANOS_PER_MICRO);
                both.add((end - start) / NANOS_PER_MICRO);
            }
        }
        Map<String, Double> report = new LinkedHashMap<>();
        row(report, "sign", signing);
        row(report, "check", checking);
        row(report, "both", both);
        report.put("must_p50_us", MUST_MICROS);
        if (json) {
            System.out.println(JsonMapper.shared().writeValueAsString(report));
        } else {
            report.forEach((name, value) -> System.out.printf("%-16s %.1f%n", name, value));
        }
        return Statistics.quantile(both, 0.5) <= MUST_MICROS ? 0 : 1;
    }

    private static void row(Map<String, Double> report, String name, List<Double> micros) {
        report.put(name + "_p50_us", Statistics.quantile(micros, 0.5));
        report.put(name + "_p99_us", Statistics.quantile(micros, NEAR_WORST));
    }
}
