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
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.lab.Completed;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.keystore.ScryptCost;

/**
 * The demo's network with somebody in it: a command runs on the client's machine, with a daemon
 * that has just been installed, a wallet that is still to be made, and a benefactor who gives money
 * to each of its accounts. One thread; the lab ends what was started whatever happens.
 */
public final class Playground {

    /** What the command finds in its environment. */
    public static final String SOCKET = "FLOWSHIELD_SOCKET";

    public static final String WALLET = "FLOWSHIELD_WALLET";
    public static final String NETWORK = "FLOWSHIELD_NETWORK";

    /**
     * By this variable a launcher of jpackage tells itself that it has been here; another one that
     * inherits it takes itself for a plain {@code java}.
     */
    private static final String LAUNCHER = "_JPACKAGE_LAUNCHER";

    /** Soon enough for a person who has just made a wallet. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private static final Duration GIVEN_WITHIN = Duration.ofMinutes(1);

    private final Class<?> nodeMain;
    private final Consumer<String> progress;

    /**
     * @param nodeMain the main class that knows {@code daemon}
     * @param progress told in a line what is going on
     */
    public Playground(Class<?> nodeMain, Consumer<String> progress) {
        this.nodeMain = nodeMain;
        this.progress = progress;
    }

    /**
     * Runs a command until it ends.
     *
     * @return its exit code
     * @throws LabException if the network could not be made; nothing is left behind
     */
    public int run(List<String> command) throws LabException, InterruptedException {
        try (Lab lab = Lab.create(progress)) {
            URI web = lab.startWebServer();
            progress.accept("a web server listens at " + web);
            LabMarket money = OpenMarket.chain(lab, progress);
            progress.accept("starting two fullnodes, three providers and a client");
            try (OpenMarket market = OpenMarket.open(lab, money, nodeMain);
                    LabDaemon client = client(lab, money)) {
                market.earn();
                return run(lab, money, client, command);
            }
        } catch (NoDaemonException | RefusedException e) {
            throw new LabException("a daemon does not do its part: " + e.getMessage(), e);
        }
    }

    private LabDaemon client(Lab lab, LabMarket money) throws LabException, InterruptedException {
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

    private int run(Lab lab, LabMarket money, LabDaemon client, List<String> command)
            throws LabException, InterruptedException {
        Path wallet = lab.data(Namespace.CLIENT).resolve("wallet");
        List<String> whole = new ArrayList<>();
        whole.addAll(List.of("env", "-u", LAUNCHER));
        whole.add(SOCKET + "=" + client.socket());
        whole.add(WALLET + "=" + wallet);
        whole.add(NETWORK + "=" + money.network());
        whole.addAll(home(lab.data(Namespace.CLIENT).resolve("person")));
        whole.addAll(command);
        progress.accept("the network stands; starting " + command.getFirst());
        LabProcess person = lab.start(Namespace.CLIENT, whole.toArray(String[]::new));
        Set<String> given = new HashSet<>();
        while (person.isAlive()) {
            give(money, wallet, given);
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
    private void give(LabMarket money, Path folder, Set<String> given)
            throws LabException, InterruptedException {
        Wallet wallet =
                Wallet.at(folder, ScryptCost.STANDARD, Clock.systemUTC(), new SecureRandom());
        try {
            if (!wallet.exists()) {
                return;
            }
            for (Account account : wallet.accounts()) {
                if (given.add(account.address().toString())) {
                    money.give(account.address());
                    progress.accept(
                            "gave " + LabMoney.GIFT + " FLOW and gas to " + account.address());
                }
            }
        } catch (RefusedException e) {
            progress.accept("the wallet can't be read yet: " + e.getMessage());
        }
    }
}
