package org.flowshield.node.cli.system;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which system a verb is about. A mixin of each such verb. */
final class RootOption {

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description =
                    "A system in this directory that does not run, such as an image: files are"
                            + " written there, nothing is started.")
    private Path root = SystemService.LIVE;

    SystemService service() {
        Path place = root.toAbsolutePath().normalize();
        return new SystemService(place, place.equals(SystemService.LIVE), new LinuxPrograms());
    }
}
