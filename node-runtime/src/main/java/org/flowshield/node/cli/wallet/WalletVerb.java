package org.flowshield.node.cli.wallet;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.cli.prompt.ConsolePrompt;
import org.flowshield.node.cli.prompt.Prompt;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.agent.NoAgentException;
import org.flowshield.node.wallet.keystore.WrongPasswordException;
import picocli.CommandLine.Mixin;

/** A verb about a wallet: what all of them have in common. */
public abstract class WalletVerb implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Mixin private final WalletOptions options = new WalletOptions();

    @Override
    public final Integer call() throws CommandFailedException, InterruptedException {
        try {
            return run(options.wallet()).code();
        } catch (RefusedException e) {
            throw CommandFailedException.of(e);
        } catch (WrongPasswordException e) {
            throw new CommandFailedException(
                    ExitStatus.REFUSED,
                    "wrong_password",
                    "the password is wrong; nothing was changed",
                    "type it again; without it only the words bring the wallet back",
                    e);
        } catch (NoAgentException e) {
            throw new CommandFailedException(
                    ExitStatus.REFUSED,
                    "wallet_locked",
                    e.getMessage(),
                    "flowshield wallet unlock",
                    e);
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitStatus.FAILED,
                    "failed",
                    String.valueOf(e.getMessage()),
                    "see the message",
                    e);
        }
    }

    /** Does it and prints what came of it. */
    protected abstract ExitStatus run(Wallet wallet)
            throws CommandFailedException,
                    RefusedException,
                    WrongPasswordException,
                    IOException,
                    InterruptedException;

    protected final Output output() {
        return output;
    }

    /** Who is asked what no option tells. */
    protected final Prompt prompt() {
        return new ConsolePrompt();
    }
}
