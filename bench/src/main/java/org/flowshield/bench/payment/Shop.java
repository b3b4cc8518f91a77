package org.flowshield.bench.payment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.bench.measure.CpuTime;
import org.flowshield.bench.measure.Iperf;
import org.flowshield.bench.measure.MalformedReportException;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.cli.FlowShield;
import org.flowshield.node.demo.LabDaemon;
import org.flowshield.node.demo.LabMarket;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * A provider and a client of it, in a lab of their own; paid on a chain of its own, or for nothing.
 * One thread.
 */
final class Shop implements AutoCloseable {

    /** So little that neither deposit nor caps end a benchmark: a thousand GiB for the deposit. */
    private static final String PRICE = "0.001";

    private static final String DEPOSIT = "1";

    private final LabDaemon provider;
    private final LabDaemon client;
    private final Iperf iperf;
    private final boolean pays;

    private Shop(LabDaemon provider, LabDaemon client, Iperf iperf, boolean pays) {
        this.provider = provider;
        this.client = client;
        this.iperf = iperf;
        this.pays = pays;
    }

    /** Starts both daemons; the client is not connected yet. */
    static Shop open(Lab lab, boolean pays)
            throws LabException, NoDaemonException, RefusedException, InterruptedException {
        Iperf iperf = Iperf.start(lab);
        if (!pays) {
            return new Shop(
                    daemon(lab, Namespace.PROVIDER, "provider", List.of("--free")),
                    daemon(lab, Namespace.CLIENT, "client", List.of()),
                    iperf,
                    false);
        }
        LabMarket market = LabMarket.open(lab, _ -> {});
        LabDaemon provider = daemon(lab, Namespace.PROVIDER, "provider", market.earning(PRICE));
        LabDaemon client = daemon(lab, Namespace.CLIENT, "client", market.paying(DEPOSIT));
        market.allow(provider, client);
        return new Shop(provider, client, iperf, true);
    }

    private static LabDaemon daemon(Lab lab, Namespace namespace, String role, List<String> money)
            throws LabException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("--set", "roles.enabled=" + role));
        if (namespace == Namespace.PROVIDER) {
            options.add("--set");
            options.add(
                    "provider.listen=/ip4/" + Link.PROVIDER.ipv4().getHostAddress() + "/tcp/4001");
        }
        options.addAll(money);
        return LabDaemon.start(lab, namespace, FlowShield.class, options.toArray(String[]::new));
    }

    boolean pays() {
        return pays;
    }

    /** Begins a session. */
    void connect() throws LabException, NoDaemonException, RefusedException, InterruptedException {
        ClientStatus connected =
                client.api()
                        .connect(
                                new ConnectRequest(
                                        provider.multiaddr(),
                                        ConnectRequest.DEFAULT_LANES,
                                        pays ? price() : null));
        if (connected.tunnel() == null) {
            throw new LabException("the client is " + connected.state());
        }
    }

    private static TokenAmount price() throws LabException {
        try {
            return TokenAmount.parse(PRICE);
        } catch (MalformedAmountException e) {
            throw new LabException("no price: " + PRICE, e);
        }
    }

    void disconnect()
            throws LabException, NoDaemonException, RefusedException, InterruptedException {
        ClientStatus _ = client.api().disconnect();
    }

    /**
     * What a transfer moved.
     *
     * @param mbit megabits per second
     * @param gigabytes all of it, with what does not count as speed
     * @param cpuSeconds that both daemons used meanwhile
     */
    record Moved(double mbit, double gigabytes, double cpuSeconds) {

        double cpuPerGigabyte() {
            return cpuSeconds / gigabytes;
        }
    }

    /** Moves data through the tunnel. */
    Moved move(Iperf.Plan plan) throws IOException, InterruptedException {
        try {
            List<Long> daemons = List.of(provider.pid(), client.pid());
            CpuTime before = CpuTime.ofProcesses(daemons);
            Iperf.Transfer transfer = iperf.run(plan);
            double used = CpuTime.ofProcesses(daemons).since(before).processes();
            return new Moved(transfer.mbit(), transfer.gigabytes(), used);
        } catch (MalformedReportException e) {
            throw new LabException("" + e.getMessage(), e);
        }
    }

    /** How the session is paid, by the client's own reckoning; null if it is not. */
    @Nullable SessionPayment payment()
            throws LabException, NoDaemonException, RefusedException, InterruptedException {
        ClientStatus now = client.api().status().client();
        return now == null ? null : now.payment();
    }

    @Override
    public void close() {
        client.close();
        provider.close();
    }
}
