package org.flowshield.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.flowshield.app.desk.Desks;
import org.flowshield.app.desk.KeptRpcs;
import org.flowshield.app.desk.NoNetwork;
import org.flowshield.contracts.network.MalformedNetworkException;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.network.NetworkFile;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.network.RpcUrl;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.DeskSettings;
import org.flowshield.node.desk.local.LocalDesk;
import org.flowshield.node.desk.wallet.AgentStarter;
import org.flowshield.node.wallet.derivation.ProcessDerivation;
import org.flowshield.node.wallet.keystore.Derivation;
import org.jspecify.annotations.Nullable;

/** Opens the desks of this machine; closed with the app. */
final class LocalDesks implements AutoCloseable {

    /** The command line program beside which the app is installed. */
    static final String COMMAND = "flowshield.command";

    private static final String MAIN = "org.flowshield.node.cli.FlowShield";

    private final LocalDesk desk;
    private final Desks desks;

    private LocalDesks(LocalDesk desk, Desks desks) {
        this.desk = desk;
        this.desks = desks;
    }

    /** A network file that can't be used takes the money away, and not the app. */
    static LocalDesks open(Places places) {
        Problem problem =
                new Problem(
                        "no_network",
                        "it is not said which chain to ask",
                        "start the app with --network FILE, or set FLOWSHIELD_NETWORK");
        Network network = null;
        Path file = places.network().orElse(null);
        if (file != null) {
            try {
                network = NetworkFile.read(file);
            } catch (MalformedNetworkException | IOException e) {
                problem =
                        new Problem(
                                "bad_network",
                                "the network file " + file + " can't be used: " + e.getMessage(),
                                "correct it, or take the one that the product came with");
            }
        }
        LocalDesk desk =
                LocalDesk.open(
                        new DeskSettings(
                                places.wallet(), places.socket(), network, agent(), derivation()));
        return new LocalDesks(desk, desks(desk, network, problem, places.rpcs()));
    }

    private static Desks desks(
            LocalDesk desk, @Nullable Network network, Problem problem, Path rpcs) {
        if (network == null) {
            NoNetwork none = new NoNetwork(problem);
            return new Desks(desk.wallet(), none.money(), desk.identity(), none.share());
        }
        try {
            return new Desks(
                    desk.wallet(),
                    desk.money(),
                    desk.identity(),
                    desk.share(),
                    KeptRpcs.open(
                            rpcs,
                            network.chain(),
                            own -> desk.askThrough(own.stream().map(RpcUrl::uri).toList())));
        } catch (DeskException e) {
            throw new IllegalStateException("a desk with a network has money", e);
        }
    }

    private static AgentStarter agent() {
        return launcher()
                .map(path -> AgentStarter.byCommand(List.of(path.toString(), "wallet", "agent")))
                .orElseGet(() -> AgentStarter.byOwnJava(MAIN));
    }

    /** Not in this process, which would keep the memory as long as its window is open. */
    private static Derivation derivation() {
        return launcher()
                .map(
                        path ->
                                ProcessDerivation.byCommand(
                                        List.of(path.toString(), "wallet", "derive")))
                .orElseGet(() -> ProcessDerivation.byOwnJava(MAIN));
    }

    /** The command line program beside an app whose runtime has no {@code bin/java}. */
    private static Optional<Path> launcher() {
        String home = Objects.requireNonNull(System.getProperty("java.home"));
        return Files.isExecutable(Path.of(home, "bin", "java")) ? Optional.empty() : command();
    }

    Desks desks() {
        return desks;
    }

    /** The machine's traffic takes another way from now on. Does not wait. */
    void wayChanged() {
        desk.wayChanged();
    }

    /** Where the command line program is, if the app is installed beside one. */
    static Optional<Path> command() {
        return Optional.of(Path.of(System.getProperty(COMMAND, "/usr/bin/flowshield")))
                .filter(Files::isExecutable);
    }

    @Override
    public void close() {
        desk.close();
    }
}
