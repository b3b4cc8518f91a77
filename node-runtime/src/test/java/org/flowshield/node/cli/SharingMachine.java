package org.flowshield.node.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.node.demo.LabDaemon;
import org.flowshield.node.lab.Completed;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The provider's machine of a lab, with a wallet that is unlocked and rich, and with a daemon that
 * serves nobody yet. One thread.
 *
 * @param folder of the test's own files
 * @param network the network file of the lab's chain
 */
record SharingMachine(Lab lab, Path folder, Path network) implements AutoCloseable {

    static final String LISTEN = "/ip4/" + Link.PROVIDER.ipv4().getHostAddress() + "/tcp/4001";

    /** Where the lab's internet has the chain. */
    static final String RPC_PORT = "8545";

    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String FULLNODE =
            "/ip4/" + Link.INTERNET.ipv4().getHostAddress() + "/tcp/4001";

    private static final String WORDS =
            "test test test test test test test test test test test junk";

    /** Restores the wallet and unlocks it. */
    static SharingMachine unlocked(Lab lab, Path folder, Path network) throws Exception {
        return unlocked(lab, folder, network, 1);
    }

    /** The same with more accounts than one. */
    static SharingMachine unlocked(Lab lab, Path folder, Path network, int accounts)
            throws Exception {
        SharingMachine machine = new SharingMachine(lab, folder, network);
        String password = machine.secret("password", MoneyLab.PASSWORD).toString();
        String words = machine.secret("words", WORDS).toString();
        String restore = "restore --accounts " + accounts + " --mnemonic-file " + words;
        for (String line : List.of(restore, "unlock")) {
            List<String> arguments = new ArrayList<>(List.of("wallet"));
            arguments.addAll(List.of(line.split(" ", -1)));
            arguments.addAll(List.of("--wallet", machine.wallet().toString()));
            arguments.addAll(List.of("--password-file", password));
            CommandLineRun.of(arguments.toArray(String[]::new)).ok();
        }
        return machine;
    }

    private Path wallet() {
        return folder.resolve("wallet");
    }

    private Path secret(String name, String content) throws Exception {
        Path file = folder.resolve(name + ".secret");
        Files.writeString(file, content + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Starts its daemon; nothing is switched on by the configuration. */
    LabDaemon daemon(String... settings) throws Exception {
        return daemon(lab, Namespace.PROVIDER, network, settings);
    }

    private static LabDaemon daemon(Lab lab, Namespace namespace, Path network, String... settings)
            throws Exception {
        List<String> options = new ArrayList<>(List.of("--set", "chain.network=" + network));
        if (namespace == Namespace.PROVIDER) {
            options.addAll(
                    List.of("--set", "roles.enabled=", "--set", "provider.listen=" + LISTEN));
        }
        for (String setting : settings) {
            options.addAll(List.of("--set", setting));
        }
        return LabDaemon.start(lab, namespace, FlowShield.class, options.toArray(String[]::new));
    }

    /** A fullnode in the lab's internet, for newcomers to begin with. */
    LabDaemon fullnode() throws Exception {
        return daemon(
                lab,
                Namespace.INTERNET,
                network,
                "roles.enabled=fullnode",
                "fullnode.listen=" + FULLNODE);
    }

    /** Where newcomers find it. */
    static String begin(LabDaemon fullnode) throws Exception {
        return "network.bootstrap=" + FULLNODE + "/p2p/" + fullnode.api().peerId();
    }

    /** A client that knows that fullnode alone. */
    LabDaemon client(LabDaemon fullnode, String... settings) throws Exception {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add(begin(fullnode));
        return daemon(lab, Namespace.CLIENT, network, all.toArray(String[]::new));
    }

    /** Runs a verb of the wallet and the daemon in a process of its own, and awaits its end. */
    Completed both(String line) throws Exception {
        return verb(Namespace.PROVIDER, line, "--data", lab.data(Namespace.PROVIDER).toString());
    }

    /** Runs a verb of the wallet alone. */
    Completed wallet(String line) throws Exception {
        return verb(Namespace.PROVIDER, line);
    }

    /** The same on another machine, which has a copy of the wallet. */
    Completed elsewhere(String line) throws Exception {
        return verb(Namespace.INTERNET, line);
    }

    private Completed verb(Namespace namespace, String line, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
        words.addAll(List.of("--wallet", wallet().toString(), "--network", network.toString()));
        words.addAll(List.of(more));
        return lab.startJava(namespace, FlowShield.class, words.toArray(String[]::new))
                .await(PATIENCE);
    }

    /** What {@code share status} says. */
    JsonNode status() throws Exception {
        return json(both("share status --json"));
    }

    /** What a verb printed that succeeded. */
    static JsonNode json(Completed done) {
        if (!done.succeeded()) {
            throw new AssertionError(done.toString());
        }
        return JsonMapper.shared().readTree(done.output());
    }

    /** Runs a verb that asks a daemon and nobody else. */
    static CommandLineRun ask(LabDaemon daemon, String line) {
        List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
        words.addAll(List.of("--socket", daemon.socket().toString()));
        return CommandLineRun.of(words.toArray(String[]::new));
    }

    /** Has the development chain do something, such as {@code evm_mine}. */
    void tellChain(String method, String parameter) throws Exception {
        String answer =
                lab.run(
                                Namespace.INTERNET,
                                "curl",
                                "-s",
                                "-H",
                                "content-type: application/json",
                                "-d",
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[%s]}"
                                        .formatted(method, parameter),
                                "http://" + Link.INTERNET.ipv4().getHostAddress() + ":" + RPC_PORT)
                        .output();
        if (!answer.contains("\"result\"")) {
            throw new AssertionError(answer);
        }
    }

    /** Locks the wallet; what holds its keys ends. */
    @Override
    public void close() {
        CommandLineRun.of("wallet", "lock", "--wallet", wallet().toString()).ok();
    }
}
