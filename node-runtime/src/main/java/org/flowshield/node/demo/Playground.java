package org.flowshield.node.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.lab.Completed;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.keystore.ScryptCost;
import org.jspecify.annotations.Nullable;

/**
 * The demo's network with somebody in it: on the client's machine there is a daemon that has just
 * been installed, and no wallet yet. A command can be run there, with a benefactor who gives money
 * to each account of the wallet that it makes; or a test plays the person. One thread; the lab ends
 * what was started whatever happens.
 */
public final class Playground implements AutoCloseable {

    /** What the command finds in its environment. */
    public static final String SOCKET = NodeClient.SOCKET_VARIABLE;

    public static final String WALLET = "FLOWSHIELD_WALLET";
    public static final String NETWORK = "FLOWSHIELD_NETWORK";

    /** Soon enough for a person who has just made a wallet. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private static final Duration GIVEN_WITHIN = Duration.ofMinutes(1);

    private static final Duration KILLED_WITHIN = Duration.ofSeconds(30);

    /** A machine that does much beside is slow. */
    private static final Duration COPIED_WITHIN = Duration.ofMinutes(3);

    private final Lab lab;
    private final URI web;
    private final LabMarket money;
    private final OpenMarket market;
    private final Class<?> nodeMain;
    private final Consumer<String> progress;
    private LabDaemon client;

    private Playground(
            Lab lab,
            URI web,
            LabMarket money,
            OpenMarket market,
            LabDaemon client,
            Class<?> nodeMain,
            Consumer<String> progress) {
        this.lab = lab;
        this.web = web;
        this.money = money;
        this.market = market;
        this.client = client;
        this.nodeMain = nodeMain;
        this.progress = progress;
    }

    /**
     * Makes the network; takes the better part of a minute.
     *
     * @param nodeMain the main class that knows {@code daemon}
     * @param progress told in a line what is going on
     * @throws LabException if it could not be made; nothing is left behind
     */
    public static Playground open(Class<?> nodeMain, Consumer<String> progress)
            throws LabException, InterruptedException {
        Lab lab = Lab.create(progress);
        try {
            URI web = lab.startWebServer();
            progress.accept("a web server listens at " + web);
            LabMarket money = OpenMarket.chain(lab, progress);
            progress.accept("starting two fullnodes, three providers and a client");
            OpenMarket market = OpenMarket.open(lab, money, nodeMain);
            LabDaemon client = client(lab, money, nodeMain);
            market.earn();
            market.oneDies(); // as in the demo
            return new Playground(lab, web, money, market, client, nodeMain, progress);
        } catch (NoDaemonException | RefusedException e) {
            try (lab) {
                throw notDone(e);
            }
        } catch (LabException | InterruptedException | RuntimeException e) {
            try (lab) {
                throw e;
            }
        }
    }

    private static LabException notDone(Exception e) {
        return new LabException("a daemon does not do its part: " + e.getMessage(), e);
    }

    private static LabDaemon client(Lab lab, LabMarket money, Class<?> nodeMain)
            throws LabException, InterruptedException {
        List<String> options = new ArrayList<>(money.knowing());
        options.addAll(OpenMarket.local());
        options.addAll(
                List.of(
                        "--set",
                        "roles.enabled=client",
                        "--set",
                        "provider.listen=/ip4/"
                                + Link.CLIENT.ipv4().getHostAddress()
                                + "/tcp/4001"));
        return LabDaemon.start(lab, Namespace.CLIENT, nodeMain, options.toArray(String[]::new));
    }

    // ---- a command ----

    /**
     * Runs a command on the client's machine until it ends.
     *
     * @return its exit code
     */
    public int run(List<String> command) throws LabException, InterruptedException {
        Path wallet = lab.data(Namespace.CLIENT).resolve("wallet");
        List<String> whole = new ArrayList<>();
        whole.add("env");
        whole.add(SOCKET + "=" + client.socket());
        whole.add(WALLET + "=" + wallet);
        whole.add(NETWORK + "=" + money.network());
        whole.addAll(home(lab.data(Namespace.CLIENT).resolve("person")));
        whole.addAll(command);
        progress.accept("the network stands; starting " + command.getFirst());
        LabProcess person = lab.start(Namespace.CLIENT, whole.toArray(String[]::new));
        Set<String> given = new HashSet<>();
        while (person.isAlive()) {
            give(wallet, given);
            Thread.sleep(LOOK_EVERY);
        }
        Completed ended = person.await(GIVEN_WITHIN);
        if (!ended.succeeded()) {
            progress.accept("it said: " + ended.errors().strip());
        }
        return ended.exitCode();
    }

    /**
     * A newcomer's folders: an app that this machine's person has open, and what they chose there,
     * stays out of it.
     */
    private static List<String> home(Path folder) throws LabException {
        List<String> variables = new ArrayList<>();
        for (String variable : List.of("XDG_CONFIG_HOME", "XDG_RUNTIME_DIR")) {
            Path own = folder.resolve(variable);
            try {
                Files.createDirectories(own);
                Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
            } catch (IOException e) {
                throw new LabException("can't make the folder " + own + ": " + e, e);
            }
            variables.add(variable + "=" + own);
        }
        return variables;
    }

    /** Gives money to accounts that are new. */
    private void give(Path folder, Set<String> given) throws LabException, InterruptedException {
        Wallet wallet =
                Wallet.at(folder, ScryptCost.STANDARD, Clock.systemUTC(), new SecureRandom());
        try {
            if (!wallet.exists()) {
                return;
            }
            for (Account account : wallet.accounts()) {
                if (given.add(account.address().toString())) {
                    give(account.address());
                }
            }
        } catch (RefusedException e) {
            progress.accept("the wallet can't be read yet: " + e.getMessage());
        }
    }

    // ---- a test ----

    /** The namespaces, in which more can be started. */
    public Lab lab() {
        return lab;
    }

    /** The network file as machines of the lab use it. */
    public Path network() {
        return money.network();
    }

    /** Where the client's daemon is steered. */
    public Path socket() {
        return client.socket();
    }

    /** What the client's daemon has logged since it was started. */
    public String log() {
        return client.log();
    }

    /** Somebody gives 250 FLOW and gas. */
    public void give(EvmAddress to) throws LabException, InterruptedException {
        money.give(to);
        progress.accept("gave " + LabMoney.GIFT + " FLOW and gas to " + to);
    }

    /** Somebody on the client's machine downloads from the web, 64 MB and what is asked for. */
    public void browse(long bytes) throws LabException, InterruptedException {
        download(Namespace.CLIENT, bytes);
    }

    private void download(Namespace from, long bytes) throws LabException, InterruptedException {
        Completed _ =
                lab.startJava(
                                from,
                                WebVisit.class,
                                "download",
                                web.toString(),
                                Long.toString(bytes))
                        .awaitSuccess(COPIED_WITHIN);
    }

    /** The client's daemon is gone from one moment to the next. */
    public void killClient() throws LabException, InterruptedException {
        client.signal("KILL");
        client.awaitEnd(KILLED_WITHIN);
        client.close();
    }

    /** It is started again, with the data that it left; has switched on its roles afterwards. */
    public void startClient() throws LabException, InterruptedException {
        client = client(lab, money, nodeMain);
    }

    /**
     * A guest uses what the client shares: connects to it, downloads, pays and goes.
     *
     * @param most that it pays for a GiB
     * @param bytes beside 64 MB
     * @return what the guest has paid
     */
    public TokenAmount useClient(TokenAmount most, long bytes)
            throws LabException, InterruptedException {
        LabDaemon guest = market.honest();
        try {
            money.allow(guest, guest);
            PaymentStatus _ = guest.api().payments().payFrom(LabMoney.clientWallet());
            ClientStatus _ = guest.api().connect(new ConnectRequest(client.multiaddr(), 1, most));
            download(Namespace.PROVIDER, bytes);
            TokenAmount paid = paid(guest.api().status().client());
            ClientStatus _ = guest.api().disconnect();
            return paid;
        } catch (NoDaemonException | RefusedException e) {
            throw notDone(e);
        }
    }

    private static TokenAmount paid(@Nullable ClientStatus guest) {
        return guest == null || guest.payment() == null ? TokenAmount.ZERO : guest.payment().paid();
    }

    /** Ends all of it. */
    @Override
    public void close() throws LabException {
        LabDaemon present = client;
        try (lab;
                market;
                present) {
            progress.accept("closing the playground");
        }
    }
}
