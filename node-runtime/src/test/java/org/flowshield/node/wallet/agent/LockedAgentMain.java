package org.flowshield.node.wallet.agent;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.core.Appender;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.keystore.ScryptCost;
import org.slf4j.LoggerFactory;

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
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.TRACE);
        root.iteratorForAppenders().forEachRemaining(Appender::clearAllFilters);
        LoggerFactory.getLogger(LockedAgentMain.class).trace("the log is at its finest");
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
