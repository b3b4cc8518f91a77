package org.flowshield.node.desk.local;

import java.io.IOException;
import java.util.Locale;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.DeskException.Kind;
import org.flowshield.node.wallet.agent.NoAgentException;
import org.flowshield.node.wallet.keystore.WrongPasswordException;

/** What goes wrong below, in the desk's one exception. */
final class Failures {

    private Failures() {}

    /** Something that asks wallet, daemon and chain. */
    @FunctionalInterface
    interface Work<T> {
        T run()
                throws DeskException,
                        RefusedException,
                        RejectedException,
                        WrongPasswordException,
                        IOException,
                        InterruptedException;
    }

    /** Does it; what it throws comes out as it is told to people. */
    static <T> T told(Work<T> work) throws DeskException, InterruptedException {
        try {
            return work.run();
        } catch (RefusedException e) {
            throw DeskException.of(e);
        } catch (RejectedException e) {
            throw new DeskException(
                    Kind.REFUSED,
                    new Problem(
                            "rejected_" + e.rejection().kind().name().toLowerCase(Locale.ROOT),
                            e.rejection().message(),
                            "nothing was sent"),
                    e);
        } catch (WrongPasswordException e) {
            throw new DeskException(
                    Kind.REFUSED,
                    new Problem(
                            "wrong_password",
                            "the password is wrong; nothing was changed",
                            "type it again; without it only the words bring the wallet back"),
                    e);
        } catch (NoAgentException e) {
            throw new DeskException(
                    Kind.REFUSED, new Problem("wallet_locked", e.getMessage(), "unlock it"), e);
        } catch (NoDaemonException e) {
            throw new DeskException(
                    Kind.NO_DAEMON,
                    new Problem(
                            "no_daemon",
                            e.getMessage(),
                            switch (e.reason()) {
                                case MISSING, DEAD -> "start it";
                                case SILENT -> "look at its log; if it hangs, restart it";
                            }),
                    e);
        } catch (RpcException e) {
            throw new DeskException(
                    Kind.FAILED,
                    new Problem(
                            "rpc_" + e.kind().name().toLowerCase(Locale.ROOT),
                            String.valueOf(e.getMessage()),
                            e.passes()
                                    ? "try again in a moment, or choose another way to the chain"
                                    : "choose another way to the chain, or another network file"),
                    e);
        } catch (IOException e) {
            throw new DeskException(
                    Kind.FAILED,
                    new Problem("failed", String.valueOf(e.getMessage()), "see the message"),
                    e);
        }
    }

    /** What makes sense, but not now. */
    static DeskException refused(String code, String message, String action) {
        return DeskException.of(Kind.REFUSED, code, message, action);
    }

    /** What makes no sense; nothing was sent. */
    static DeskException invalid(String code, String message, String action) {
        return DeskException.of(Kind.INVALID, code, message, action);
    }
}
