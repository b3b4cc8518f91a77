package org.flowshield.node.cli.wallet;

import java.util.concurrent.Callable;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.cli.prompt.ConsolePrompt;
import org.flowshield.node.cli.prompt.Prompt;
import org.flowshield.node.desk.DeskException;
import picocli.CommandLine.Mixin;

/** A verb about a wallet: what all of them have in common. */
public abstract class WalletVerb implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Mixin private final WalletOptions options = new WalletOptions();

    @Override
    public final Integer call() throws CommandFailedException, InterruptedException {
        try {
            return run(options).code();
        } catch (DeskException e) {
            throw CommandFailedException.of(e);
        }
    }

    /** Does it and prints what came of it. */
    protected abstract ExitStatus run(WalletOptions options)
            throws CommandFailedException, DeskException, InterruptedException;

    protected final Output output() {
        return output;
    }

    /** Who is asked what no option tells. */
    protected final Prompt prompt() {
        return new ConsolePrompt();
    }
}
