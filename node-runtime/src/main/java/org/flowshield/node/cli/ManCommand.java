package org.flowshield.node.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the manual page. */
@Command(
        name = "man",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the manual page of all verbs.",
            "To read it: flowshield man | man -l -",
        })
final class ManCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's model");
        }
        spec.commandLine().getOut().print(new ManPage(Version.current()).of(spec.root()));
        spec.commandLine().getOut().flush();
        return ExitStatus.OK.code();
    }
}
