package org.flowshield.node.desk.wallet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.node.wallet.agent.AgentProcess;

/**
 * Starts the process that holds a wallet's keys. It must outlive who starts it: what was unlocked
 * in the app is unlocked for the command line, too. Safe for use by any thread.
 */
@FunctionalInterface
public interface AgentStarter {

    /**
     * Starts it and returns when it serves, locked.
     *
     * @throws IOException if it does not; says what it said
     */
    void start(Path wallet) throws IOException;

    /**
     * By a command that is {@code flowshield wallet agent} in whatever way it is installed; {@code
     * --wallet DIR} is put behind it. An installed app names its launcher, like {@code
     * [/opt/flowshield/bin/flowshield, wallet, agent]}.
     */
    static AgentStarter byCommand(List<String> command) {
        List<String> before = List.copyOf(command);
        return wallet -> {
            List<String> whole = new ArrayList<>(before);
            whole.addAll(List.of("--wallet", wallet.toString()));
            AgentProcess.start(whole);
        };
    }

    /**
     * By this process's own Java and class path: the class {@code main} is given {@code wallet
     * agent --wallet DIR}. For programs that are not linked into an image without {@code bin/java}.
     */
    static AgentStarter byOwnJava(String main) {
        List<String> command = new ArrayList<>(AgentProcess.javaCommand(main));
        command.addAll(List.of("wallet", "agent"));
        return byCommand(command);
    }
}
