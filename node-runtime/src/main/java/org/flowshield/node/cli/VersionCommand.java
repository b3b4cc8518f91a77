package org.flowshield.node.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says which FlowShield this is and what it runs on. */
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        description = "Prints the version of FlowShield, Java and the system.")
final class VersionCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        Map<String, String> version = new LinkedHashMap<>();
        version.put("version", Version.current());
        version.put("java", Runtime.version().toString());
        version.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        version.put("arch", System.getProperty("os.arch"));
        output.print(
                "flowshield %s (Java %s, %s, %s)"
                        .formatted(
                                version.get("version"),
                                version.get("java"),
                                version.get("os"),
                                version.get("arch")),
                version);
        return ExitStatus.OK.code();
    }
}
