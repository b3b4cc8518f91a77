package org.flowshield.node.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete the verbs and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a script that makes a shell complete verbs and options.",
            "source <(flowshield completion bash); in zsh: source <(flowshield completion zsh)"
        })
final class CompletionCommand implements Callable<Integer> {

    /** Bash's script runs in zsh once zsh's own completion is loaded. */
    private static final String ZSH_LOADS_COMPLETION = "autoload -U +X compinit && compinit\n";

    /** The shells that there is a script for. */
    enum Shell {
        BASH,
        ZSH
    }

    @Spec private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "One of: bash, zsh.")
    private Shell shell = Shell.BASH;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's model");
        }
        CommandLine root = spec.root().commandLine();
        String script = AutoComplete.bash(root.getCommandName(), root);
        spec.commandLine()
                .getOut()
                .print(
                        switch (shell) {
                            case BASH -> script;
                            case ZSH -> ZSH_LOADS_COMPLETION + script;
                        });
        spec.commandLine().getOut().flush();
        return ExitStatus.OK.code();
    }
}
