package org.flowshield.node.cli.remote;

import java.io.Console;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.EventStream;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.client.NodeEvent;
import org.flowshield.node.api.market.FoundProvider;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.api.market.ProviderSort;
import org.flowshield.node.api.payment.Quote;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Connects to a provider and waits until that is done. */
@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends all traffic of this machine through a provider; returns when it does.",
            "Without an address it finds the best of the market, there or anywhere, and the next"
                    + " best for when that fails.",
            "Says first what it costs, and asks; --yes and --max-price answer beforehand.",
            "Ctrl-C before that gives up. Later: flowshield disconnect."
        })
public final class ConnectCommand extends RemoteVerb {

    /** A shutdown may not hang on a daemon that does; restoring routes is a few commands. */
    private static final Duration GIVE_UP_WITHIN = Duration.ofSeconds(9);

    /** Of the market's best, so many are asked for their price until one answers. */
    private static final int ASKED = 5;

    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "PROVIDER",
            arity = "0..*",
            description = {
                "The id of a provider of the market (flowshield providers), or a provider's"
                        + " address, of which with /p2p/ID only that peer is accepted.",
                "Further addresses are gone over to when it fails (default: client.providers)."
            })
    private List<String> providers = List.of();

    @Option(
            names = "--country",
            paramLabel = "CC",
            description = "The best that says that it is there, such as NL.")
    private @Nullable String country;

    @Option(
            names = "--lanes",
            paramLabel = "N",
            defaultValue = "" + ConnectRequest.DEFAULT_LANES,
            description =
                    "Bulk lanes, 1 to 4, each a connection of its own (default: ${DEFAULT-VALUE}).")
    private int lanes;

    @Option(
            names = "--max-price",
            paramLabel = "FLOW",
            converter = AmountConverter.class,
            description = "Pays up to so much for a GiB without asking.")
    private @Nullable TokenAmount maxPrice;

    @Option(
            names = {"-y", "--yes"},
            description = "Pays what the provider asks for, without asking.")
    private boolean yes;

    @Override
    void run(NodeClient client)
            throws NoDaemonException,
                    RefusedException,
                    CommandFailedException,
                    InterruptedException {
        ConnectRequest request = request(maxPrice);
        boolean canPay = client.payments().status().network() != null;
        ClientStatus connected =
                connect(
                        client,
                        !canPay
                                ? request
                                : request.looksInMarket()
                                        ? chosen(client, request)
                                        : priced(client, providers));
        tellFailed(connected);
        StatusText text = new StatusText(Instant.now(), ZoneId.systemDefault());
        print(text.connected(connected), connected);
    }

    private ClientStatus connect(NodeClient client, ConnectRequest request)
            throws NoDaemonException, RefusedException, InterruptedException {
        EventStream events = client.events();
        Thread progress = Thread.ofVirtual().start(() -> tellProgress(events));
        Thread giveUp = new Thread(() -> giveUp(client), "give-up");
        Runtime.getRuntime().addShutdownHook(giveUp);
        try {
            return client.connect(request);
        } catch (RefusedException e) {
            ClientStatus status = client.status().client();
            if (status != null) {
                tellFailed(status);
            }
            throw e;
        } finally {
            forget(giveUp);
            events.close();
            progress.join();
        }
    }

    private void tellFailed(ClientStatus status) {
        for (FailedProvider failed : status.failed()) {
            output().progress("not " + failed.provider() + ": " + failed.problem().message());
        }
    }

    /** What the market asks for now: the price of whom it would be, which has to be agreed on. */
    private ConnectRequest chosen(NodeClient client, ConnectRequest request)
            throws NoDaemonException,
                    RefusedException,
                    CommandFailedException,
                    InterruptedException {
        List<FoundProvider> found = found(client, request);
        if (found.isEmpty()) {
            return request; // the daemon says why, or knows more
        }
        FoundProvider first = found.getFirst();
        output().progress(ProvidersText.chosen(first));
        output().progress(ProvidersText.why(first));
        if (maxPrice != null) {
            return request;
        }
        return yes
                ? request(first.pricePerGib())
                : priced(client, found.stream().map(one -> one.addresses().getFirst()).toList());
    }

    private List<FoundProvider> found(NodeClient client, ConnectRequest request)
            throws NoDaemonException, RefusedException, InterruptedException {
        boolean best = request.provider().equals(ConnectRequest.BEST);
        List<FoundProvider> found =
                client.market()
                        .find(
                                new ProviderQuery(
                                        request.country(),
                                        best ? maxPrice : null,
                                        0,
                                        ProviderSort.QUALITY,
                                        best ? ASKED : ProviderQuery.MOST))
                        .providers();
        return best
                ? found
                : found.stream().filter(one -> one.peerId().equals(request.provider())).toList();
    }

    /** The request with the price that was agreed on. */
    private ConnectRequest priced(NodeClient client, List<String> addresses)
            throws NoDaemonException,
                    RefusedException,
                    CommandFailedException,
                    InterruptedException {
        Quote quote = quote(client, addresses);
        TokenAmount price = quote.pricePerGib();
        if (quote.free() || price == null) {
            return request(maxPrice);
        }
        String words = MoneyText.price(quote);
        if (maxPrice != null && price.isMoreThan(maxPrice)) {
            throw new CommandFailedException(
                    ExitStatus.REFUSED,
                    "price_too_high",
                    words + ", which is above --max-price; not connected, nothing was paid",
                    "choose another provider, or allow more: --max-price " + price.decimal());
        }
        output().progress(words);
        if (quote.warning() != null) {
            output().progress("WARNING: " + quote.warning());
        }
        if (maxPrice != null) {
            return request(maxPrice);
        }
        if (!yes && !quote.withinMaxPrice()) {
            agree(words, price);
        }
        return request(price);
    }

    /** Of the first that answers. */
    private Quote quote(NodeClient client, List<String> addresses)
            throws NoDaemonException, RefusedException, InterruptedException {
        for (String provider : addresses.subList(0, addresses.size() - 1)) {
            try {
                return client.payments().quote(provider);
            } catch (RefusedException e) {
                output().progress(provider + ": " + e.getMessage());
            }
        }
        return client.payments().quote(addresses.getLast());
    }

    @SuppressWarnings("SystemConsoleNull") // it is null again where there is no terminal (JDK 25)
    private void agree(String words, TokenAmount price) throws CommandFailedException {
        Console terminal = System.console();
        if (output().json() || terminal == null || !terminal.isTerminal()) {
            throw new CommandFailedException(
                    ExitStatus.REFUSED,
                    "payment_required",
                    words + "; not connected, nothing was paid, since nobody has agreed to that",
                    "agree with --max-price " + price.decimal() + " or --yes");
        }
        String answer = terminal.readLine("Connect and pay that? [y/N] ");
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw new CommandFailedException(
                    ExitStatus.REFUSED,
                    "declined",
                    "not connected, nothing was paid",
                    "choose another provider, or answer y next time");
        }
    }

    private ConnectRequest request(@Nullable TokenAmount most) {
        try {
            String code = country == null ? null : country.toUpperCase(Locale.ROOT);
            return providers.isEmpty()
                    ? ConnectRequest.best(code, lanes, most)
                    : new ConnectRequest(
                            providers.getFirst(),
                            lanes,
                            most,
                            providers.subList(1, providers.size()),
                            code);
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw new IllegalStateException("picocli did not set the command's model", e);
            }
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Tells people what the client does meanwhile: each state once, and what went wrong. */
    private void tellProgress(EventStream events) {
        try {
            String told = "";
            for (Optional<NodeEvent> next = events.next(); next.isPresent(); next = events.next()) {
                if (next.get() instanceof NodeEvent.Client(ClientStatus status)
                        && status != null
                        && isOnItsWay(status)
                        && !StatusText.progress(status).equals(told)) {
                    told = StatusText.progress(status);
                    output().progress(told);
                }
            }
        } catch (NoDaemonException e) {
            output().progress(e.getMessage()); // the request itself fails too, with the exit code
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The end of the attempt is told by its answer. */
    private static boolean isOnItsWay(ClientStatus status) {
        return status.state() != ClientState.CONNECTED
                && status.state() != ClientState.DISCONNECTED;
    }

    private void giveUp(NodeClient client) {
        Thread asking =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        ClientStatus _ = client.disconnect();
                                        output().progress("given up");
                                    } catch (NoDaemonException
                                            | RefusedException
                                            | InterruptedException e) {
                                        output().progress("not given up: " + e.getMessage());
                                    }
                                });
        try {
            boolean _ = asking.join(GIVE_UP_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The attempt is over: a later Ctrl-C must not disconnect. */
    private static void forget(Thread hook) {
        try {
            boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // Ctrl-C came first: the hook runs, and this JVM ends after it
        }
    }
}
