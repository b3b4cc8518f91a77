package org.flowshield.node.demo;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A chain in the lab's internet with FlowShield's contracts on it, a provider that has staked and
 * registered, and a client with money. Everything on it ends with the lab. One thread.
 */
public final class LabMarket {

    /** FLOW for a GiB. */
    static final String PRICE = "0.5";

    /** FLOW that the client locks in its channel. */
    static final String DEPOSIT = "1";

    /** The variable that names the program of a development chain, where no clone has one. */
    public static final String ANVIL = "FLOWSHIELD_ANVIL";

    private static final int RPC_PORT = 8545;

    /** A JVM and a few transactions, on a machine that does much beside. */
    private static final Duration START_WITHIN = Duration.ofMinutes(3);

    private static final Duration DEPLOY_WITHIN = Duration.ofMinutes(2);

    private final Lab lab;
    private final Path network;

    /**
     * What the chain says of the money.
     *
     * @param purse what the client's wallet has for channels
     * @param provider what the provider's wallet has
     * @param deposited what was put into channels
     * @param claimed what channels paid out
     * @param refunded what came back from them
     * @param settlements the transactions that paid out
     */
    record Books(
            TokenAmount purse,
            TokenAmount provider,
            TokenAmount deposited,
            TokenAmount claimed,
            TokenAmount refunded,
            List<String> settlements) {}

    private LabMarket(Lab lab) {
        this.lab = lab;
        network = lab.data(Namespace.INTERNET).resolve("network.toml");
    }

    /**
     * Who is there beside the one provider.
     *
     * @param begin whom the network file names for newcomers to begin with: a multiaddr without its
     *     id, and the file of its node key, which is made; empty: nobody
     * @param providers files of the node keys of more providers, which are made, staked and
     *     registered as well; at most {@link LabMoney#MORE_PROVIDERS}
     */
    public record Others(Optional<Map.Entry<String, Path>> begin, List<Path> providers) {

        /** Nobody. */
        public static final Others NONE = new Others(Optional.empty(), List.of());
    }

    /** Starts the chain and sets up shop for one provider; takes some seconds. */
    public static LabMarket open(Lab lab, Consumer<String> progress)
            throws LabException, InterruptedException {
        return open(lab, Others.NONE, progress);
    }

    /** The same with others. */
    public static LabMarket open(Lab lab, Others others, Consumer<String> progress)
            throws LabException, InterruptedException {
        String missing = Anvil.missing(anvil());
        if (!missing.isEmpty()) {
            throw new LabException(missing + ", or name the program in $" + ANVIL);
        }
        LabMarket market = new LabMarket(lab);
        progress.accept("starting a chain and deploying the contracts");
        market.start();
        market.deploy(others);
        return market;
    }

    /** From the classes of a clone to its npm packages; an installed product has none. */
    private static Path anvil() {
        String named = System.getenv(ANVIL);
        if (named != null) {
            return Path.of(named);
        }
        try {
            Path classes =
                    Path.of(
                            LabMarket.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            return Anvil.binary(classes.resolve("../../../contracts").normalize());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path of files has addresses of files", e);
        }
    }

    private static URI rpc() {
        return URI.create("http://" + Link.INTERNET.ipv4().getHostAddress() + ":" + RPC_PORT);
    }

    private void start() throws LabException, InterruptedException {
        String _ =
                lab.start(
                                Namespace.INTERNET,
                                anvil().toString(),
                                "--host",
                                Link.INTERNET.ipv4().getHostAddress(),
                                "--port",
                                Integer.toString(RPC_PORT),
                                "--chain-id",
                                LabMoney.CHAIN.toString(),
                                "--hardfork",
                                "prague")
                        .awaitLine("listening", line -> line.startsWith("Listening"), START_WITHIN);
    }

    private void deploy(Others others) throws LabException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "deploy",
                                rpc().toString(),
                                network.toString(),
                                others.begin()
                                        .map(begin -> begin.getKey() + "=" + begin.getValue())
                                        .orElse(LabMoney.NOBODY),
                                lab.data(Namespace.PROVIDER).resolve("node.key").toString()));
        others.providers().forEach(key -> arguments.add(key.toString()));
        lab.startJava(Namespace.INTERNET, LabMoney.class, arguments.toArray(String[]::new))
                .awaitSuccess(DEPLOY_WITHIN);
    }

    /**
     * What a daemon is told that is to be paid.
     *
     * @param price FLOW for a GiB
     */
    public List<String> earning(String price) {
        return earning(price, 0);
    }

    /**
     * The same of any of the providers.
     *
     * @param which 0 for the first, from 1 on for the others
     */
    List<String> earning(String price, int which) {
        return List.of(
                "--set", "chain.network=" + network,
                "--set", "provider.price=" + price,
                "--set", "provider.payee=" + LabMoney.providerWallet(which));
    }

    /** What a daemon is told that only has to know the network. */
    List<String> knowing() {
        return List.of("--set", "chain.network=" + network);
    }

    /**
     * What a daemon is told that is to pay, and lets others use it for nothing.
     *
     * @param deposit FLOW that it locks in its channel; it may lock ten
     */
    public List<String> paying(String deposit) {
        return List.of(
                "--set", "chain.network=" + network,
                "--set", "client.wallet=" + LabMoney.clientWallet(),
                "--set", "client.deposit=" + deposit,
                "--set", "provider.free=true");
    }

    /** Lets both wallets' owners allow their daemons what they are to do. */
    public void allow(LabDaemon provider, LabDaemon client)
            throws LabException, NoDaemonException, RefusedException, InterruptedException {
        PaymentStatus payee = provider.api().payments().status();
        PaymentStatus payer = client.api().payments().status();
        lab.startJava(
                        Namespace.INTERNET,
                        LabMoney.class,
                        "allow",
                        network.toString(),
                        key(payer.signer(), "signer", payer),
                        key(payer.operator(), "operator", payer),
                        key(payee.operator(), "operator", payee))
                .awaitSuccess(START_WITHIN);
    }

    /** Lets the provider's wallet's owner allow its daemon to settle. */
    void earn(LabDaemon provider)
            throws LabException, NoDaemonException, RefusedException, InterruptedException {
        PaymentStatus payee = provider.api().payments().status();
        lab.startJava(
                        Namespace.INTERNET,
                        LabMoney.class,
                        "earn",
                        network.toString(),
                        key(payee.operator(), "operator", payee))
                .awaitSuccess(START_WITHIN);
    }

    /** Gives somebody FLOW and gas. */
    void give(EvmAddress to) throws LabException, InterruptedException {
        lab.startJava(Namespace.INTERNET, LabMoney.class, "give", network.toString(), to.toString())
                .awaitSuccess(START_WITHIN);
    }

    /** The network file. */
    Path network() {
        return network;
    }

    private static String key(@Nullable EvmAddress key, String what, PaymentStatus status)
            throws LabException {
        if (key == null) {
            throw new LabException(
                    "a daemon has no "
                            + what
                            + (status.problem() == null ? "" : ": " + status.problem().message()));
        }
        return key.toString();
    }

    /**
     * From now on has a block at intervals, whatever is handed in, as a public chain has; until
     * then they come with transactions.
     *
     * @param interval in whole seconds
     */
    public void blocksEvery(Duration interval) throws LabException, InterruptedException {
        tellChain("evm_setAutomine", "false");
        tellChain("evm_setIntervalMining", Long.toString(interval.toSeconds()));
    }

    private void tellChain(String method, String parameter)
            throws LabException, InterruptedException {
        String answer =
                lab.run(
                                Namespace.INTERNET,
                                "curl",
                                "-sS",
                                "-H",
                                "content-type: application/json",
                                "-d",
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[%s]}"
                                        .formatted(method, parameter),
                                rpc().toString())
                        .output();
        if (!answer.contains("\"result\"")) {
            throw new LabException("the chain did not take " + method + ": " + answer);
        }
    }

    /** Asks the chain. */
    Books books() throws LabException, InterruptedException {
        String told =
                lab.startJava(Namespace.INTERNET, LabMoney.class, "tell", network.toString())
                        .awaitSuccess(START_WITHIN)
                        .output();
        JsonNode json = JsonMapper.shared().readTree(told);
        return new Books(
                LabMoney.amount(json.path("purse").asString()),
                LabMoney.amount(json.path("provider").asString()),
                LabMoney.amount(json.path("deposited").asString()),
                LabMoney.amount(json.path("claimed").asString()),
                LabMoney.amount(json.path("refunded").asString()),
                json.path("settlements").values().stream().map(JsonNode::asString).toList());
    }
}
