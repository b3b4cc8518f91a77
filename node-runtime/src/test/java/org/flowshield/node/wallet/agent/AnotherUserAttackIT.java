package org.flowshield.node.wallet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.http.AnotherUser;
import org.flowshield.node.api.http.AnotherUser.Result;
import org.flowshield.node.cli.FlowShield;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another user of the machine tries to have something signed by a wallet that is unlocked.
 *
 * <ol>
 *   <li>They connect to its socket as it is: the mode of the file keeps them out.
 *   <li>The socket's mode was opened by a mistake: each request is refused by who the kernel says
 *       is there, and the wallet stays unlocked for its owner.
 *   <li>They use the command line on that wallet: refused, exit status 5.
 *   <li>They are let in once the wallet is theirs, and root is not: it was the user that was looked
 *       at.
 * </ol>
 */
@Timeout(180)
final class AnotherUserAttackIT {

    private static final String EVERYBODY = "rw-rw-rw-";

    @TempDir private Path folder;

    private Wallet wallet;
    private AgentServer server;
    private AgentClient owner;

    @BeforeEach
    void unlock() throws Exception {
        AnotherUser.assumePossible();
        wallet = TestWallet.create(folder.resolve("wallet"));
        server = AgentServer.start(wallet, Clock.systemUTC(), System::nanoTime, new SecureRandom());
        owner = new AgentClient(wallet.folder());
        try (DerivedKey key = TestWallet.derive(wallet, TestWallet.PASSWORD)) {
            assertThat(owner.unlock(key, Duration.ofMinutes(15)).unlocked()).isTrue();
        }
    }

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void the_socket_is_out_of_reach() throws Exception {
        assertThat(ask())
                .isEqualTo(
                        """
                        status: no way in
                        number: no way in
                        account: no way in
                        lock: no way in
                        """);
        assertThat(owner.status().unlocked()).isTrue();
    }

    @Test
    void a_socket_that_was_opened_refuses_all_but_the_owner() throws Exception {
        open();
        assertThat(ask())
                .isEqualTo(
                        """
                        status: PERMISSION wallet_of_another
                        number: PERMISSION wallet_of_another
                        account: PERMISSION wallet_of_another
                        lock: PERMISSION wallet_of_another
                        """);
        assertThat(owner.status().unlocked()).as("they could not lock it either").isTrue();
        assertThat(wallet.accounts()).hasSize(1);
    }

    @Test
    void the_command_line_refuses_the_wallet_of_another() throws Exception {
        Result result =
                AnotherUser.java(
                        FlowShield.class.getName(),
                        "wallet",
                        "status",
                        "--wallet",
                        wallet.folder().toString());
        assertThat(result.exit()).as(result.err()).isEqualTo(5);
        assertThat(result.err()).contains("is another user's", "never need sudo");
    }

    @Test
    void it_is_the_user_that_is_looked_at() throws Exception {
        open();
        Files.setOwner(
                wallet.folder(),
                folder.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName("nobody"));
        Result root = AnotherUser.runAsRoot(java());
        assertThat(root.out()).as(root.err()).contains("status: PERMISSION wallet_of_another");
        assertThat(ask()).startsWith("status: answered\n");
    }

    private void open() throws IOException {
        Path _ =
                Files.setPosixFilePermissions(
                        AgentPlace.socket(wallet.folder()),
                        PosixFilePermissions.fromString(EVERYBODY));
    }

    private String ask() throws Exception {
        Result result = AnotherUser.java(Asker.class.getName(), wallet.folder().toString());
        assertThat(result.exit()).as(result.err()).isZero();
        return result.out();
    }

    private String[] java() {
        return new String[] {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Asker.class.getName(),
            wallet.folder().toString()
        };
    }

    /** Asks for one thing after the other and prints what comes back. */
    static final class Asker {

        private static final EvmAddress ANYBODY = new EvmAddress(new byte[EvmAddress.LENGTH]);

        private Asker() {}

        /** One request. */
        private interface Request {
            void ask(AgentClient agent) throws NoAgentException, RefusedException;
        }

        public static void main(String[] arguments) {
            AgentClient agent = new AgentClient(Path.of(arguments[0]));
            tell("status", agent, a -> a.status());
            tell("number", agent, a -> a.takeNumber(new ChainId(1), ANYBODY, 0));
            tell("account", agent, a -> a.addAccount());
            tell("lock", agent, a -> a.lock());
        }

        private static void tell(String name, AgentClient agent, Request request) {
            String answer;
            try {
                request.ask(agent);
                answer = "answered";
            } catch (NoAgentException e) {
                answer = "no way in";
            } catch (RefusedException e) {
                answer = e.kind() + " " + e.problem().code();
            }
            System.out.print(name + ": " + answer + "\n");
        }
    }
}
