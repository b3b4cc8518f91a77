package org.flowshield.node.wallet.agent;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * The process that holds the keys, as it is but for its end: when it is locked it stays, so that
 * its memory can be looked into.
 */
final class LockedAgentMain {

    private LockedAgentMain() {}

    public static void main(String[] arguments) throws Exception {
        AgentServer server =
                AgentServer.start(
                        TestWallet.at(Path.of(arguments[0])),
                        Clock.systemUTC(),
                        System::nanoTime,
                        new SecureRandom());
        System.out.println(AgentProcess.READY);
        server.awaitEnd();
        System.out.println("locked");
        byte[] _ = System.in.readAllBytes(); // until the test has seen enough
    }
}
