package org.flowshield.node.wallet.agent;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.keystore.ScryptCost;

/**
 * The process that holds the keys, as it is but for its end: when it is locked it stays, so that
 * its memory can be looked into.
 */
final class LockedAgentMain {

    private LockedAgentMain() {}

    public static void main(String[] arguments) throws Exception {
        AgentServer server =
                AgentServer.start(
                        wallet(Path.of(arguments[0])),
                        Clock.systemUTC(),
                        System::nanoTime,
                        new SecureRandom());
        System.out.println(AgentProcess.READY);
        server.awaitEnd();
        System.out.println("locked");
        byte[] _ = System.in.readAllBytes(); // until the test has seen enough
    }

    /** Not by {@link TestWallet}, whose constants are what is searched for. */
    private static Wallet wallet(Path folder) {
        return Wallet.at(folder, new ScryptCost(16, 8, 1), Clock.systemUTC(), new SecureRandom());
    }
}
